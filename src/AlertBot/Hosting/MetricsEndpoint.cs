using System.Net;
using System.Security.Cryptography;
using System.Text;
using AlertBot.Workflows.Sending;
using NodaTime;
using OpenTelemetry.Metrics;

namespace AlertBot.Hosting;

/// <summary><c>GET /metrics</c> for Prometheus: for this machine alone, or for whoever knows the token.</summary>
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
                    // The same as for an address that is none.
                    request.Response.StatusCode = StatusCodes.Status404NotFound;
                    return;
                }

                await metrics.ReadAsync(request.RequestAborted);
                await next(request);
            });
            branch.UseOpenTelemetryPrometheusScrapingEndpoint(Path);
        });
    }

    // A proxy on this machine speaks for the whole world, and says so in a header.
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
