using System.Globalization;
using System.Threading.RateLimiting;
using AlertBot.Domain.People;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Desk.Api;

/// <summary>How much one program may ask of one node, by its token: behind a proxy all the world has one address.</summary>
internal sealed class ApiLimits : IAsyncDisposable
{
    /// <summary>At once; after that one a second.</summary>
    public const int Burst = 60;

    // Alertmanager does not repeat what was refused until its next turn.
    private const int BurstOfMonitoring = 600;

    private readonly PartitionedRateLimiter<(ApiTokenId Token, bool IsMonitoring)> _limiter =
        PartitionedRateLimiter.Create<(ApiTokenId Token, bool IsMonitoring), (ApiTokenId Token, bool IsMonitoring)>(one =>
            RateLimitPartition.GetTokenBucketLimiter(one, key => new TokenBucketRateLimiterOptions
            {
                TokenLimit = key.IsMonitoring ? BurstOfMonitoring : Burst,
                TokensPerPeriod = key.IsMonitoring ? BurstOfMonitoring / Burst : 1,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            }));

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

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();
}
