using AlertBot.Channels.Telegram;
using AlertBot.Configuration;
using AlertBot.Domain.Channels;
using AlertBot.Hosting;

namespace AlertBot.Flavours;

/// <summary>
/// The adapters that are in this build.
/// </summary>
/// <param name="Telegram">The first is the one that runs when the settings name none.</param>
public sealed record Flavour(IReadOnlyList<TelegramAdapter> Telegram)
{
    private static readonly TelegramAdapter Http = new(
        TelegramClientName.Http, (settings, logger, time, onWritten) => new TelegramChannel(settings, logger, time, onWritten));

    public static Flavour Built { get; } = new([Http]);

    /// <exception cref="OperatorProblem">The settings name one that is not in this build.</exception>
    public TelegramAdapter TelegramFor(Settings settings) => settings.TelegramClient is not { } wanted
        ? Telegram[0]
        : Telegram.FirstOrDefault(adapter => adapter.Client == wanted) ?? throw Missing("Telegram__Client", wanted, Telegram.Select(adapter => adapter.Client));

    private OperatorProblem Missing<T>(string key, T wanted, IEnumerable<T> built)
        where T : struct, Enum => new(
        $"{key} is {SettingReader.NameOf(wanted)}, which is not in this build: set {key} to {string.Join(" or ", built.Select(one => SettingReader.NameOf(one)))}.");
}

/// <summary>One thing that can make Telegram's calls.</summary>
public sealed record TelegramAdapter(TelegramClientName Client, NewTelegramChannel NewChannel);

/// <inheritdoc cref="TelegramChannel(TelegramSettings, ILogger{TelegramChannel}, TimeProvider, Action{ChannelAddress, long})"/>
public delegate TelegramChannel NewTelegramChannel(
    TelegramSettings settings, ILogger<TelegramChannel> logger, TimeProvider? time = null, Action<ChannelAddress, long>? onWritten = null);
