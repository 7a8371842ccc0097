using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// What a flood holds back comes as one message with sound, at most every two minutes, what is most likely true first: a raid hides in a
/// flood.
/// </summary>
public sealed class HeldReports(Database database, Alerts alerting, DamagedRow damaged) : IRecurringJob
{
    private const int MostLines = 12;
    private const int LongestWords = 90;
    private const int Every = 120;

    public string Name => "held-reports";

    public bool WatchesPeople => true;

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(30));

    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        // One was sent in this slot already: the next one brings these too. Of a long flood all of it would be read for nothing.
        var cause = "flood:" + (session.Now.ToUnixTimeSeconds() / Every).ToString(CultureInfo.InvariantCulture);
        if (await session.Alerts.WasRaisedAsync(cause))
            return;
        var held = new List<(IncidentView View, int Credit)>();
        var seen = new List<string>();
        foreach (var id in await session.Incidents.TakeHeldIdsAsync())
        {
            // A raid hides in a flood: one that cannot be read must not keep the others from being told.
            if (await session.TryAsync(() => ReadAsync(session, id, held, seen), ct) is not { } failure)
                continue;
            await damaged.TellAsync(session, "incident", id.Value, failure);
            await session.Incidents.ReleaseHeldAsync([id]);
        }

        if (held.Count > 0)
            await TellAsync(session, held, cause);
        await session.CommitAsync(ct);
    }

    private static async Task ReadAsync(Session session, IncidentId id, List<(IncidentView View, int Credit)> held, List<string> seen)
    {
        if (await session.Incidents.FindAsync(id) is not { } incident)
            return;
        var view = await IncidentView.OfAsync(session, incident);
        held.Add((view, CreditOf(view, seen, session.Now)));
    }

    private async Task TellAsync(Session session, List<(IncidentView View, int Credit)> held, string cause)
    {
        var shown = held.OrderByDescending(one => one.Credit).Take(MostLines).Select(one => one.View).ToList();
        var lines = new List<Line> { new("triage.flood", ("count", held.Count)) };
        lines.AddRange(shown.Select(view => new Line(
            "triage.flood-line", ("code", view.Incident.Code.Text), ("what", view.Incident.Kind),
            ("text", IncidentCards.Cut(WordsOf(view), LongestWords)))));
        if (held.Count > shown.Count)
            lines.Add(new Line("triage.flood-more", ("count", held.Count - shown.Count)));
        var draft = new AlertDraft(null, AlertKind.ReportFlood, Severity.Critical, cause, lines);
        if (await alerting.RaiseAsync(session, draft, await Recipients.CoordinatorsAsync(session)))
        {
            await session.Incidents.ReleaseHeldAsync(shown.Select(view => view.Incident.Id).ToList());
            foreach (var view in shown)
                await session.Incidents.NoteAsync(view.Incident.Id, null, IncidentAct.Digest, draft.DedupKey);
        }
    }

    /// <summary>
    /// How likely it is that somebody saw it: what says who, when and where, from an account that is not of today, in words of its own.
    /// </summary>
    private static int CreditOf(IncidentView view, List<string> seen, Instant now)
    {
        var credit = 0;
        foreach (var report in view.Reports)
        {
            var content = report.Content!;
            credit += (content.Who is null ? 0 : 2) + (content.WhereShown() is null ? 0 : 2) + (content.When is null ? 0 : 1)
                + (report.HasFiles ? 2 : 0) + (content.ByWhom is null ? 0 : 1) - (content.IsForward ? 2 : 0)
                + (report.AccountSince < now - Duration.FromDays(1) ? 4 : 0);
            var words = string.Join(' ', content.Words);
            if (seen.Exists(other => Likeness.AreAlike(other, words)))
                credit -= 8;
            else if (seen.Count < 200)
                seen.Add(words);
        }

        return credit;
    }

    private static string WordsOf(IncidentView view) => view.Reports.Select(report => report.Content!)
        .Select(content => string.Join(' ', new[] { content.Who, content.WhereShown(), string.Join(' ', content.Words) }.OfType<string>()).Trim())
        .FirstOrDefault(words => words.Length > 0) ?? "📎";
}
