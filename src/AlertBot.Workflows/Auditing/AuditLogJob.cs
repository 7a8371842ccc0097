using AlertBot.Domain.Alerts;
using AlertBot.Domain.Jobs;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Backups;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Backups;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Auditing;

/// <summary>
/// Links new entries to the audit log's chain, and records the newest link outside the database. It tells owners of somebody who opens so much that
/// they may be copying it.
/// </summary>
public sealed class AuditLogJob(Database database, Alerts alerting, BackupPlace place) : IRecurringJob
{
    /// <summary>Nobody works through more in an hour.</summary>
    public const int MostInAnHour = 30;

    private static readonly Duration Window = Duration.FromHours(1);

    public string Name => "audit-log";

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromMinutes(5));

    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var head = await session.Audit.LinkAsync();
        foreach (var (person, count) in await session.Audit.ManyReadAsync(session.Now - Window, MostInAnHour))
            await TellAsync(session, new PersonId(person), count);
        await session.CommitAsync(ct);
        if (head is not null && place.Plan is { } plan)
            new ChainAnchors(plan.Journal).Keep(head, session.Now);
    }

    // The alert goes to others: the reader is the last person to ask about it.
    private async Task TellAsync(Session session, PersonId reader, int count)
    {
        if (await session.People.FindAsync(reader) is not { } person)
            return;

        var all = await BackUp.OperatorsAsync(session);
        var others = all.Where(one => one.Person != reader).ToList();
        if (others.Count == 0)
            others = (await Recipients.CoordinatorsAsync(session)).Where(one => one.Person != reader).ToList();
        var hour = session.Now.ToUnixTimeSeconds() / (long)Window.TotalSeconds;
        var draft = new AlertDraft(
            null, AlertKind.ManyReadings, Severity.Urgent, $"readings:{reader.Value:N}:{hour}",
            new Line("audit.many-read", ("role", person.Role), ("sign", PersonSign.Of(reader)), ("count", count)));
        await alerting.RaiseAsync(session, draft, others);
    }
}
