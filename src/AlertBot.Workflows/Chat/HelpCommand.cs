using AlertBot.Domain.People;

namespace AlertBot.Workflows.Chat;

/// <summary><c>/help</c>: lists what this person can do here.</summary>
public sealed class HelpCommand(CommandMenus menus) : IChatCommand
{
    public string Name => "help";

    public Role Needs => Role.Reporter;

    public CommandPlace Place => CommandPlace.Private;

    public Task RunAsync(Talk talk, string arguments)
    {
        talk.Reply(menus.Help(talk.Person is { IsFrozen: false } person ? person.Role : Role.Reporter, talk.Language));
        return Task.CompletedTask;
    }
}
