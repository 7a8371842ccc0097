using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.People;

/// <summary>The question to a colleague after a person's key has changed: did you speak to them?</summary>
public static class KeyQuestion
{
    public static Line Head(Person owner, ChannelKind channel) =>
        new("key.changed", ("channel", channel.ToString()), ("role", owner.Role), ("sign", PersonSign.Of(owner.Id)));

    public static (RichText Text, IReadOnlyList<IReadOnlyList<Choice>> Choices) Card(
        Talk talk, Person owner, ChannelKind channel, KeyChange change) =>
        (Head(owner, channel).In(talk.Language, talk.Texts), [[talk.Button("key.checked", $"key:ask.{change.Id:N}")]]);
}
