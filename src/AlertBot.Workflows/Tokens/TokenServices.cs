using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Tokens;

/// <summary>Registers the room for the tokens of programs.</summary>
public static class TokenServices
{
    public static IServiceCollection AddTokens(this IServiceCollection services) => services.AddRoom<MakeToken>();
}
