using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Messengers;

/// <summary>The room of what a messenger demands of us: captchas, changed keys.</summary>
public static class MessengerServices
{
    public static IServiceCollection AddMessengers(this IServiceCollection services) => services.AddRoom<ChannelErrands>();
}
