using AlertBot.IntegrationTests.Benchmarks;
using AlertBot.IntegrationTests.FaultCampaign;
using AlertBot.IntegrationTests.Flows;
using AlertBot.IntegrationTests.Jobs;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("AlertBot.IntegrationTests.Support.LongestFirst", "AlertBot.IntegrationTests")]

namespace AlertBot.IntegrationTests.Support;

/// <summary>Classes that take long begin first. The last one to begin would run on alone, on a machine with nothing else to do.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        nameof(BenchmarksStillRun), nameof(FaultsStillRun), nameof(Histories_of_years_are_played), nameof(A_machine_is_lost), nameof(A_key_is_lost),
        nameof(A_night_on_other_phones), nameof(JobEngineTests), nameof(The_watcher_is_watched), nameof(Everything_is_destroyed),
        nameof(The_database_moves_on), nameof(KeptRunsTests),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(PlaceOf);

    private static int PlaceOf(ITestCollection collection) =>
        Array.FindIndex(Longest, name => collection.DisplayName.Contains("." + name, StringComparison.Ordinal)) is >= 0 and var at
            ? at
            : Longest.Length;
}
