using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Incidents;

/// <summary><c>/mine</c>: the incidents that somebody has taken. Codes only; a button opens the card.</summary>
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

        if (mine.Count == 0)
        {
            talk.Reply("ack.mine-none");
            return;
        }

        var lines = mine.Select(incident => talk.Texts.Say(
            talk.Language, "ack.mine-line", ("code", incident.Code.Text), ("what", incident.Kind),
            ("since", talk.Now - (incident.TakenAt ?? talk.Now))));
        talk.Reply(
            RichText.Join("\n", lines.Prepend(talk.Texts.Say(talk.Language, "ack.mine-title", ("count", mine.Count)))),
            mine.Take(Most).Select(incident => new Choice(incident.Code.Text, $"inc:card:{incident.Code.Text}")).Chunk(PerRow).ToList());
    }
}
