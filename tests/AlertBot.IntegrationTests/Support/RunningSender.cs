namespace AlertBot.IntegrationTests.Support;

/// <summary>A sending node, until it is stopped like a program that was asked to end.</summary>
internal sealed class RunningSender : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public RunningSender(Func<CancellationToken, Task> work) => _work = work(_stop.Token);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _work.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }
}
