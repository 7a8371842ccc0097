using AlertBot.Domain.Alerts;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Alerting;

/// <summary>
/// Tells owners of rows that do not open. A damaged disk or a wrong key damages many at once, and jobs find them one after the other: the first
/// message waits a minute for the others, and what is found within an hour of it is told together when that is over.
/// </summary>
public sealed partial class TellDamaged(Database database, Alerts alerting, ILogger<TellDamaged> logger) : IRecurringJob
{
    private const string Kinds = "damaged-row.";

    /// <summary>How long the first one found waits for others.</summary>
    public static readonly Duration Gathers = Duration.FromMinutes(1);

    /// <summary>How long the next message waits.</summary>
    public static readonly Duration Rests = Duration.FromHours(1);

    public string Name => "damaged-rows";

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(30));

    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var rows = await session.Damaged.UntoldAsync(session.Now - Gathers);
        if (!rows.Any(row => row.IsLongAgo) || await session.Damaged.WasToldAsync(session.Now - Rests))
            return;

        await session.Damaged.SetToldAsync(rows);
        await alerting.RaiseAsync(
            session, new AlertDraft(null, AlertKind.RowDamaged, Severity.Urgent, $"damaged:{Guid.CreateVersion7():N}", LinesOf(rows)),
            await session.Addresses.OpenWithRoleAsync(Role.Owner) is { Count: > 0 } owners ? owners : await Recipients.CoordinatorsAsync(session));
        await session.CommitAsync(ct);
        foreach (var row in rows)
            LogTold(row.Name);
    }

    private List<Line> LinesOf(IReadOnlyList<FoundDamage> rows) => rows is [var one]
        ? [new Line("problem.damaged", ("row", one.Name))]
        :
        [
            new Line("problem.damaged-many", ("count", rows.Count)),
            .. rows.CountBy(row => KindOf(row.Kind)).OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => new Line("problem.damaged-kind", ("kind", kind.Key), ("count", kind.Value))),
            new Line("problem.damaged-what"),
        ];

    // A table that no text names yet is told of all the same.
    private string KindOf(string table) => alerting.Texts.Has(TextCatalog.FallbackLanguage, Kinds + table) ? table : "other";

    [LoggerMessage(LogLevel.Error, "The {Row} cannot be read or worked on; owners are told")]
    private partial void LogTold(string row);
}
