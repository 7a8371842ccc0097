using System.Globalization;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Configuration;
using NodaTime;

namespace AlertBot.Workflows.People;

/// <summary><c>/invite ROLE [HOURS] [NAME]</c>: makes an invitation for one person, with the name that co-workers will see.</summary>
public sealed class InviteCommand(IReadOnlyList<IChannel> channels, InvitePerson invitePerson) : IChatCommand, IPress
{
    public string Name => "invite";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public string Prefix => "invite";

    public async Task RunAsync(Talk talk, string arguments)
    {
        var parts = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var hours = (int)InvitePerson.UsualLife.TotalHours;
        var isTimed = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out hours);
        hours = isTimed ? hours : (int)InvitePerson.UsualLife.TotalHours;
        var name = string.Join(' ', parts.Skip(isTimed ? 2 : 1));
        var called = PersonName.OfColleague(name);

        if (parts.Length > 0 && hours >= 1 && hours <= InvitePerson.LongestLife.TotalHours && (name.Length == 0 || called is not null)
            && RoleNamed(talk, parts[0]) is { } role)
            await InviteAsync(talk, role, hours, called);
        else
            Ask(talk);
    }

    public async Task PressAsync(Talk talk, string data)
    {
        if (!talk.IsGroup && RoleNamed(talk, data) is { } role && talk.May(Role.Coordinator))
            await InviteAsync(talk, role, (int)InvitePerson.UsualLife.TotalHours);
        else
            talk.Notice("button.stale");
    }

    private static void Ask(Talk talk) => talk.Reply(
        talk.Texts.Say(talk.Language, "invite.ask-role"),
        Enum.GetValues<Role>().Where(role => talk.May(InvitePerson.NeededFor(role)))
            .Select(role => Words.Snake(role.ToString()))
            .Select(code => (IReadOnlyList<Choice>)[talk.Button("role." + code, "invite:" + code)]).ToList());

    private async Task InviteAsync(Talk talk, Role role, int hours, PersonName? called = null)
    {
        if (talk.Person is null
            || await invitePerson.RunAsync(talk.Session, role, Duration.FromHours(hours), called) is not { } code)
        {
            talk.Reply("invite.not-allowed", ("role", role));
            return;
        }

        var channel = channels.FirstOrDefault(one => one.Kind == talk.Here.At.Channel);
        if (channel is not null && await channel.DeepLinkAsync(code, talk.Cancelled) is { } link)
            talk.Reply("invite.made", ("role", role), ("link", link), ("code", code), ("hours", hours));
        else
            talk.Reply("invite.made-without-link", ("role", role), ("code", code), ("hours", hours));
    }

    // Accepts the role's code, or its name in the chat's language.
    private static Role? RoleNamed(Talk talk, string word) => Enum.GetValues<Role>().Cast<Role?>().FirstOrDefault(role =>
    {
        var code = Words.Snake(role!.Value.ToString());
        return word.Equals(code, StringComparison.OrdinalIgnoreCase)
            || word.Equals(talk.Texts.Plain(talk.Language, "role." + code), StringComparison.OrdinalIgnoreCase);
    });
}
