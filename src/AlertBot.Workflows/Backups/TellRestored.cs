using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Backups;

/// <summary>
/// Handles what a restored database cannot know: what was sent and what came in since the backup was made. It marks waiting messages, and tells
/// owners which hours are missing.
/// </summary>
public sealed class TellRestored(Alerts alerting)
{
    /// <param name="journal">Messages sent since, from the journal outside the database; null if there is none.</param>
    /// <returns>How many waiting messages count as sent, and how many say that they may be a repeat.</returns>
    public async Task<(int Sent, int Marked)> RunAsync(
        Session session, Instant backupAt, IReadOnlyList<(Instant At, byte[] Print)>? journal)
    {
        var known = journal is null ? null : (Instant?)journal.Select(line => line.At).Append(backupAt).Max();
        await session.Backups.RestoredAsync(backupAt, known);
        var counts = await session.Outbox.RememberAsync(journal?.Select(line => line.Print).ToList());
        await session.Audit.AddAsync(null, new AuditAct("backup.restore"), null, $"{backupAt}");

        var draft = new AlertDraft(
            null, AlertKind.Restored, Severity.Critical, $"restored:{session.Now.ToUnixTimeSeconds()}",
            new Line("backup.restored", ("at", backupAt.InUtc()), ("until", session.Now.InUtc())),
            journal is null ? new Line("backup.unknown") : new Line("backup.known", ("count", journal.Count)),
            new Line("backup.ask"));
        await alerting.RaiseAsync(session, draft, await BackUp.OperatorsAsync(session));
        return counts;
    }
}
