using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Wiping;

/// <summary>The room of the last resort: everything on the machine is destroyed, when two owners want it.</summary>
public static class WipeServices
{
    public static IServiceCollection AddWiping(this IServiceCollection services) => services.AddRoom<WipeInstallation>();
}
