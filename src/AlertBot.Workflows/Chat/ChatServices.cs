using AlertBot.Workflows.Texts;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Workflows.Chat;

/// <summary>The engine of the chat: it takes updates and finds who handles them. It knows no subject; subjects add their doors.</summary>
public static class ChatServices
{
    public static IServiceCollection AddChat(this IServiceCollection services) => services.AddRoom<Router>()
        // The list is asked for late: some of the commands show it themselves.
        .AddSingleton(provider => new CommandMenus(provider.GetServices<IChatCommand>, provider.GetRequiredService<TextCatalog>()));
}
