namespace AlertBot.Sandbox;

/// <summary>One chat: a person with one bot, or a group.</summary>
public sealed class SandboxChat
{
    private readonly SandboxWorld _world;
    private readonly List<SandboxMessage> _messages = [];
    private readonly Awaited<SandboxMessage> _awaited = new();
    private long _lastMessageId;

    internal SandboxChat(SandboxWorld world, long id, string type, string title, SandboxPhone? person, SandboxBot? bot)
    {
        (_world, Id, Type, Title, Person, PrivateBot) = (world, id, type, title, person, bot);
    }

    public long Id { get; }

    /// <summary>private, group or supergroup.</summary>
    public string Type { get; }

    public string Title { get; }

    /// <summary>All messages in their current form, oldest first.</summary>
    public IReadOnlyList<SandboxMessage> Messages
    {
        get
        {
            lock (_world.Gate)
                return [.. _messages.Where(message => !message.IsDeleted)];
        }
    }

    internal SandboxPhone? Person { get; }
    internal SandboxBot? PrivateBot { get; }
    internal bool IsGroup => Person is null;
    internal List<SandboxPhone> Members { get; } = [];
    internal HashSet<SandboxPhone> Admins { get; } = [];
    internal Dictionary<SandboxBot, string> Bots { get; } = [];
    internal bool IsForum { get; set; }
    internal Dictionary<long, SandboxTopic> Topics { get; } = [];
    internal long? MigratedTo { get; set; }
    internal bool IsDeleted { get; set; }

    /// <summary>False if members, and so the bot, may not write.</summary>
    internal bool MembersMayWrite { get; set; } = true;

    /// <summary>The first message that matches, existing or future, new or edited.</summary>
    /// <param name="timeout">Default 10 seconds.</param>
    /// <exception cref="TimeoutException">No message matched; the exception lists those that came.</exception>
    public Task<SandboxMessage> WaitForMessageAsync(Func<SandboxMessage, bool> wanted, TimeSpan? timeout = null) => _awaited.FirstAsync(
        _world.Gate, () => _messages.Where(message => !message.IsDeleted).ToList(), message => message.Text, wanted, timeout);

    /// <summary>The first message of the bot whose text contains these words.</summary>
    public Task<SandboxMessage> WaitForTextAsync(string words, TimeSpan? timeout = null) =>
        WaitForMessageAsync(message => message.IsFromBot && message.Text.Contains(words, StringComparison.Ordinal), timeout);

    internal long NextMessageId() => ++_lastMessageId;

    internal SandboxMessage? Find(long messageId)
    {
        var index = IndexOf(messageId);
        return index < 0 || _messages[index].IsDeleted ? null : _messages[index];
    }

    /// <summary>The newest messages before a given one, oldest first, with the traces of deleted ones.</summary>
    /// <param name="thread">In a forum, only this topic; null is the general one.</param>
    internal (IReadOnlyList<SandboxMessage> Messages, bool HasEarlier) LastBefore(long? before, long? thread, int count)
    {
        var found = new List<SandboxMessage>();
        for (var i = _messages.Count - 1; i >= 0; i--)
        {
            var message = _messages[i];
            if (message.Id >= before || (IsForum && message.ThreadId != thread))
                continue;
            if (found.Count == count)
                return (Oldest(found), true);
            found.Add(message);
        }

        return (Oldest(found), false);

        static List<SandboxMessage> Oldest(List<SandboxMessage> newestFirst)
        {
            newestFirst.Reverse();
            return newestFirst;
        }
    }

    internal void Put(SandboxMessage message)
    {
        var index = IndexOf(message.Id);
        if (index < 0)
            _messages.Add(message);
        else
            _messages[index] = message;
        _awaited.Offer(message);
    }

    /// <returns>The trace of the message: its place and its sender. Null if there was none.</returns>
    internal SandboxMessage? Remove(long messageId)
    {
        if (Find(messageId) is not { } message)
            return null;
        return _messages[IndexOf(messageId)] = new SandboxMessage(
            message.Id, message.ChatId, message.SenderId, message.Sender, message.IsFromBot, message.Date, "")
        {
            ThreadId = message.ThreadId,
            IsDeleted = true,
        };
    }

    /// <summary>Relies on growing ids.</summary>
    private int IndexOf(long messageId)
    {
        var (low, high) = (0, _messages.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_messages[middle].Id == messageId)
                return middle;
            if (_messages[middle].Id < messageId)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return -1;
    }
}

internal sealed record SandboxTopic(long ThreadId, string Title, bool IsClosed = false);
