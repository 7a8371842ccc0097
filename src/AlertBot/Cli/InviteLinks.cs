using AlertBot.Channels.Telegram;
using AlertBot.Hosting;

namespace AlertBot.Cli;

/// <summary>Makes invitations into links that open the bot. There are none without a token or while Telegram is unreachable.</summary>
internal sealed class InviteLinks : IDisposable
{
    private readonly ILoggerFactory _log = Output.QuietLog();
    private readonly TelegramChannel? _telegram;
    private bool _isOut;

    public InviteLinks(Ground ground) => _telegram = ground.Settings.Telegram is { } settings
        ? new TelegramChannel(settings, _log.CreateLogger<TelegramChannel>())
        : null;

    public async Task<string?> OfAsync(string code, CancellationToken ct)
    {
        if (_telegram is null || _isOut)
            return null;

        var link = await _telegram.DeepLinkAsync(code, ct);
        // After one failure no more links are asked for: a list of a thousand people must not wait a thousand times.
        _isOut = link is null;
        return link;
    }

    public void Dispose()
    {
        _telegram?.Dispose();
        _log.Dispose();
    }
}
