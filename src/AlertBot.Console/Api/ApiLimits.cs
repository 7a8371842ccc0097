using System.Globalization;
using System.Threading.RateLimiting;
using AlertBot.Domain.People;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Desk.Api;

/// <summary>
/// How much one program may ask of one node, by its token: behind a proxy all the world has one address. And how much of it at the same time, since
/// each act holds a connection to the database, which reports need as well.
/// </summary>
internal sealed class ApiLimits : IAsyncDisposable
{
    /// <summary>At once; after that one a second.</summary>
    public const int Burst = 60;

    /// <summary>Acts of one token at the same time. The others wait, and hold no connection.</summary>
    public const int TogetherOfToken = 2;

    // A maker may have twenty tokens.
    private const int TogetherOfMaker = 4;
    private const int Together = 8;

    // Of strangers too: whether a token is known is asked of the database.
    private const int LooksTogether = 4;
    private const int Waiting = 100;

    // Alertmanager does not repeat what was refused until its next turn.
    private const int BurstOfMonitoring = 600;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly PartitionedRateLimiter<(ApiTokenId Token, bool IsMonitoring)> _limiter =
        PartitionedRateLimiter.Create<(ApiTokenId Token, bool IsMonitoring), (ApiTokenId Token, bool IsMonitoring)>(one =>
            RateLimitPartition.GetTokenBucketLimiter(one, key => new TokenBucketRateLimiterOptions
            {
                TokenLimit = key.IsMonitoring ? BurstOfMonitoring : Burst,
                TokensPerPeriod = key.IsMonitoring ? BurstOfMonitoring / Burst : 1,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            }));

    private readonly PartitionedRateLimiter<ApiToken> _ofTokens = PartitionedRateLimiter.Create<ApiToken, ApiTokenId>(
        token => RateLimitPartition.GetConcurrencyLimiter(token.Id, _ => AtOnce(TogetherOfToken)));

    private readonly PartitionedRateLimiter<ApiToken> _ofMakers = PartitionedRateLimiter.Create<ApiToken, PersonId>(
        token => RateLimitPartition.GetConcurrencyLimiter(token.Maker, _ => AtOnce(TogetherOfMaker)));

    private readonly ConcurrencyLimiter _all = new(AtOnce(Together));
    private readonly ConcurrencyLimiter _looks = new(AtOnce(LooksTogether));

    /// <returns>False if it must wait; the answer's header says how long.</returns>
    public bool Lets(HttpContext context, ApiTokenId token, ApiScope scope)
    {
        using var lease = _limiter.AttemptAcquire((token, scope == ApiScope.Monitoring));
        if (lease.IsAcquired)
            return true;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return false;
    }

    /// <summary>Waits for a moment until it may look whose token it is.</summary>
    /// <returns>Null if too many do; to be given back when the session is over.</returns>
    public Task<IDisposable?> LookAsync(CancellationToken ct) => TakeAsync(ct, wait => _looks.AcquireAsync(1, wait));

    /// <summary>Waits for a moment until the token may act. The narrow limits come first, so that whoever waits for theirs holds nobody up.</summary>
    /// <returns>Null if there is no turn for it now; to be given back when the session is over.</returns>
    public Task<IDisposable?> TurnAsync(ApiToken token, CancellationToken ct) => TakeAsync(
        ct, wait => _ofTokens.AcquireAsync(token, 1, wait), wait => _ofMakers.AcquireAsync(token, 1, wait), wait => _all.AcquireAsync(1, wait));

    public async ValueTask DisposeAsync()
    {
        await _limiter.DisposeAsync();
        await _ofTokens.DisposeAsync();
        await _ofMakers.DisposeAsync();
        await _all.DisposeAsync();
        await _looks.DisposeAsync();
    }

    private static ConcurrencyLimiterOptions AtOnce(int most) => new() { PermitLimit = most, QueueLimit = Waiting };

    private static async Task<IDisposable?> TakeAsync(CancellationToken ct, params Func<CancellationToken, ValueTask<RateLimitLease>>[] limits)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var turn = new Turn();
        try
        {
            foreach (var limit in limits)
            {
                if (turn.Has(await limit(patience.Token)))
                    continue;
                turn.Dispose();
                return null;
            }

            return turn;
        }
        catch (OperationCanceledException)
        {
            turn.Dispose();
            ct.ThrowIfCancellationRequested();
            return null;
        }
    }

    private sealed class Turn : IDisposable
    {
        private readonly Stack<RateLimitLease> _leases = new();

        public bool Has(RateLimitLease lease)
        {
            _leases.Push(lease);
            return lease.IsAcquired;
        }

        public void Dispose()
        {
            while (_leases.TryPop(out var lease))
                lease.Dispose();
        }
    }
}
