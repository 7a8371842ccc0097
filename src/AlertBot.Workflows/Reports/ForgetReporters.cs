using AlertBot.Domain.Jobs;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// The last step of being forgotten: once the confirming answer is out, nothing says any more that this account was ever here.
/// Whoever has written anew meanwhile stays.
/// </summary>
public sealed partial class ForgetReporters(Database database, ILogger<ForgetReporters> logger) : IRecurringJob
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
                LogNotErased(address.Value, failure.GetType().Name);
                await session.Addresses.ForgetAsync(address, session.Now + Failed);
            }
            else if (person is { } owner)
            {
                // Whoever once had a role stays as an id, for what they did in it.
                await session.TryAsync(() => session.People.EraseAsync(owner), ct);
            }
        }

        await session.CommitAsync(ct);
    }

    [LoggerMessage(LogLevel.Error, "The address {AddressId} could not be erased ({Failure}); tried again in an hour")]
    private partial void LogNotErased(Guid addressId, string failure);
}
