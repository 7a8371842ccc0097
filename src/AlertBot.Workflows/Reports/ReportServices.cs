using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Reports;

/// <summary>The room of what a witness tells: intake, files, receipt, forgetting.</summary>
public static class ReportServices
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services.AddRoom<SendReport>();
}
