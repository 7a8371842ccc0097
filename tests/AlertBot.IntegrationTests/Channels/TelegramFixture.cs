using System.Collections.Concurrent;
using AlertBot.Channels.Telegram;
using AlertBot.Configuration;
using AlertBot.Domain.Channels;
using AlertBot.Flavours;
using AlertBot.Sandbox;
using Microsoft.Extensions.Logging;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>A channel that talks to a sandbox over real HTTP, and everything it logs at any level.</summary>
internal sealed class TelegramFixture : IAsyncDisposable
{
    private readonly ILoggerFactory _loggers;
    private readonly CancellationTokenSource _stop = new();
    private readonly TelegramAdapter _adapter;
    private IAsyncEnumerator<IncomingUpdate>? _receiving;

    private TelegramFixture(TelegramClientName client, SandboxServer sandbox, TelegramSettings settings)
    {
        _adapter = Flavour.Built.Telegram.Single(adapter => adapter.Client == client);
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

    public ConcurrentQueue<long> Written { get; } = [];

    /// <param name="client">What makes the channel's calls: one that is built.</param>
    public static async Task<TelegramFixture> StartAsync(
        TelegramClientName client, SandboxOptions? options = null, Func<TelegramSettings, TelegramSettings>? with = null)
    {
        var sandbox = await SandboxServer.StartAsync(options);
        var settings = new TelegramSettings(sandbox.Token) { ApiUrl = sandbox.Url, PollTimeout = TimeSpan.FromSeconds(10) };
        return new TelegramFixture(client, sandbox, with?.Invoke(settings) ?? settings);
    }

    public TelegramChannel NewChannel(TelegramSettings? settings = null) => _adapter.NewChannel(
        settings ?? Settings, _loggers.CreateLogger<TelegramChannel>(), onWritten: (_, timestamp) => Written.Enqueue(timestamp));

    public Task<SendResult> SendAsync(ChannelAddress to, string text = "Hello") => SendAsync(to, new OutgoingMessage(RichText.Of(text)));

    public Task<SendResult> SendAsync(ChannelAddress to, OutgoingMessage message) => Channel.SendAsync(to, message, CancellationToken.None);

    /// <summary>The next update; asking for it confirms the one before.</summary>
    public async Task<IncomingUpdate> NextAsync()
    {
        _receiving ??= Channel.ReceiveAsync(_stop.Token).GetAsyncEnumerator(_stop.Token);
        Assert.True(await _receiving.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        return _receiving.Current;
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
