using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Operations;

/// <summary>Registers the room of owners: how the program itself works, and what they do about it.</summary>
public static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services.AddRoom<SendAgain>();
}
