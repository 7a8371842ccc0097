namespace AlertBot.Sandbox.Signal;

/// <summary>One Signal chat: a person with the bot, or a group.</summary>
public sealed class SandboxSignalChat
{
    private readonly SignalWorld _world;
    private readonly List<SandboxSignalMessage> _messages = [];
    private readonly Awaited<SandboxSignalMessage> _awaited = new();

    internal SandboxSignalChat(SignalWorld world, string title)
    {
        (_world, Title) = (world, title);
    }

    public string Title { get; }

    /// <summary>The person whose chat with the bot it is; null for a group.</summary>
    internal SandboxSignalPhone? Person { get; init; }

    internal SandboxSignalGroup? Group { get; init; }

    /// <summary>Whether the phone shows that the bot is writing.</summary>
    public bool IsBotTyping { get; private set; }

    /// <summary>All messages in their current form, oldest first.</summary>
    public IReadOnlyList<SandboxSignalMessage> Messages
    {
        get
        {
            lock (_world.Gate)
                return [.. _messages.Where(message => !message.IsDeleted)];
        }
    }

    /// <summary>Like <see cref="Messages"/>, with the traces of deleted messages. Read under the gate.</summary>
    internal IReadOnlyList<SandboxSignalMessage> All => _messages;

    /// <summary>The first message that matches, existing or future, new or changed.</summary>
    /// <param name="timeout">Default 10 seconds.</param>
    /// <exception cref="TimeoutException">No message matched; the exception lists those that came.</exception>
    public Task<SandboxSignalMessage> WaitForMessageAsync(Func<SandboxSignalMessage, bool> wanted, TimeSpan? timeout = null) => _awaited.FirstAsync(
        _world.Gate, () => _messages.Where(message => !message.IsDeleted).ToList(), message => message.Text, wanted, timeout);

    /// <summary>The first message of the bot whose text contains these words.</summary>
    public Task<SandboxSignalMessage> WaitForTextAsync(string words, TimeSpan? timeout = null) =>
        WaitForMessageAsync(message => message.IsFromBot && message.Text.Contains(words, StringComparison.Ordinal), timeout);

    /// <param name="timestamp">The timestamp of the message or of one of its edits.</param>
    internal SandboxSignalMessage? Find(long timestamp, Guid author) =>
        _messages.FindLast(message => !message.IsDeleted && message.Author == author && message.IsNamed(timestamp));

    internal void BotTypes(bool types)
    {
        if (IsBotTyping == types)
            return;
        IsBotTyping = types;
        _world.Tell(this);
    }

    internal void Put(SandboxSignalMessage message)
    {
        var index = _messages.FindLastIndex(each => each.Timestamp == message.Timestamp);
        if (index < 0)
            _messages.Add(message);
        else
            _messages[index] = message;
        _awaited.Offer(message);
    }
}
