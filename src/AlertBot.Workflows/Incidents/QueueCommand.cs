using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary><c>/queue</c>: what waits for a coordinator, oldest first.</summary>
public sealed class QueueCommand : IChatCommand
{
    private const int Most = 20;

    public string Name => "queue";

    public Role Needs => Role.Coordinator;

    public CommandPlace Place => CommandPlace.Private;

    public async Task RunAsync(Talk talk, string arguments)
    {
        var waiting = (await talk.Session.Incidents.OpenAsync())
            .Where(incident => incident.Standing == Standing.Unverified || incident.Handling == Handling.Open).ToList();
        if (waiting.Count == 0)
        {
            talk.Reply("triage.queue-empty");
            return;
        }

        var lines = new List<Line> { new("triage.queue", ("count", waiting.Count)) };
        foreach (var incident in waiting.Take(Most))
        {
            var code = incident.Case is { } @case && await talk.Session.Cases.FindAsync(@case) is { } file
                ? $"{file.Code.Text} · {incident.Code.Text}"
                : incident.Code.Text;
            lines.Add(new Line(
                "triage.queue-line", ("code", code), ("what", incident.Kind), ("long", talk.Now - incident.OpenedAt),
                ("standing", incident.Standing)));
        }

        talk.Reply(
            RichText.Join("\n", lines.Select(line => line.In(talk.Language, talk.Texts))),
            waiting.Take(Most).Select(incident => new Choice(incident.Code.Text, $"inc:card:{incident.Code.Text}")).Chunk(4).ToList());
    }
}
