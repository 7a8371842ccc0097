using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// Asks after every open case of which nothing was said for a month, whatever clocks it has: nobody in limbo is forgotten. Where nobody
/// answered the last time, coordinators are asked too.
/// </summary>
public sealed class QuietCases(Database database, Alerts alerting, DamagedRow damaged) : IRecurringJob
{
    public string Name => "quiet-cases";

    public bool WatchesPeople => true;

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromMinutes(15));

    /// <summary>When the next case is asked after, if nothing is said of it until then; null: there is none.</summary>
    public static async Task<Instant?> NextAsync(Session session) => (await session.Cases.LastHeardAsync(session.Now))
        .Select(one => (Instant?)QuietCase.AskAt(one.Zone, one.LastHeard)).Min();

    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var quiet = await session.Cases.LastHeardAsync(session.Now - Duration.FromDays(QuietCase.AfterDays - 2));
        foreach (var (@case, _, heard) in quiet.Where(one => QuietCase.AskAt(one.Zone, one.LastHeard) <= session.Now))
        {
            // One case that cannot be read must not silence the others.
            if (await session.TryAsync(() => AskAsync(session, @case, heard), ct) is { } failure)
                await damaged.TellAsync(session, "case_file", @case.Value, failure);
        }

        await session.CommitAsync(ct);
    }

    /// <param name="stamp">Tells one asking from the next.</param>
    internal static string KeyOf(CaseId @case, string stamp) => $"quiet:{@case.Value:N}:{stamp}";

    private async Task AskAsync(Session session, CaseId @case, Instant heard)
    {
        await session.Cases.LockAsync(@case);
        if (await session.Cases.FindAsync(@case) is not { } file || file.Status == CaseStatus.Closed)
            return;

        var (stamp, waiting) = (heard.ToUnixTimeSeconds().ToString("x", CultureInfo.InvariantCulture), QuietCase.WaitsFor(file));
        var draft = new AlertDraft(
            @case, AlertKind.CaseQuestion, Severity.Notice, KeyOf(@case, stamp),
            new Line("quiet-case.ask", ("code", file.Code.Text), ("waiting", waiting)))
        {
            Buttons =
            [
                [(LabelOf(waiting), Data(@case, stamp, "n")), ("quiet-case.news", Data(@case, stamp, "y"))],
                [("button.details", $"case:{file.Code.Text}")],
            ],
        };
        var to = (await Recipients.OfAsync(session, [@case]))(@case);
        if (await WasLeftAsync(session, @case, heard))
            to = to.Concat(await Recipients.CoordinatorsAsync(session)).DistinctBy(one => one.Address).ToList();
        await alerting.RaiseAsync(session, draft, to);
    }

    // The last thing said of it was the same question, and nobody has answered it.
    private static async Task<bool> WasLeftAsync(Session session, CaseId @case, Instant heard) =>
        await session.Alerts.WasAtAsync(@case, AlertKind.CaseQuestion, heard)
        && (await session.Audit.OfAsync(@case.Value, AnswerQuietPress.Act, heard)).Count == 0;

    internal static string LabelOf(Waiting waiting) => waiting switch
    {
        Waiting.Held => "button.still-held",
        Waiting.Free => "quiet-case.well",
        _ => "quiet-case.nothing",
    };

    private static string Data(CaseId @case, string stamp, string answer) => $"{AnswerQuietPress.Word}:{@case.Value:N}:{stamp}:{answer}";
}
