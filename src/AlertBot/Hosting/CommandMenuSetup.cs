using AlertBot.Domain.Channels;
using AlertBot.Workflows.Chat;

namespace AlertBot.Hosting;

/// <summary>Sets the command menu of each messenger, in every language, once the program is up.</summary>
internal sealed class CommandMenuSetup(CommandMenus menus, IReadOnlyList<IChannel> channels) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var channel in channels)
            await menus.SetForAllAsync(channel, stoppingToken);
    }
}
