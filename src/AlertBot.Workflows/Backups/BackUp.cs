using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Backups;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Workflows.Backups;

/// <summary>Makes a backup, removes old ones, records the result, and tells owners of a failure.</summary>
public sealed class BackUp(Database database, Alerts alerting, IClock clock)
{
    /// <exception cref="BackupProblem">The backup failed, and owners are told.</exception>
    public async Task<BackupMade> RunAsync(BackupPlan plan, CancellationToken ct)
    {
        var now = clock.GetCurrentInstant();
        try
        {
            var made = await plan.Maker.RunAsync(now, ct);
            var old = plan.Prune(now);
            await using var session = await database.BeginAsync(ct);
            await session.Backups.AddAsync(made);
            await session.Audit.AddAsync(null, new AuditAct("backup.make"), null, $"{made.File} {old}");
            if (made.Unverified is not null)
                await TellAsync(session, "unverified", new Line("backup.unverified"));
            await session.CommitAsync(ct);
            return made;
        }
        catch (BackupProblem problem)
        {
            await using var session = await database.BeginAsync(ct);
            await session.Backups.FailedAsync(problem.Message);
            await TellAsync(session, "failed", new Line("backup.failed"));
            await session.CommitAsync(ct);
            throw;
        }
    }

    /// <summary>Tells owners, or coordinators if there are no owners, once a day for each kind of trouble.</summary>
    internal async Task TellAsync(Session session, string kind, params Line[] lines)
    {
        var day = LocalDatePattern.Iso.Format(session.Now.InUtc().Date);
        var draft = new AlertDraft(null, AlertKind.Backup, Severity.Urgent, $"backup:{kind}:{day}", lines);
        await alerting.RaiseAsync(session, draft, await OperatorsAsync(session));
    }

    internal static async Task<IReadOnlyCollection<Subscriber>> OperatorsAsync(Session session)
    {
        var owners = await session.Addresses.OpenWithRoleAsync(Role.Owner);
        return owners.Count > 0 ? owners : await Recipients.CoordinatorsAsync(session);
    }
}
