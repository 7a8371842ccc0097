using AlertBot.Workflows.Texts;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Chat;

/// <summary>
/// The chat's engine: it takes updates and finds their handlers. It knows no subject; each subject registers its own commands and presses.
/// </summary>
public static class ChatServices
{
    public static IServiceCollection AddChat(this IServiceCollection services) => services.AddRoom<Router>()
        // Commands are resolved late, because some of them show this list.
        .AddSingleton(provider => new CommandMenus(provider.GetServices<IChatCommand>, provider.GetRequiredService<TextCatalog>()));
}
