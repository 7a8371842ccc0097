using AlertBot.Tests.Support;

namespace AlertBot.IntegrationTests.Support;

/// <summary>Virtual time together with real HTTP.</summary>
internal static class PassingTime
{
    /// <summary>
    /// Advances in steps until something has happened, with real pauses in which HTTP answers can arrive. Without them every limit in the program
    /// would pass before the first answer. Gives up after twenty real seconds.
    /// </summary>
    public static async Task PassUntilAsync(this ManualTimeProvider time, Func<bool> happened, TimeSpan? step = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!happened())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), patience.Token);
            time.Advance(step ?? TimeSpan.FromSeconds(1));
        }
    }
}
