extern alias faults;

using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.FaultCampaign;

/// <summary>A small size of the fault campaign, of the kinds that take seconds. The others take minutes, and are run on demand.</summary>
public sealed class FaultsStillRun
{
    [PostgresTheory]
    [InlineData("updates")]
    [InlineData("engine")]
    [InlineData("clock")]
    public Task A_tiny_size_of(string kind) => TinyRun.PassesAsync(typeof(faults::AlertBot.Faults.Kind).Assembly, "kept", "--only", kind);
}
