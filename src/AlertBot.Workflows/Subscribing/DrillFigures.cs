using AlertBot.Domain.Alerts;
using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Subscribing;

/// <summary>Whoever began a drill reads how it went: how many answered, how fast, and who did not.</summary>
public sealed class DrillFigures(Database database, Alerts alerting, DamagedRow damaged) : IRecurringJob
{
    private const int MostNamed = 20;

    public string Name => "drills";

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(30));

    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var ended = await session.Drills.EndDueAsync();
        foreach (var drill in ended)
        {
            if (await session.TryAsync(() => TellAsync(session, drill), ct) is { } failure)
                await damaged.TellAsync(session, "drill", drill.Alert.Value, failure);
        }

        if (ended.Count > 0)
            await session.CommitAsync(ct);
    }

    private async Task TellAsync(Session session, Drill drill)
    {
        var people = await session.Drills.AnswersAsync(drill.Alert);
        var took = people.Select(one => one.At).OfType<Instant>().Select(at => (int)(at - drill.StartedAt).TotalSeconds).Order().ToList();
        var lines = new List<Line>
        {
            took.Count == 0
                ? new Line("drill.over-none", ("told", people.Count))
                : new Line(
                    "drill.over", ("told", people.Count), ("answered", took.Count), ("first", took[0]), ("half", took[(took.Count - 1) / 2])),
        };
        var silent = new List<string>();
        foreach (var (id, _) in people.Where(one => one.At is null).Take(MostNamed))
        {
            if (await session.People.FindAsync(id) is { } person)
                silent.Add(person.Shown);
        }

        if (silent.Count > 0)
            lines.Add(new Line("drill.missing", ("who", string.Join(", ", silent))));
        await alerting.RaiseAsync(
            session, new AlertDraft(null, AlertKind.DrillOver, Severity.Urgent, $"drill-over:{drill.Alert.Value:N}", lines),
            await session.Addresses.OpenOfAsync([drill.By]));
    }
}
