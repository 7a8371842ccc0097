using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Overdue;

/// <summary>Registers the room for overdue work and for the checks of whether all is well.</summary>
public static class OverdueServices
{
    public static IServiceCollection AddOverdue(this IServiceCollection services) => services.AddRoom<OverdueAuditor>();
}
