using AlertBot.Domain.Jobs;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// Watches what was reported: what nobody verified within the policy's time is told in full, and what nobody took goes on to the next
/// people. A failure of one does not stop the other.
/// </summary>
public sealed class ReportedArrests(IncidentVerifyJob verify, IncidentWatch watch) : IRecurringJob
{
    public string Name => "reported-arrests";

    public bool WatchesPeople => true;

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(10));

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await verify.RunAsync(ct);
        }
        finally
        {
            await watch.RunAsync(ct);
        }
    }
}
