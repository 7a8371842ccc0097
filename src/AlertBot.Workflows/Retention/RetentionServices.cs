using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Retention;

/// <summary>The room of what is deleted by itself.</summary>
public static class RetentionServices
{
    public static IServiceCollection AddRetention(this IServiceCollection services) => services.AddRoom<RetentionJob>();
}
