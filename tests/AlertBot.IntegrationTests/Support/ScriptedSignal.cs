using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using AlertBot.Domain.Channels;

namespace AlertBot.IntegrationTests.Support;

/// <summary>A second messenger that a test controls: it records what it gets, and answers as told.</summary>
internal sealed class ScriptedSignal : IChannel
{
    private readonly ConcurrentQueue<(ChannelAddress To, OutgoingMessage Message)> _sent = [];

    /// <summary>Its answer to a message; null: it accepts everything.</summary>
    public Func<ChannelAddress, OutgoingMessage, SendResult>? Says { get; set; }

    /// <summary>Whether it accepts an answer to a challenge.</summary>
    public Func<bool> Accepts { get; set; } = () => true;

    /// <summary>Whether it accepts a key as trusted.</summary>
    public Func<bool> Trusts { get; set; } = () => true;

    /// <summary>The number of the key that everybody has now; null: it does not say.</summary>
    public Func<string?> KeyNumber { get; set; } = () => null;

    /// <summary>By which number a key was to be trusted; null: whatever key it was.</summary>
    public ConcurrentQueue<string?> TrustedNumbers { get; } = [];

    public ConcurrentQueue<(string Challenge, string Answer)> Answers { get; } = [];

    public ConcurrentQueue<ChannelAddress> Trusted { get; } = [];

    /// <summary>Every message it got, accepted or not, in order.</summary>
    public IReadOnlyList<(ChannelAddress To, OutgoingMessage Message)> Given => [.. _sent];

    public ChannelKind Kind => ChannelKind.Signal;

    public ChannelCapabilities Capabilities { get; init; } = new(HasButtons: false, CanEdit: true, 2000, 1000, 0, 1000);

    public bool ReceivesOnOneNode => true;

    public IReadOnlyList<string> TextsTo(ChannelAddress to) => Given.Where(one => one.To == to).Select(one => one.Message.Text.Plain).ToList();

    public Task<SendResult> SendAsync(ChannelAddress to, OutgoingMessage message, CancellationToken ct, Action? left = null)
    {
        _sent.Enqueue((to, message));
        return Task.FromResult(Says?.Invoke(to, message) ?? new SendResult.Sent(new MessageRef(_sent.Count.ToString(CultureInfo.InvariantCulture))));
    }

    public Task<SendResult> EditAsync(
        ChannelAddress to, MessageRef sent, OutgoingMessage message, CancellationToken ct, Action? left = null) =>
        SendAsync(to, message, ct, left);

    public Task<bool> AnswerChallengeAsync(string challenge, string answer, CancellationToken ct)
    {
        Answers.Enqueue((challenge, answer));
        return Task.FromResult(Accepts());
    }

    public Task<string?> KeyNumberAsync(ChannelAddress who, CancellationToken ct) => Task.FromResult(KeyNumber());

    public Task<bool> TrustAsync(ChannelAddress who, CancellationToken ct, string? number = null)
    {
        Trusted.Enqueue(who);
        TrustedNumbers.Enqueue(number);
        return Task.FromResult(Trusts());
    }

    public async IAsyncEnumerable<IncomingUpdate> ReceiveAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        yield break;
    }

    public Task AnswerPressAsync(string pressHandle, string? notice, CancellationToken ct) => Task.CompletedTask;

    public Task SetCommandsAsync(
        IReadOnlyList<CommandHint> commands, string? language, ChannelAddress? chat, CancellationToken ct) => Task.CompletedTask;

    public Task<FetchedFile?> FetchAsync(string handle, CancellationToken ct) => Task.FromResult<FetchedFile?>(null);

    public Task<string?> DeepLinkAsync(string argument, CancellationToken ct) => Task.FromResult<string?>(null);
}
