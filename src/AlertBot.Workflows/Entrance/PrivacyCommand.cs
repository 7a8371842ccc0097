using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Domain.Retention;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Incidents;

namespace AlertBot.Workflows.Entrance;

/// <summary><c>/privacy</c>: what is stored, who else can read along, and how to end it.</summary>
public sealed class PrivacyCommand(CommandMenus menus, IReadOnlyList<IChannel> channels, RetentionPolicy retention) : IChatCommand
{
    public string Name => "privacy";

    public Role Needs => Role.Reporter;

    public CommandPlace Place => CommandPlace.Private;

    public Task RunAsync(Talk talk, string arguments)
    {
        var messenger = talk.Here.At.Channel == ChannelKind.Signal ? "private.signal" : "private.telegram";
        string[] keys = menus.Has("forget")
            ? ["private.note", "private.forget", "private.stop", messenger, "private.phone"]
            : ["private.note", "private.stop", messenger, "private.phone"];
        // People in danger on Telegram are referred to Signal only if there is a bot on Signal.
        var isOnSignal = channels.Any(channel => channel.Kind == ChannelKind.Signal);
        // Only people with a role get alerts whose preview could reveal something.
        var isAlerted = talk.May(Role.Advocate);
        if (retention.Strangers is not null && !talk.May(Role.Advocate))
            keys = [.. keys.TakeWhile(key => key != messenger), "private.alone", .. keys.SkipWhile(key => key != messenger)];
        talk.Reply(
            RichText.Join("\n\n", keys.Append(isAlerted ? DiscreetPress.StateOf(talk.Person!) : null).OfType<string>()
                .Select(key => talk.Texts.Say(talk.Language, key, ("signal", isOnSignal), ("days", (int)(retention.Strangers?.TotalDays ?? 0))))),
            isAlerted ? [[DiscreetPress.Switch(talk, talk.Person!)]] : null);
        return Task.CompletedTask;
    }
}
