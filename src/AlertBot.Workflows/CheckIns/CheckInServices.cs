using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.CheckIns;

/// <summary>The room of asking people at risk whether all is well.</summary>
public static class CheckInServices
{
    public static IServiceCollection AddCheckIns(this IServiceCollection services) => services.AddRoom<KeepCheckIn>();
}
