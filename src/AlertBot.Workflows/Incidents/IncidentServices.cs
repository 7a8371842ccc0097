using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Incidents;

/// <summary>The room of gathering, triage, taking, escalating, closing, with their buttons.</summary>
public static class IncidentServices
{
    public static IServiceCollection AddIncidents(this IServiceCollection services) => services.AddRoom<TakeIncident>();
}
