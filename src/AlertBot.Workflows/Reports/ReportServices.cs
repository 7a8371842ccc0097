using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Reports;

/// <summary>Registers the room for witnesses' reports: intake, files, receipt, forgetting.</summary>
public static class ReportServices
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services.AddRoom<SendReport>();
}
