using AlertBot.Workflows.Talking;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.SignIn;

/// <summary>Sign-in to the desk: its acts, and its command in the chat.</summary>
public static class SignInServices
{
    public static IServiceCollection AddSignIn(this IServiceCollection services, ConsolePlace place) => services
        .AddSingleton(place)
        .AddSingleton<GiveSignInLink>().AddSingleton<OpenSignInLink>().AddSingleton<ConfirmSignIn>().AddSingleton<BeginConsoleSession>()
        .AddSingleton<FindConsoleSession>().AddSingleton<EndConsoleSession>()
        .AddTalk<ConsoleCommand>();
}
