using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Incidents;

namespace AlertBot.Workflows.Entrance;

/// <summary><c>/privacy</c>: what is stored, and how to end it.</summary>
public sealed class PrivacyCommand(CommandMenus menus) : IChatCommand
{
    public string Name => "privacy";

    public Role Needs => Role.Reporter;

    public CommandPlace Place => CommandPlace.Private;

    public Task RunAsync(Talk talk, string arguments)
    {
        string[] keys = menus.Has("forget")
            ? ["private.note", "private.forget", "private.stop", "private.phone"]
            : ["private.note", "private.stop", "private.phone"];
        // Only people with a role get alerts whose preview could tell something.
        var isAlerted = talk.May(Role.Advocate);
        talk.Reply(
            RichText.Join(
                "\n\n", keys.Append(isAlerted ? DiscreetPress.StateOf(talk.Person!) : null).OfType<string>().Select(
                    key => talk.Texts.Say(talk.Language, key))),
            isAlerted ? [[DiscreetPress.Switch(talk, talk.Person!)]] : null);
        return Task.CompletedTask;
    }
}
