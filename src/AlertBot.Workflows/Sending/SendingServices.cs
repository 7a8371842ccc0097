using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Sending;

/// <summary>The room of what brings messages out. What sends through one account is made for that account.</summary>
public static class SendingServices
{
    public static IServiceCollection AddSending(this IServiceCollection services) => services.AddRoom<RecordOutcome>();
}
