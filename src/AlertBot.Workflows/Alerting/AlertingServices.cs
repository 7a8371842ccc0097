using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Alerting;

/// <summary>The room of raising alerts, whom they reach and when.</summary>
public static class AlertingServices
{
    public static IServiceCollection AddAlerting(this IServiceCollection services) => services.AddRoom<DigestPage>();
}
