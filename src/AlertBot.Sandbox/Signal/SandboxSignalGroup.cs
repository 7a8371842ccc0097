using AlertBot.Domain.Channels;

namespace AlertBot.Sandbox.Signal;

/// <summary>A group on Signal, and its members' actions.</summary>
public sealed class SandboxSignalGroup
{
    private readonly SignalWorld _world;
    private readonly List<SandboxSignalPhone> _members;

    internal SandboxSignalGroup(SignalWorld world, string id, string title, IEnumerable<SandboxSignalPhone> members, bool hasBot)
    {
        (_world, Id, Title, _members, HasBot, IsKnownToBot) = (world, id, title, [.. members], hasBot, hasBot);
        Chat = new SandboxSignalChat(world, title) { Group = this };
    }

    /// <summary>32 bytes as base64.</summary>
    public string Id { get; }

    public string Title { get; }

    public SandboxSignalChat Chat { get; }

    public IReadOnlyList<SandboxSignalMessage> Messages => Chat.Messages;

    public ChannelAddress Address => new(ChannelKind.Signal, "group:" + Id);

    public bool IsOnPage { get; init; }

    public bool HasBot { get; private set; }

    /// <summary>True if the bot was invited and has not accepted yet. Until then it receives nothing.</summary>
    public bool IsBotInvited { get; private set; }

    /// <summary>True if only admins may write, and the bot is no admin.</summary>
    public bool IsForAnnouncements { get; private set; }

    /// <summary>The people in it, without the bot. The first one is the admin.</summary>
    public IReadOnlyList<SandboxSignalPhone> Members => _members;

    /// <summary>The sandbox's own number for it.</summary>
    internal int Number { get; init; }

    /// <summary>Whether signal-cli lists the group, with or without the bot in it.</summary>
    internal bool IsKnownToBot { get; private set; }

    /// <summary>The number of the group's changes.</summary>
    internal int Revision { get; private set; }

    /// <inheritdoc cref="SandboxSignalChat.WaitForMessageAsync"/>
    public Task<SandboxSignalMessage> WaitForMessageAsync(Func<SandboxSignalMessage, bool> wanted, TimeSpan? timeout = null) =>
        Chat.WaitForMessageAsync(wanted, timeout);

    /// <inheritdoc cref="SandboxSignalChat.WaitForTextAsync"/>
    public Task<SandboxSignalMessage> WaitForTextAsync(string words, TimeSpan? timeout = null) => Chat.WaitForTextAsync(words, timeout);

    public void AddBot(SandboxSignalPhone by) => Change(by, $"{by.Name} added {SignalWorld.BotName}", () => SetBot(isMember: true));

    /// <summary>Invites the bot, which must accept, like anybody on Signal who has not yet shared a profile.</summary>
    public void InviteBot(SandboxSignalPhone by) => Change(
        by, $"{by.Name} invited {SignalWorld.BotName}", () => SetBot(isMember: false, isInvited: true));

    public void RemoveBot(SandboxSignalPhone by) => Change(by, $"{by.Name} removed {SignalWorld.BotName}", () => SetBot(isMember: false));

    public void Join(params SandboxSignalPhone[] people) => Change(
        people[0], $"{string.Join(", ", people.Select(person => person.Name))} joined", () => _members.AddRange(people.Except(_members)));

    public void Remove(SandboxSignalPhone person) => Change(person, $"{person.Name} left", () => _members.Remove(person));

    public void Mute(SandboxSignalPhone by, bool muted = true) => Change(
        by, muted ? "Only admins can write now" : "Everybody can write now", () => IsForAnnouncements = muted);

    /// <summary>Accepts the invitation for the bot.</summary>
    internal void Accept(long timestamp)
    {
        SetBot(isMember: true);
        Write(timestamp, _world.BotId, SignalWorld.BotName, $"{SignalWorld.BotName} joined");
    }

    private void SetBot(bool isMember, bool isInvited = false)
    {
        (HasBot, IsBotInvited) = (isMember, isInvited);
        IsKnownToBot |= isMember || isInvited;
    }

    private void Write(long timestamp, Guid author, string name, string words)
    {
        Revision++;
        _world.Put(Chat, new SandboxSignalMessage(timestamp, author, name, author == _world.BotId, _world.Now, words) { IsService = true });
        _world.Tell(Chat);
    }

    private void Change(SandboxSignalPhone by, string words, Action change)
    {
        lock (_world.Gate)
        {
            var heard = HasBot || IsBotInvited;
            change();
            var timestamp = _world.NextTimestamp();
            Write(timestamp, by.Uuid, by.Name, words);
            if (heard || HasBot || IsBotInvited)
                _world.Receive(by, timestamp, envelope => envelope["dataMessage"] = SignalJson.Data(timestamp, null, this, isUpdate: true));
        }
    }
}
