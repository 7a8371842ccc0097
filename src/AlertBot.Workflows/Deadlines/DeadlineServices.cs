using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Deadlines;

/// <summary>The room of the watch over limits and what is told of them.</summary>
public static class DeadlineServices
{
    public static IServiceCollection AddDeadlines(this IServiceCollection services) => services.AddRoom<CaseWatch>();
}
