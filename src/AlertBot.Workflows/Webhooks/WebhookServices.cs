using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Webhooks;

/// <summary>Registers the room for programs that are told when something happens.</summary>
public static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) =>
        services.AddRoom<SendWebhooks>().AddSingleton(new WebhookPlaces(AllowsLoopback: false));
}
