using AlertBot.Channels.Telegram;
using AlertBot.Domain.Channels;
using Microsoft.Extensions.Logging;

namespace AlertBot.TelegramBot;

/// <summary>The channel of always, with Telegram.Bot making its calls.</summary>
public static class TelegramBotChannel
{
    /// <inheritdoc cref="TelegramChannel(TelegramSettings, ILogger{TelegramChannel}, TimeProvider, Action{ChannelAddress, long})"/>
    public static TelegramChannel New(
        TelegramSettings settings, ILogger<TelegramChannel> logger, TimeProvider? time = null, Action<ChannelAddress, long>? onWritten = null) =>
        new(settings, new TelegramBotApi(settings, time ?? TimeProvider.System), logger, time, onWritten);
}
