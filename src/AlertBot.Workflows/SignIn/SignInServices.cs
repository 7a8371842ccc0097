using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.SignIn;

/// <summary>Registers the room for signing in to the desk: its acts, and its command in the chat.</summary>
public static class SignInServices
{
    public static IServiceCollection AddSignIn(this IServiceCollection services) => services.AddRoom<ConsoleCommand>();
}
