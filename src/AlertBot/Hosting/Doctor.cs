using System.Globalization;
using AlertBot.Cli;
using AlertBot.Domain.Alerts;
using AlertBot.Jobs;
using AlertBot.Postgres;
using AlertBot.Postgres.Backups;
using AlertBot.Postgres.Vaults;
using AlertBot.Workflows.Backups;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Overdue;
using NodaTime;
using Npgsql;

namespace AlertBot.Hosting;

/// <summary>Checks everything visible from the database and its machine. The command line and the owners' chat show the same findings.</summary>
/// <param name="backups">Null if the database has no backups.</param>
internal sealed class Doctor(Ground ground, Database database, BackupPlan? backups, JobBoard? jobs, IClock clock)
{
    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken ct)
    {
        var findings = new List<Finding>();
        var now = clock.GetCurrentInstant();
        if (backups is not null)
            await LookAsync("keys", async session => findings.AddRange(await KeysAsync(session, backups, ct)));
        await LookAsync("audit log", async session => findings.Add(await AuditAsync(session)));
        if (backups is not null)
        {
            await LookAsync("backup", async session => findings.Add(await BackupAsync(session, backups)));
            findings.Add(MachineChecks.Disk(backups.Directory));
        }

        await LookAsync("outbox", async session => findings.Add(Outbox(await session.Outbox.CountAsync())));
        await LookAsync("inbox", async session =>
            findings.Add(Inbox(await session.Inbox.WaitingAsync(), await session.Inbox.CountSetAsideAsync())));
        await LookAsync("overdue", async session => findings.Add(await OverdueAsync(session)));
        await LookAsync("people", async session =>
            findings.Add(Count("people", await session.Vitals.UnreachableAsync(), "with a role cannot be reached: see /people in the chat")));
        await LookAsync("cases", async session => findings.Add(Count(
            "cases", await session.Vitals.UnfollowedAsync(), "open cases are followed by nobody: /link, or /subscribe", isBad: false)));

        findings.Add(MachineChecks.Calendars(ground.Law, now));
        if (jobs is not null)
            findings.AddRange(await JobsAsync(jobs, now, ct));
        return findings;

        // A table that cannot be read is one finding, and the other checks still run.
        async Task LookAsync(string what, Func<Session, Task> look)
        {
            try
            {
                await using var session = await database.BeginAsync(ct);
                await look(session);
            }
            catch (NpgsqlException)
            {
                findings.Add(new Finding(what, false, "it could not be looked at: the database refuses the question"));
            }
        }
    }

    private async Task<IEnumerable<Finding>> KeysAsync(Session session, BackupPlan plan, CancellationToken ct)
    {
        try
        {
            using var keys = VaultKeyFile.Read(plan.KeyFile);
            if (await VaultCanary.CompareAsync(database.Source, database.Vault, ct) is { } wrong)
                return [new Finding("keys", false, wrong)];
            return MachineChecks.Keys(plan, keys, (await session.KeyParts.NewestAsync())?.Keys).ToList();
        }
        catch (VaultException problem)
        {
            return [new Finding("keys", false, problem.Message)];
        }
    }

    private async Task<Finding> AuditAsync(Session session)
    {
        var anchors = backups is null
            ? []
            : new ChainAnchors(backups.Journal).Read(await session.Backups.RestoredAtAsync() ?? Instant.MinValue);
        return await session.Audit.CheckAsync(anchors) is { } broken
            ? new Finding("audit log", false, $"it was tampered with: {broken}")
            : new Finding("audit log", true, $"{await session.Audit.CountAsync()} entries, none changed and none missing");
    }

    private static async Task<Finding> BackupAsync(Session session, BackupPlan plan)
    {
        var newest = await session.Backups.NewestAsync();
        var last = await session.Backups.LastAsync();
        if (last is { File: null } failed)
            return new Finding("backup", false, $"the one of {JobWords.At(failed.MadeAt)} could not be made: {failed.Failure}");
        if (newest is null)
            return new Finding("backup", false, "there is none yet: alertbot backup");
        if (newest.Failure is { } untried)
            return new Finding("backup", false, untried);
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"of {JobWords.At(newest.MadeAt)}, tried out, {newest.Rows} rows, {newest.Bytes} bytes, in {plan.Directory}");
        return session.Now - newest.MadeAt > BackupWatch.OverdueAfter
            ? new Finding("backup", false, $"overdue: the newest is {sentence}. Is 'alertbot serve' running?")
            : new Finding("backup", true, sentence);
    }

    private static Finding Outbox(IReadOnlyDictionary<DeliveryState, int> counts)
    {
        var failed = counts.GetValueOrDefault(DeliveryState.Failed) + counts.GetValueOrDefault(DeliveryState.Expired);
        var text = counts.Count == 0 ? "empty" : string.Join(
            ", ", counts.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} {Words.Snake(pair.Key.ToString())}"));
        // The coordinators were told of the failed deliveries. The operator sees the number here too.
        return new Finding("outbox", true, failed == 0 ? text : text + " (coordinators were told of what failed)");
    }

    private static async Task<Finding> OverdueAsync(Session session)
    {
        var late = await session.Vitals.OverdueAsync(session.Now - OverdueAuditor.Patience);
        return late.IsNothing
            ? new Finding("overdue", true, "nothing")
            : new Finding(
                "overdue", false, $"{late.Escalations} escalations, {late.Reminders} reminders, {late.CheckIns} check-ins, "
                + $"{late.Messages} urgent messages, {late.Updates} updates: is 'alertbot serve' running, and the messenger in reach?");
    }

    private static Finding Count(string what, int count, string words, bool isBad = true) =>
        new(what, count == 0 || !isBad, count == 0 ? "nothing to put right" : $"{count} {words}");

    private static async Task<IEnumerable<Finding>> JobsAsync(JobBoard board, Instant now, CancellationToken ct)
    {
        var lines = await board.ReadAsync(ct);
        if (lines.All(line => line.Run is null))
            return [new Finding("jobs", false, "no job has run yet: is 'alertbot serve' running?")];

        return lines.Select(line => new Finding("job " + line.Job.Name, !line.IsFailing && !line.IsLateAt(now), line switch
        {
            { IsFailing: true } => JobWords.Failure(line),
            _ when line.IsLateAt(now) => $"last succeeded {JobWords.At(line.Run?.LastSucceeded)}: is 'alertbot serve' running?",
            { Run: null or { LastSucceeded: null } } => $"first at {JobWords.At(line.Next)}",
            _ => $"last succeeded {JobWords.At(line.Run?.LastSucceeded)}, in {line.Run?.LastTookMs} ms; next {JobWords.At(line.Next)}",
        }));
    }

    private static Finding Inbox(int waiting, int setAside) => new("inbox", true, $"{waiting} updates wait to be handled" + (setAside == 0
        ? ""
        : $", {setAside} could not be stored or handled and are set aside: the log has a code and a cause for each (coordinators were told)"));
}
