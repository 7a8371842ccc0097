using AlertBot.Domain.Channels;
using AlertBot.Workflows.Chat;

namespace AlertBot.Hosting;

/// <summary>Tells each messenger which commands there are, in every language, once the program is up.</summary>
internal sealed class CommandMenuSetup(CommandMenus menus, IReadOnlyList<IChannel> channels) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var channel in channels)
            await menus.SetForAllAsync(channel, stoppingToken);
    }
}
