using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Entrance;

/// <summary>
/// Registers the room for how people come, choose and leave: /start, /language, /privacy, /stop, /forget, and the bot's place in groups.
/// </summary>
public static class EntranceServices
{
    public static IServiceCollection AddEntrance(this IServiceCollection services) => services.AddRoom<GroupLife>();
}
