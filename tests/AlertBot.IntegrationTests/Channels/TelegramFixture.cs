using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AlertBot.Channels.Telegram;
using AlertBot.Domain.Channels;
using AlertBot.Sandbox;
using Microsoft.Extensions.Logging;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>A channel that talks to a sandbox over real HTTP, and everything it logs at any level.</summary>
internal sealed class TelegramFixture : IAsyncDisposable
{
    private readonly ILoggerFactory _loggers;
    private readonly CancellationTokenSource _stop = new();
    private IAsyncEnumerator<IncomingUpdate>? _receiving;

    private TelegramFixture(SandboxServer sandbox, TelegramSettings settings)
    {
        Sandbox = sandbox;
        Settings = settings;
        Log = new LogOfAllLevels();
        _loggers = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        Channel = NewChannel();
    }

    public SandboxServer Sandbox { get; }

    public TelegramSettings Settings { get; }

    public LogOfAllLevels Log { get; }

    public TelegramChannel Channel { get; }

    /// <summary>When the channel reported that each message left.</summary>
    public ConcurrentQueue<long> Left { get; } = [];

    public static async Task<TelegramFixture> StartAsync(
        SandboxOptions? options = null, Func<TelegramSettings, TelegramSettings>? with = null)
    {
        var sandbox = await SandboxServer.StartAsync(options);
        var settings = new TelegramSettings(sandbox.Token) { ApiUrl = sandbox.Url, PollTimeout = TimeSpan.FromSeconds(10) };
        return new TelegramFixture(sandbox, with?.Invoke(settings) ?? settings);
    }

    public TelegramChannel NewChannel(TelegramSettings? settings = null) => new(
        settings ?? Settings, _loggers.CreateLogger<TelegramChannel>());

    public Task<SendResult> SendAsync(ChannelAddress to, string text = "Hello") => SendAsync(to, new OutgoingMessage(RichText.Of(text)));

    public Task<SendResult> SendAsync(ChannelAddress to, OutgoingMessage message) => Channel.SendAsync(
        to, message, CancellationToken.None, () => Left.Enqueue(TimeProvider.System.GetTimestamp()));

    /// <summary>The next update. Asking for it confirms the one before.</summary>
    public async Task<IncomingUpdate> NextAsync()
    {
        _receiving ??= Channel.ReceiveAsync(_stop.Token).GetAsyncEnumerator(_stop.Token);
        Assert.True(await _receiving.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        return _receiving.Current;
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Channel.Dispose();
        _loggers.Dispose();
        await Sandbox.DisposeAsync();
        _stop.Dispose();
    }
}

internal sealed class LogOfAllLevels : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    public string Text => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        _lines.Enqueue($"scope {state}");
        return null;
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
