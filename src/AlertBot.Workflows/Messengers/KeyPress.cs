using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.People;

namespace AlertBot.Workflows.Messengers;

/// <summary><c>key:ask.ID</c> and <c>key:yes.ID</c> under an alert about a changed key: a colleague confirms who uses the account.</summary>
public sealed class KeyPress(ChannelErrands errands, KeyChanges keyChanges) : IPress
{
    public string Prefix => "key";

    public async Task PressAsync(Talk talk, string data)
    {
        var parts = data.Split('.', 2);
        if (talk.IsGroup || parts.Length != 2 || !Guid.TryParseExact(parts[1], "N", out var id)
            || await talk.Session.KeyChanges.FindAsync(id) is not { TrustedAt: null, Owner: { } owner } change
            || await talk.Session.People.FindAsync(owner) is not { } person
            || await talk.Session.Addresses.FindAsync(change.Address) is not { } address)
        {
            talk.Notice("button.stale");
        }
        else if (!KeyChanges.MayCheck(change, talk.Session.Actor))
        {
            talk.Notice("key.not-you");
        }
        else if (parts[0] == "ask")
        {
            talk.EditPressed(
                talk.Texts.Say(talk.Language, "key.sure", ("role", person.Role), ("sign", PersonSign.Of(owner))),
                [[talk.Button("key.yes", $"key:yes.{id:N}")], [talk.Button("key.no", $"key:no.{id:N}")]]);
        }
        else if (parts[0] == "yes" && await keyChanges.TrustAsync(talk.Session, change))
        {
            talk.EditPressed(talk.Texts.Say(talk.Language, "key.trusting", ("channel", address.At.Channel.ToString())));
            talk.Afterward(errands.RunAsync);
        }
        else
        {
            var (text, choices) = KeyQuestion.Card(talk, person, address.At.Channel, change);
            talk.EditPressed(text, choices);
        }
    }
}
