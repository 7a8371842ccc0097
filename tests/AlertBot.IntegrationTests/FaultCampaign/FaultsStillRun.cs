extern alias faults;

using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.FaultCampaign;

/// <summary>A small size of the fault campaign, of the kinds that take seconds. The others take minutes, and are run on demand.</summary>
public sealed class FaultsStillRun(FaultsStillRun.Runs runs) : IClassFixture<FaultsStillRun.Runs>
{
    private static readonly string[] Kinds = ["updates", "engine", "clock"];

    public static TheoryData<string> Each => [.. Kinds];

    [PostgresTheory]
    [MemberData(nameof(Each))]
    public Task A_tiny_size_of(string kind) => runs.PassesAsync(kind);

    /// <summary>Begins with the first test that waits for one.</summary>
    public sealed class Runs : IAsyncLifetime
    {
        private readonly Lazy<Task<TinyRuns>> _all = new(() => TinyRuns.StartAsync(
            typeof(faults::AlertBot.Faults.Kind).Assembly, Kinds));

        public async Task PassesAsync(string kind) => await (await _all.Value).PassesAsync(kind, "kept");

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync()
        {
            if (_all.IsValueCreated)
                (await _all.Value).Dispose();
        }
    }
}
