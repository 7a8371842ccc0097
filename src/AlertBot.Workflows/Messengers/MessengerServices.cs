using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Messengers;

/// <summary>Registers what handles messengers' own demands: captchas and changed keys.</summary>
public static class MessengerServices
{
    public static IServiceCollection AddMessengers(this IServiceCollection services) => services.AddRoom<ChannelErrands>();
}
