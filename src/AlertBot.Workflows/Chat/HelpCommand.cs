using AlertBot.Domain.Channels;
using AlertBot.Domain.People;

namespace AlertBot.Workflows.Chat;

/// <summary><c>/help</c>: what this person can do here. A question that is open stays open.</summary>
public sealed class HelpCommand(CommandMenus menus) : IChatCommand
{
    public string Name => "help";

    public Role Needs => Role.Reporter;

    public CommandPlace Place => CommandPlace.Private;

    public bool LeavesTalk => false;

    public async Task RunAsync(Talk talk, string arguments) => talk.Reply(await TextAsync(talk));

    /// <summary>A bare word for help: the same, and one press for those who meant a cry. People may be in danger who have no more words.</summary>
    /// <param name="cry">Takes the press, with the word.</param>
    public async Task AnswerAsync(Talk talk, string cry)
    {
        var isWitness = talk.Person is not { IsFrozen: false, Role: > Role.Reporter };
        var text = await TextAsync(talk);
        if (isWitness)
            talk.Reply(talk.Texts.Say(talk.Language, "start.point-report") + RichText.Of("\n\n") + text, [[talk.Button("help.cry", cry)]]);
        else
            talk.Reply(text);
    }

    private async Task<RichText> TextAsync(Talk talk)
    {
        var text = menus.Help(talk.Person is { IsFrozen: false } person ? person.Role : Role.Reporter, talk.Language);
        return await talk.Session.Conversations.FindAsync(talk.Here.Id) is null
            ? text
            : text + RichText.Of("\n\n") + talk.Texts.Say(talk.Language, "help.open");
    }
}
