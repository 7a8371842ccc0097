using System.Collections.Concurrent;
using AlertBot.Channels.Signal;
using AlertBot.Domain.Channels;
using AlertBot.IntegrationTests.Support;
using AlertBot.Tests.Support;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>A channel with a clock of its own that talks to a scripted daemon over real HTTP, with everything it logs at any level.</summary>
internal sealed class SignalFixture : IAsyncDisposable
{
    public const string PersonUuid = "0f0e0d0c-0b0a-4908-8706-050403020100";
    public const string PersonNumber = "+15550100101";
    public const string GroupId = "R3JvdXAgb2YgaW52ZW50ZWQgcGVvcGxlIGZvciB0ZXM=";

    public static readonly ChannelAddress Person = new(ChannelKind.Signal, PersonUuid);
    public static readonly ChannelAddress Group = new(ChannelKind.Signal, "group:" + GroupId);

    private readonly ILoggerFactory _loggers;
    private readonly CancellationTokenSource _stop = new();
    private IAsyncEnumerator<IncomingUpdate>? _receiving;

    private SignalFixture(ScriptedDaemon daemon, SignalSettings settings)
    {
        (Daemon, Settings) = (daemon, settings);
        _loggers = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        Channel = NewChannel(settings);
    }

    public ScriptedDaemon Daemon { get; }

    public SignalSettings Settings { get; }

    public LogOfAllLevels Log { get; } = new();

    public ManualTimeProvider Time { get; } = new(Instant.FromUnixTimeMilliseconds(1_700_000_100_000));

    public SignalChannel Channel { get; }

    /// <summary>The recipients for whom the channel reported that a message left.</summary>
    public ConcurrentQueue<ChannelAddress> Left { get; } = [];

    public static async Task<SignalFixture> StartAsync(Func<SignalSettings, SignalSettings>? with = null)
    {
        var daemon = await ScriptedDaemon.StartAsync();
        var settings = new SignalSettings(daemon.Url, ScriptedDaemon.Account);
        return new SignalFixture(daemon, with?.Invoke(settings) ?? settings);
    }

    public SignalChannel NewChannel(SignalSettings settings) =>
        new(settings, _loggers.CreateLogger<SignalChannel>(), Time);

    public Task<SendResult> SendAsync(ChannelAddress to, string text = "Hello") => SendAsync(to, new OutgoingMessage(RichText.Of(text)));

    public Task<SendResult> SendAsync(ChannelAddress to, OutgoingMessage message) => Channel.SendAsync(
        to, message, CancellationToken.None, () => Left.Enqueue(to));

    /// <summary>The next update. Asking for it confirms the one before.</summary>
    public async Task<IncomingUpdate> NextAsync()
    {
        _receiving ??= Channel.ReceiveAsync(_stop.Token).GetAsyncEnumerator(_stop.Token);
        Assert.True(await _receiving.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        return _receiving.Current;
    }

    /// <summary>The update that an event becomes.</summary>
    public Task<IncomingUpdate> HearAsync(string json)
    {
        Daemon.Emit(json);
        return NextAsync();
    }

    /// <summary>The state of receiving after the first attempt.</summary>
    public async Task<SignalState> StateAsync()
    {
        _ = NextAsync();
        await UntilAsync(() => Channel.State != SignalState.Starting);
        return Channel.State;
    }

    /// <summary>Waits until something has happened on other threads. No time passes for the channel.</summary>
    public Task UntilAsync(Func<bool> happened) => Time.PassUntilAsync(happened, TimeSpan.Zero);

    /// <summary>An event with a message of the person, as signal-cli writes it.</summary>
    public static string Says(string text, long at, string more = "", string account = ScriptedDaemon.Account) =>
        $$$"""{"envelope":{"source":"{{{PersonUuid}}}","sourceNumber":null,"sourceUuid":"{{{PersonUuid}}}","sourceName":"Invented Person",""" +
        $$$""" "sourceDevice":1,"timestamp":{{{at}}},"serverReceivedTimestamp":{{{at}}},"serverDeliveredTimestamp":{{{at}}},"dataMessage":""" +
        $$$"""{"timestamp":{{{at}}},"message":"{{{text}}}","expiresInSeconds":0,"isExpirationUpdate":false,"viewOnce":false{{{more}}}}},""" +
        $$$""" "account":"{{{account}}}"}""";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Channel.Dispose();
        _loggers.Dispose();
        await Daemon.DisposeAsync();
        _stop.Dispose();
    }
}
