using AlertBot.Domain.Alerts;
using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Alerting;

/// <summary>
/// Sends alerts that had no recipient to the coordinators as soon as one can be told. It sends them at any age, and coordinators decide what they are
/// still worth.
/// </summary>
public sealed class UntoldAlerts(Database database, DamagedRow damaged) : IRecurringJob
{
    private const int Batch = 50;

    public string Name => "untold-alerts";

    public bool WatchesPeople => true;

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(30));

    public async Task RunAsync(CancellationToken ct)
    {
        // Each alert told no longer waits, so the loop ends.
        while (await TickAsync(ct))
        {
        }
    }

    private async Task<bool> TickAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        if (await session.Alerts.CountUntoldAsync() == 0 || await Recipients.CoordinatorsAsync(session) is not { Count: > 0 } coordinators)
            return false;

        var untold = await session.Alerts.TakeUntoldAsync(Batch);
        var to = await Reach.FirstOfAsync(session, coordinators);
        // One that does not open is given up, like such a delivery, and people hear of that.
        foreach (var lost in untold.Where(alert => alert.Said is null))
            await damaged.TellAsync(session, "untold_alert", lost.Id.Value);
        await session.Outbox.AddAsync(untold.Where(alert => alert.Said is not null).SelectMany(alert => to.Select(one => (alert, one))).Select(pair =>
        {
            var said = pair.alert.Said!.GetValueOrDefault(pair.one.Language) ?? pair.alert.Said![TextCatalog.FallbackLanguage];
            return new NewDelivery(
                $"alert:{pair.alert.Id.Value:N}", pair.one.Address, pair.one.Channel, pair.alert.Priority, said.Message, said.RepeatNote,
                session.Now, session.Now + Urgency.WorthSendingFor(Severity.Critical))
            {
                Alert = pair.alert.Id,
            };
        }).ToList());
        await session.Alerts.EndUntoldAsync(untold.Select(alert => alert.Id).ToList());
        await session.CommitAsync(ct);
        return untold.Count == Batch;
    }
}
