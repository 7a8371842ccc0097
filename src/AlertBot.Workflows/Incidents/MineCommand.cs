using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Incidents;

/// <summary><c>/mine</c>: the incidents that somebody has taken, and the dates that they follow up. Codes only; a button opens the card.</summary>
public sealed class MineCommand : IChatCommand
{
    private const int Most = 24;
    private const int PerRow = 3;

    public string Name => "mine";

    public Role Needs => Role.Advocate;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        if (talk.Session.Actor.Id is not { } person)
            return;

        var mine = new List<Incident>();
        foreach (var incident in await talk.Session.Incidents.OfAsync(person))
        {
            if (await IncidentAccess.MayActAsync(talk.Session, incident))
                mine.Add(incident);
        }

        var dates = new List<RichText>();
        foreach (var (@case, date) in await talk.Session.Deadlines.FollowedByAsync(person))
        {
            if (await CaseAccess.MaySeeAsync(talk.Session, @case) && await talk.Session.Cases.FindAsync(@case) is { } file)
            {
                dates.Add(talk.Texts.Say(
                    talk.Language, "ack.mine-date", ("code", file.Code.Text), ("kind", date.Deadline.Kind), ("day", date.Deadline.Limit.Earliest)));
            }
        }

        if (mine.Count == 0 && dates.Count == 0)
        {
            talk.Reply("ack.mine-none");
            return;
        }

        var lines = mine.Select(incident => talk.Texts.Say(
            talk.Language, "ack.mine-line", ("code", incident.Code.Text), ("what", incident.Kind),
            ("since", talk.Now - (incident.TakenAt ?? talk.Now)))).ToList();
        if (mine.Count > 0)
            lines.Insert(0, talk.Texts.Say(talk.Language, "ack.mine-title", ("count", mine.Count)));
        if (dates.Count > 0)
            lines.AddRange(dates.Prepend(talk.Texts.Say(talk.Language, "ack.mine-dates")));
        talk.Reply(
            RichText.Join("\n", lines),
            mine.Take(Most).Select(incident => new Choice(incident.Code.Text, $"inc:card:{incident.Code.Text}")).Chunk(PerRow).ToList());
    }
}
