using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Monitoring;

/// <summary>Registers the room for what other programs' monitoring says.</summary>
public static class MonitoringServices
{
    public static IServiceCollection AddMonitoring(this IServiceCollection services) => services.AddRoom<PageOnCall>();
}
