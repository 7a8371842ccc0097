using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Messengers;

/// <summary>
/// Tells coordinators that updates were set aside because they could not be stored or handled: a report may be among them. The alert gives their
/// number, at most once an hour, and nothing of their content.
/// </summary>
public sealed class SetAsideUpdates(Database database, Alerts alerting) : IRecurringJob
{
    private static readonly Duration AtMostEvery = Duration.FromHours(1);

    public string Name => "set-aside-updates";

    public bool WatchesPeople => true;

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromMinutes(5));

    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var count = await session.Inbox.TakeUntoldAsync(session.Now - AtMostEvery);
        if (count == 0)
            return;

        var draft = new AlertDraft(
            null, AlertKind.UpdatesSetAside, Severity.Urgent,
            "set-aside:" + session.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), new Line("problem.set-aside", ("count", count)));
        await alerting.RaiseAsync(session, draft, await Recipients.CoordinatorsAsync(session));
        await session.CommitAsync(ct);
    }
}
