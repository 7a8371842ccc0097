using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Backups;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Backups;
using NodaTime;

namespace AlertBot.Workflows.Operations;

/// <summary>Checks the whole audit log, together with what was written down of it outside the database.</summary>
public sealed class CheckAudit(BackupPlace place)
{
    public static readonly AuditAct Act = new("audit.check");

    /// <returns>How many entries there are, and where it breaks; null: it is whole.</returns>
    public async Task<(int Entries, AuditBreak? Break)?> RunAsync(Session session)
    {
        if (!session.Actor.MayActAs(Role.Owner))
            return null;

        var anchors = place.Plan is { } plan
            ? new ChainAnchors(plan.Journal).Read(await session.Backups.RestoredAtAsync() ?? Instant.MinValue)
            : [];
        var found = (await session.Audit.CountAsync(), await session.Audit.CheckAsync(anchors));
        await session.Audit.AddAsync(session.Actor.Id, Act, null);
        return found;
    }
}
