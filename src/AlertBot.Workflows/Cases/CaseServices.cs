using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Cases;

/// <summary>The room of opening, recording, showing and finding cases, answers to reminders, the calendar feed.</summary>
public static class CaseServices
{
    public static IServiceCollection AddCases(this IServiceCollection services) => services.AddRoom<CasePage>();
}
