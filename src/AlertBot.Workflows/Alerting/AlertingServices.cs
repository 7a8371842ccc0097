using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Alerting;

/// <summary>Registers the room that raises alerts and decides whom they reach and when.</summary>
public static class AlertingServices
{
    public static IServiceCollection AddAlerting(this IServiceCollection services) => services.AddRoom<DigestPage>();
}
