using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Subscribing;

/// <summary>The room of following cases, linking groups.</summary>
public static class SubscribingServices
{
    public static IServiceCollection AddSubscribing(this IServiceCollection services) => services.AddRoom<SubscribeCommand>();
}
