namespace AlertBot.Channels;

/// <summary>A caller's cancellation and a time limit that follows the injected clock.</summary>
internal sealed class Patience : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _both;

    public Patience(TimeSpan longest, TimeProvider time, CancellationToken ct)
    {
        _limit = new CancellationTokenSource(longest, time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, ct);
    }

    public CancellationToken Token => _both.Token;

    public void Dispose()
    {
        _both.Dispose();
        _limit.Dispose();
    }
}
