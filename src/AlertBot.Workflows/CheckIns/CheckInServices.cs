using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.CheckIns;

/// <summary>Registers the room for asking people at risk whether all is well.</summary>
public static class CheckInServices
{
    public static IServiceCollection AddCheckIns(this IServiceCollection services) => services.AddRoom<KeepCheckIn>();
}
