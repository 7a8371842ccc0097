using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Importing;

/// <summary>The room of files that are brought in: read, looked at, done, taken back.</summary>
public static class ImportingServices
{
    public static IServiceCollection AddImporting(this IServiceCollection services) => services.AddRoom<ImportWorker>();
}
