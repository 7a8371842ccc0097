using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Overdue;

/// <summary>The room of what should have been done, and of whether all is well.</summary>
public static class OverdueServices
{
    public static IServiceCollection AddOverdue(this IServiceCollection services) => services.AddRoom<OverdueAuditor>();
}
