using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.CheckIns;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Reports;

namespace AlertBot.Workflows.Entrance;

/// <summary>
/// <c>/start</c>: says who we are, and offers languages. With a code it accepts an invitation, joins accounts, or follows a contact link.
/// </summary>
public sealed class StartCommand(
    AcceptInvite accept, CommandMenus menus, IReadOnlyList<IChannel> channels, ReportConversation reports, JoinAccounts join,
    ContactConversation contacts, StopMessages stopMessages)
    : IChatCommand
{
    private static readonly string[] Points = ["report", "help", "privacy"];

    public string Name => "start";

    public Role Needs => Role.Reporter;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.Person is not { } person)
            return;

        await stopMessages.EndAsync(talk.Session, person, talk.Here);
        // The link that the bot posts in groups.
        if (arguments == reports.Name)
            await reports.RunAsync(talk, "");
        else if (JoiningCode.Read(arguments) is not null)
            talk.Reply(
                "channels.claim-" + Words.Snake((await join.ClaimAsync(talk.Session, arguments, person, talk.Here)).ToString()).Replace('_', '-'));
        else if (CheckInContacts.IsLink(arguments))
            await contacts.BeginAsync(talk, person, arguments);
        else if (arguments.Length > 0)
            await AcceptAsync(talk, person, arguments);
        else
            Welcome(talk, menus);
    }

    /// <summary>Says hello in the language of the chat, and offers the others. It names only commands that exist.</summary>
    public static void Welcome(Talk talk, CommandMenus menus, bool inPlace = false)
    {
        var points = Points.Where(menus.Has).Select(name => "start.point-" + name);
        var text = RichText.Join("\n", points.Prepend("start.welcome").Select(key => talk.Texts.Say(talk.Language, key)));
        var choices = LanguageChoices.Of(talk.Texts.Languages, LanguageChoices.AtStart);
        if (inPlace)
            talk.EditPressed(text, choices);
        else
            talk.Reply(text, choices);
    }

    private async Task AcceptAsync(Talk talk, Person person, string typed)
    {
        switch (await accept.RunAsync(talk.Session, typed, person, talk.Here))
        {
            case InviteOutcome.Accepted { Person: var now }:
                talk.Reply(
                    talk.Texts.Say(talk.Language, "start.welcome-role", ("role", now.Role)),
                    LanguageChoices.Of(talk.Texts.Languages, LanguageChoices.Alone));
                talk.Afterward(ct => menus.SetForAsync(channels, now, talk.Here, ct));
                break;
            case InviteOutcome.NotNeeded { Has: var role }:
                talk.Reply("invite.not-needed", ("role", role));
                break;
            case InviteOutcome.Used:
                talk.Reply("invite.used");
                break;
            case InviteOutcome.Expired:
                talk.Reply("invite.expired");
                break;
            default:
                talk.Reply("invite.bad");
                break;
        }
    }
}
