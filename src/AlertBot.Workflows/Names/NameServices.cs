using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Names;

/// <summary>Registers the room of the registry of names in memory.</summary>
public static class NameServices
{
    public static IServiceCollection AddNames(this IServiceCollection services) => services.AddRoom<NameRegistry>();
}
