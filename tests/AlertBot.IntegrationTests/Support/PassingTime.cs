using AlertBot.Tests.Support;

namespace AlertBot.IntegrationTests.Support;

/// <summary>Time that passes beside real HTTP.</summary>
internal static class PassingTime
{
    /// <summary>
    /// Advances in steps until something has happened, and leaves what goes over the wire time to arrive in between: else every
    /// limit in the program would pass before the first answer. Gives up after twenty real seconds.
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
