using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Backups;

/// <summary>Registers the room of backups: made each day, watched, and remembered after a restore.</summary>
public static class BackupServices
{
    public static IServiceCollection AddBackups(this IServiceCollection services) => services.AddRoom<BackUp>();
}
