using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Auditing;

/// <summary>Registers the room of the audit log: kept as a chain, shown, and watched.</summary>
public static class AuditServices
{
    public static IServiceCollection AddAuditing(this IServiceCollection services) => services.AddRoom<AuditLogJob>();
}
