using AlertBot.Channels.Telegram;
using AlertBot.Configuration;
using AlertBot.Domain.Channels;
using AlertBot.Hosting;
using AlertBot.Jobs;

namespace AlertBot.Flavours;

/// <summary>
/// The adapters that are in this build. Each flavour has one file beside this one that names them, and the project compiles
/// one of those files.
/// </summary>
/// <param name="Name">As the script's <c>--flavour</c> calls it.</param>
/// <param name="Jobs">The first is the one that runs when the settings name none.</param>
/// <param name="Telegram">As <paramref name="Jobs"/>.</param>
public sealed partial record Flavour(string Name, IReadOnlyList<JobAdapter> Jobs, IReadOnlyList<TelegramAdapter> Telegram)
{
    /// <exception cref="OperatorProblem">The settings name one that is not in this build.</exception>
    public JobAdapter JobsFor(Settings settings) => settings.JobEngine is not { } wanted
        ? Jobs[0]
        : Jobs.FirstOrDefault(adapter => adapter.Engine == wanted) ?? throw Missing("Jobs__Engine", wanted, Jobs.Select(adapter => adapter.Engine));

    /// <inheritdoc cref="JobsFor"/>
    public TelegramAdapter TelegramFor(Settings settings) => settings.TelegramClient is not { } wanted
        ? Telegram[0]
        : Telegram.FirstOrDefault(adapter => adapter.Client == wanted) ?? throw Missing("Telegram__Client", wanted, Telegram.Select(adapter => adapter.Client));

    private OperatorProblem Missing<T>(string key, T wanted, IEnumerable<T> built)
        where T : struct, Enum => new(
        $"{key} is {SettingReader.NameOf(wanted)}, which is not in this build (flavour {Name}): start it with './alertbot serve --flavour hangfire', "
        + $"build it with 'dotnet build src/AlertBot -p:Flavour=Hangfire', or set {key} to {string.Join(" or ", built.Select(one => SettingReader.NameOf(one)))}.");
}

/// <summary>One thing that can run the jobs.</summary>
/// <param name="Map">The pages it brings along; null: none.</param>
public sealed record JobAdapter(JobEngine Engine, Func<IServiceCollection, JobSettings?, IServiceCollection> Add, Action<WebApplication>? Map = null);

/// <summary>One thing that can make Telegram's calls.</summary>
public sealed record TelegramAdapter(TelegramClientName Client, NewTelegramChannel NewChannel);

/// <inheritdoc cref="TelegramChannel(TelegramSettings, ILogger{TelegramChannel}, TimeProvider, Action{ChannelAddress, long})"/>
public delegate TelegramChannel NewTelegramChannel(
    TelegramSettings settings, ILogger<TelegramChannel> logger, TimeProvider? time = null, Action<ChannelAddress, long>? onWritten = null);
