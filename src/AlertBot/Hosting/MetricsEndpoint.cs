using System.Net;
using System.Security.Cryptography;
using System.Text;
using AlertBot.Workflows.Sending;
using NodaTime;
using OpenTelemetry.Metrics;

namespace AlertBot.Hosting;

/// <summary><c>GET /metrics</c> for Prometheus: open to this machine alone or, if a token is set, to its holders.</summary>
internal static class MetricsEndpoint
{
    private const string Path = "/metrics";

    public static void AddMetrics(this IServiceCollection services, Storage storage)
    {
        services.AddSingleton(provider => new Metrics(provider, storage, provider.GetRequiredService<IClock>()));
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(Metrics.MeterName).AddMeter(SendingMeter.Name)
            .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0));
    }

    public static void UseMetrics(this WebApplication app, string? token)
    {
        var metrics = app.Services.GetRequiredService<Metrics>();
        app.UseWhen(request => request.Request.Path == Path, branch =>
        {
            branch.Use(async (request, next) =>
            {
                if (!MayRead(request, token))
                {
                    // The same answer as for an address that does not exist.
                    request.Response.StatusCode = StatusCodes.Status404NotFound;
                    return;
                }

                await metrics.ReadAsync(request.RequestAborted);
                await next(request);
            });
            branch.UseOpenTelemetryPrometheusScrapingEndpoint(Path);
        });
    }

    // A request through a proxy on this machine may come from anywhere; the proxy's header gives it away.
    private static bool MayRead(HttpContext request, string? token)
    {
        if (token is not null)
        {
            var given = Encoding.UTF8.GetBytes(request.Request.Headers.Authorization.ToString());
            return CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes($"Bearer {token}"));
        }

        return request.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
            && !request.Request.Headers.ContainsKey("X-Forwarded-For") && !request.Request.Headers.ContainsKey("Forwarded")
            && !request.Request.Headers.ContainsKey("X-Real-IP");
    }
}
