using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Jobs;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Workflows.People;

/// <summary>
/// Hands the duty over each week and tells both people. After downtime it hands over once, however many weeks passed. If nobody is on the rota,
/// coordinators are told once a week.
/// </summary>
public sealed class OnCallDuty(Database database, ChangeRota change, Alerts alerting, IncidentPolicy policy) : IRecurringJob
{
    public string Name => "on-call-duty";

    public bool WatchesPeople => true;

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromMinutes(1));

    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        var due = OnCallRota.HandOverBefore(policy, session.Now);
        var first = await session.OnCall.TakeRotaAsync();
        var shift = await session.OnCall.ShiftAsync();
        if (shift is null || shift < due)
        {
            var had = await session.OnCall.ToldAsync() ?? first.OnDuty;
            // The first shift begins with the program and not with a hand-over.
            if (shift is not null)
                await change.RunAsync(session, before => before.HandOver(had), null);
            await session.OnCall.BeginShiftAsync(due);
        }

        var rota = await session.OnCall.RotaAsync();
        await change.TellOfTimeAsync(session, rota);
        if (rota.People.Count == 0)
        {
            var draft = new AlertDraft(
                null, AlertKind.OnCallNobody, Severity.Notice, "oncall:nobody:" + InstantPattern.General.Format(due), new Line("oncall.nobody-told"));
            await alerting.RaiseAsync(session, draft, await Recipients.CoordinatorsAsync(session));
        }

        await session.CommitAsync(ct);
    }
}
