using AlertBot.Domain.Jobs;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using NodaTime;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// The last step of forgetting an account: once the confirming answer is sent, every trace of it is erased. An account that has written again
/// meanwhile stays.
/// </summary>
public sealed class ForgetReporters(Database database, DamagedRow damaged) : IRecurringJob
{
    private const int Batch = 50;
    private static readonly Duration Failed = Duration.FromHours(1);

    public string Name => "forgotten-reporters";

    public JobSchedule Schedule { get; } = new JobSchedule.Every(Duration.FromSeconds(30));

    public async Task RunAsync(CancellationToken ct)
    {
        await using var session = await database.BeginAsync(ct);
        foreach (var address in await session.Addresses.ToEraseAsync(Batch))
        {
            PersonId? person = null;
            if (await session.TryAsync(async () => person = await session.Addresses.EraseAsync(address), ct) is { } failure)
            {
                // People were promised it.
                await damaged.TellAsync(session, "address", address.Value, failure, isOfPerson: true);
                await session.Addresses.ForgetAsync(address, session.Now + Failed);
            }
            else if (person is { } owner)
            {
                // A person who once had a role stays as an id, for the acts done in that role.
                await session.TryAsync(() => session.People.EraseAsync(owner), ct);
            }
        }

        await session.CommitAsync(ct);
    }
}
