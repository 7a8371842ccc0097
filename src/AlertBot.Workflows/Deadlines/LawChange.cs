using AlertBot.Domain.Cases;
using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Law;
using NodaTime;

namespace AlertBot.Workflows.Deadlines;

/// <summary>
/// When the law or a calendar was changed: computes every case anew and tells people which of their dates moved, and why.
/// A case whose dates stay is not heard of. Interrupted, it begins anew; nobody is told twice.
/// </summary>
public sealed class LawChange(
    Database database, CaseWatch watch, LawFingerprint law, Alerts alerting, TellReminders tell, DamagedRow damaged) : IRecurringJob
{
    private const int Batch = 100;

    public string Name => "law-changes";

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromMinutes(5));

    public async Task RunAsync(CancellationToken ct)
    {
        IReadOnlyList<CaseId> cases;
        await using (var session = await database.BeginAsync(ct))
        {
            var before = await session.LawVersions.FingerprintAsync();
            if (before == law.Text)
                return;
            cases = before is null ? [] : await session.Cases.AllAsync();
        }

        foreach (var batch in cases.Chunk(Batch))
            await LookAsync(batch, ct);

        await using var done = await database.BeginAsync(ct);
        await done.LawVersions.SaveAsync(law.Text);
        await done.CommitAsync(ct);
    }

    private async Task LookAsync(CaseId[] batch, CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        foreach (var id in batch)
            await session.Cases.LockAsync(id);
        if (await session.TryAsync(() => LookAsync(session, batch), ct) is not null)
        {
            // One case that cannot be read must not keep the others from the new law.
            foreach (var id in batch)
            {
                if (await session.TryAsync(() => LookAsync(session, [id]), ct) is { } failure)
                    await damaged.TellAsync(session, "case_file", id.Value, failure);
            }
        }

        await session.CommitAsync(ct);
    }

    private async Task LookAsync(Session session, CaseId[] batch)
    {
        var files = (await session.Cases.LoadAsync(batch)).Where(file => file.Status != CaseStatus.Closed).ToList();
        var recipients = await Recipients.OfAsync(session, batch);
        foreach (var look in await watch.LookAsync(session, files))
        {
            if (look.Failure is { } failure)
                await damaged.TellAsync(session, "case_file", look.File.Id.Value, failure);
            foreach (var draft in ChangeAlert.OfLaw(look, law.Text))
                await alerting.RaiseAsync(session, draft, recipients(look.File.Id));
            await tell.RunAsync(session, look.File, look.Reminders, recipients(look.File.Id));
        }
    }
}
