using AlertBot.Domain.Channels;

namespace AlertBot.Sandbox.Signal;

/// <summary>A group on Signal, and what its members do.</summary>
public sealed class SandboxSignalGroup
{
    private readonly SignalWorld _world;
    private readonly List<SandboxSignalPhone> _members;

    internal SandboxSignalGroup(SignalWorld world, string id, string title, IEnumerable<SandboxSignalPhone> members, bool hasBot)
    {
        (_world, Id, Title, _members, HasBot) = (world, id, title, [.. members], hasBot);
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

    /// <summary>True: only admins write, and the bot is none.</summary>
    public bool IsForAnnouncements { get; private set; }

    /// <summary>The people in it, without the bot. The first one is its admin.</summary>
    public IReadOnlyList<SandboxSignalPhone> Members => _members;

    /// <summary>Of the sandbox's own making.</summary>
    internal int Number { get; init; }

    /// <summary>Counts the group's changes.</summary>
    internal int Revision { get; private set; }

    /// <inheritdoc cref="SandboxSignalChat.WaitForMessageAsync"/>
    public Task<SandboxSignalMessage> WaitForMessageAsync(Func<SandboxSignalMessage, bool> wanted, TimeSpan? timeout = null) =>
        Chat.WaitForMessageAsync(wanted, timeout);

    /// <inheritdoc cref="SandboxSignalChat.WaitForTextAsync"/>
    public Task<SandboxSignalMessage> WaitForTextAsync(string words, TimeSpan? timeout = null) => Chat.WaitForTextAsync(words, timeout);

    public void AddBot(SandboxSignalPhone by) => Change(by, $"{by.Name} added {SignalWorld.BotName}", () => HasBot = true);

    public void RemoveBot(SandboxSignalPhone by) => Change(by, $"{by.Name} removed {SignalWorld.BotName}", () => HasBot = false);

    public void Join(params SandboxSignalPhone[] people) => Change(
        people[0], $"{string.Join(", ", people.Select(person => person.Name))} joined", () => _members.AddRange(people.Except(_members)));

    public void Remove(SandboxSignalPhone person) => Change(person, $"{person.Name} left", () => _members.Remove(person));

    public void Mute(SandboxSignalPhone by, bool muted = true) => Change(
        by, muted ? "Only admins can write now" : "Everybody can write now", () => IsForAnnouncements = muted);

    private void Change(SandboxSignalPhone by, string words, Action change)
    {
        lock (_world.Gate)
        {
            var hadBot = HasBot;
            change();
            Revision++;
            var timestamp = _world.NextTimestamp();
            _world.Put(Chat, new SandboxSignalMessage(timestamp, by.Uuid, by.Name, false, _world.Now, words) { IsService = true });
            _world.Tell(Chat);
            if (hadBot || HasBot)
                _world.Receive(by, timestamp, envelope => envelope["dataMessage"] = SignalJson.Data(timestamp, null, this, isUpdate: true));
        }
    }
}
