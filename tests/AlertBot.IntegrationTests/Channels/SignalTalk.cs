using AlertBot.Channels.Signal;
using AlertBot.Domain.Channels;
using AlertBot.Sandbox;
using AlertBot.Sandbox.Signal;
using AlertBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace AlertBot.IntegrationTests.Channels;

/// <summary>A channel and a sandbox's signal-cli, on one clock that the test sets.</summary>
internal sealed class SignalTalk : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IAsyncEnumerator<IncomingUpdate> _receiving;

    private SignalTalk(SandboxServer sandbox, ManualTimeProvider time)
    {
        (Sandbox, Time) = (sandbox, time);
        Channel = new SignalChannel(new SignalSettings(sandbox.Url, sandbox.Signal.Account), NullLogger<SignalChannel>.Instance, time);
        _receiving = Channel.ReceiveAsync(_stop.Token).GetAsyncEnumerator(_stop.Token);
    }

    public SandboxServer Sandbox { get; }

    public SandboxSignal Signal => Sandbox.Signal;

    public ManualTimeProvider Time { get; }

    public SignalChannel Channel { get; }

    public static async Task<SignalTalk> StartAsync()
    {
        var clock = new TestClock(Instant.FromUtc(2026, 3, 2, 9, 0));
        var time = new ManualTimeProvider(clock);
        return new SignalTalk(await SandboxServer.StartAsync(new SandboxOptions { Clock = clock, Time = time }), time);
    }

    public static MessageRef Ref(long timestamp) => new SignalRef(null, timestamp).ToMessageRef();

    public Task<MessageRef> SendAsync(ChannelAddress to) => SendAsync(to, new OutgoingMessage(RichText.Of("Hello")));

    public async Task<MessageRef> SendAsync(ChannelAddress to, OutgoingMessage message) =>
        Assert.IsType<SendResult.Sent>(await Channel.SendAsync(to, message, default)).Message;

    public async Task<IncomingUpdate> NextAsync()
    {
        Assert.True(await _receiving.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        return _receiving.Current;
    }

    /// <summary>The next update that is no read receipt.</summary>
    public async Task<IncomingUpdate> NextMessageAsync()
    {
        while (true)
        {
            if (await NextAsync() is { ReadReceipt: null } heard)
                return heard;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Channel.Dispose();
        await Sandbox.DisposeAsync();
        _stop.Dispose();
    }
}
