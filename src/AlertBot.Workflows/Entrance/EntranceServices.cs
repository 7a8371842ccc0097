using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Entrance;

/// <summary>
/// The room of how people come, what they choose and how they leave: /start, /language, /privacy, /stop, /forget, the life of a group.
/// </summary>
public static class EntranceServices
{
    public static IServiceCollection AddEntrance(this IServiceCollection services) => services.AddRoom<GroupLife>();
}
