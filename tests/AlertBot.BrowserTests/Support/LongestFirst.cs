using AlertBot.BrowserTests.Desk;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("AlertBot.BrowserTests.Support.LongestFirst", "AlertBot.BrowserTests")]

namespace AlertBot.BrowserTests.Support;

/// <summary>Classes that take long begin first. The last one to begin would run on alone, on a machine with nothing else to do.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [nameof(Every_page_of_the_desk), nameof(An_owner_signs_in)];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(PlaceOf);

    private static int PlaceOf(ITestCollection collection) =>
        Array.FindIndex(Longest, name => collection.DisplayName.Contains("." + name, StringComparison.Ordinal)) is >= 0 and var at
            ? at
            : Longest.Length;
}
