using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Subscribing;

/// <summary>Registers the room for following cases and linking groups.</summary>
public static class SubscribingServices
{
    public static IServiceCollection AddSubscribing(this IServiceCollection services) => services.AddRoom<SubscribeCommand>();
}
