using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Sending;

/// <summary>Registers the services that send. Those for one account are made for that account.</summary>
public static class SendingServices
{
    public static IServiceCollection AddSending(this IServiceCollection services) => services.AddRoom<RecordOutcome>();
}
