using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;

namespace AlertBot.Sandbox.Signal;

/// <summary>All people and groups on Signal in a sandbox, and what signal-cli knows of them, read and changed under <see cref="Gate"/>.</summary>
internal sealed class SignalWorld(SandboxWorld world)
{
    private readonly List<SandboxSignalPhone> _phones = [];
    private readonly List<SandboxSignalGroup> _groups = [];
    private List<Action>? _effects;
    private long _lastTimestamp;

    public Lock Gate => world.Gate;

    public SandboxWorld Around => world;

    public Instant Now => world.Now;

    /// <summary>The bot's number. It belongs to nobody: numbers with 555-01 are reserved for fiction.</summary>
    public string BotNumber { get; } = "+12025550100";

    public Guid BotId { get; } = IdFrom("bot");

    public const string BotName = "Alert Bot";

    /// <summary>False if Signal has deregistered the bot's account and signal-cli knows it.</summary>
    public bool BotIsRegistered { get; set; } = true;

    public bool ReceiptsOvertakeAnswers { get; set; }

    /// <summary>True if Signal has deregistered the account and signal-cli will learn it with its next request.</summary>
    public bool BotLearnsItIsOut { get; set; }

    public SignalInbox Inbox { get; } = new();

    public SignalRefusals Refusals { get; } = new(world);

    public IReadOnlyList<SandboxSignalPhone> Phones => _phones;

    public IReadOnlyList<SandboxSignalGroup> Groups => _groups;

    public static Guid IdFrom(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes("sandbox signal " + name)).AsSpan(0, 16));

    public void Add(SandboxSignalPhone phone) => _phones.Add(phone);

    public void Add(SandboxSignalGroup group) => _groups.Add(group);

    /// <param name="recipient">A uuid or a number.</param>
    public SandboxSignalPhone? Phone(string recipient) => Guid.TryParseExact(recipient, "D", out var id)
        ? Phone(id)
        : _phones.Find(phone => phone.Number == recipient && phone.IsRegistered);

    public SandboxSignalPhone? Phone(Guid id) => _phones.Find(phone => phone.Uuid == id);

    public SandboxSignalGroup? Group(string id) => _groups.Find(group => group.Id == id);

    /// <summary>The chat of a message, which is in one chat only.</summary>
    public SandboxSignalChat ChatOf(SandboxSignalMessage message) =>
        _phones.Select(phone => phone.Chat).Concat(_groups.Select(group => group.Chat))
            .FirstOrDefault(chat => chat.Find(message.Timestamp, message.Author) is not null)
        ?? throw new ArgumentException("No such message.", nameof(message));

    /// <summary>Milliseconds by the sandbox's clock, later than any before.</summary>
    public long NextTimestamp() => _lastTimestamp = Math.Max(_lastTimestamp + 1, Now.ToUnixTimeMilliseconds());

    public SandboxSignalMessage Put(SandboxSignalChat chat, SandboxSignalMessage message)
    {
        chat.Put(message);
        world.Changed?.Invoke(new SandboxChange.OfSignalMessage(chat, message));
        return message;
    }

    public void Tell(SandboxSignalChat chat) => world.Changed?.Invoke(new SandboxChange.OfSignalChat(chat));

    /// <summary>Passes something that a phone sent to signal-cli.</summary>
    /// <param name="fill">Puts the content into the envelope.</param>
    /// <param name="onOut">Called when the bot has it.</param>
    public void Receive(SandboxSignalPhone from, long timestamp, Action<JsonObject> fill, Action? onOut = null)
    {
        if (!BotIsRegistered)
            return;

        from.IsKnownToBot = true;
        var envelope = SignalJson.Envelope(from, timestamp);
        if (from.IsTrusted)
        {
            fill(envelope);
            Inbox.Push(new SignalEvent(new JsonObject { ["account"] = BotNumber, ["envelope"] = envelope }, onOut));
            return;
        }

        // signal-cli cannot read what a changed key signed until the key is trusted.
        var whole = SignalJson.Envelope(from, timestamp);
        fill(whole);
        from.HeldBack.Add(new SignalEvent(new JsonObject { ["account"] = BotNumber, ["envelope"] = whole }, onOut));
        Inbox.Push(new SignalEvent(new JsonObject
        {
            ["account"] = BotNumber,
            ["exception"] = new JsonObject
            {
                ["message"] = string.Create(CultureInfo.InvariantCulture, $"Untrusted identity: {from.Uuid}"),
                ["type"] = "UntrustedIdentityException",
            },
            ["envelope"] = envelope,
        }));
    }

    public void Trust(SandboxSignalPhone phone)
    {
        phone.Trust();
        foreach (var held in phone.HeldBack)
            Inbox.Push(held);
        phone.HeldBack.Clear();
    }

    /// <summary>Does an act for a caller, and holds back the phones' reaction until the caller has the answer.</summary>
    public T Do<T>(List<Action> effects, Func<T> act)
    {
        _effects = ReceiptsOvertakeAnswers ? null : effects;
        try
        {
            return act();
        }
        finally
        {
            _effects = null;
        }
    }

    /// <summary>The reaction to a message usually comes later than the answer to its sender.</summary>
    public void AfterAnswer(Action act)
    {
        if (_effects is null)
            act();
        else
            _effects.Add(act);
    }
}
