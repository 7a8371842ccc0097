using System.Runtime.CompilerServices;
using AlertBot.Domain.Channels;

namespace AlertBot.IntegrationTests.Support;

/// <summary>The real channel, except for the next message, whose fate the test decides.</summary>
internal sealed class ScriptedChannel(IChannel real) : IChannel
{
    private int _sent;

    /// <summary>Replaces the sending of the next message; after it the real channel sends again.</summary>
    public Func<ChannelAddress, OutgoingMessage, Task<SendResult>>? Next { get; set; }

    /// <summary>The number of messages sent through it.</summary>
    public int Sent => _sent;

    public ChannelKind Kind { get; init; } = real.Kind;

    public ChannelCapabilities Capabilities { get; init; } = real.Capabilities;

    /// <summary>Updates that it delivers before any real one.</summary>
    public IReadOnlyList<IncomingUpdate> Brings { get; init; } = [];

    public bool ReceivesOnOneNode => real.ReceivesOnOneNode;

    /// <summary>Really sends the message, and dies before anybody learns the outcome.</summary>
    public Func<ChannelAddress, OutgoingMessage, Task<SendResult>> Dying(TaskCompletionSource dead) => async (to, message) =>
    {
        await real.SendAsync(to, message, CancellationToken.None);
        dead.SetResult();
        return await new TaskCompletionSource<SendResult>().Task;
    };

    public Task<SendResult> SendAsync(ChannelAddress to, OutgoingMessage message, CancellationToken ct, Action? left = null)
    {
        Interlocked.Increment(ref _sent);
        var scripted = Next;
        Next = null;
        return scripted is null ? real.SendAsync(to, message, ct, left) : scripted(to, message);
    }

    public Task<SendResult> EditAsync(
        ChannelAddress to, MessageRef sent, OutgoingMessage message, CancellationToken ct, Action? left = null) =>
        real.EditAsync(to, sent, message, ct, left);

    public async IAsyncEnumerable<IncomingUpdate> ReceiveAsync([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var update in Brings)
            yield return update;
        await foreach (var update in real.ReceiveAsync(ct))
            yield return update;
    }

    public Task AnswerPressAsync(string pressHandle, string? notice, CancellationToken ct) => real.AnswerPressAsync(pressHandle, notice, ct);

    public Task SetCommandsAsync(IReadOnlyList<CommandHint> commands, string? language, ChannelAddress? chat, CancellationToken ct) =>
        real.SetCommandsAsync(commands, language, chat, ct);

    public Task<FetchedFile?> FetchAsync(string handle, CancellationToken ct) => real.FetchAsync(handle, ct);

    public Task<bool> AnswerChallengeAsync(string challenge, string answer, CancellationToken ct) => real.AnswerChallengeAsync(challenge, answer, ct);

    public Task<bool> TrustAsync(ChannelAddress who, CancellationToken ct, string? number = null) => real.TrustAsync(who, ct);

    public Task<string?> DeepLinkAsync(string argument, CancellationToken ct) => real.DeepLinkAsync(argument, ct);
}
