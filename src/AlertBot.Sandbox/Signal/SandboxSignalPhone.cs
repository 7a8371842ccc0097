using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Sandbox.Signal;

/// <summary>A person's phone with Signal: what the person sees and does.</summary>
public sealed partial class SandboxSignalPhone
{
    private readonly SignalWorld _world;
    private int _key;
    private int? _trustedKey;

    internal SandboxSignalPhone(SignalWorld world, long id, string name, string number, string language)
    {
        (_world, Id, Name, Number, Language) = (world, id, name, number, language);
        Uuid = SignalWorld.IdFrom(number);
        Chat = new SandboxSignalChat(world, name) { Person = this };
    }

    /// <summary>The sandbox's own id, for its page and the log of calls.</summary>
    public long Id { get; }

    public string Name { get; }

    public string Number { get; }

    /// <summary>The account's id (ACI).</summary>
    public Guid Uuid { get; }

    public string Language { get; }

    /// <summary>The person's part in the play, shown above the phone: reporter, advocate, coordinator.</summary>
    public string? Role { get; init; }

    /// <summary>The zone in which the page shows times.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    /// <summary>Whether the page shows this phone.</summary>
    public bool IsOnPage { get; init; }

    /// <summary>False is Signal's default: recipients of a message see the uuid and not the number.</summary>
    public bool ShowsNumber { get; init; }

    /// <summary>
    /// The version of an edited message that a reaction or quote names. True: the last edit, as on Android. False: the first version, as on Desktop.
    /// </summary>
    public bool NamesLatestEdit { get; init; } = true;

    /// <summary>False if the account was deleted.</summary>
    public bool IsRegistered { get; private set; } = true;

    /// <summary>False if the phone is switched off; messages to it wait.</summary>
    public bool IsOnline { get; private set; } = true;

    /// <summary>A blocked sender is not told: the phone accepts the messages, and neither shows nor confirms them.</summary>
    public bool HasBlockedBot { get; private set; }

    /// <summary>The address in an event that the bot receives from this person.</summary>
    public ChannelAddress Address => new(ChannelKind.Signal, Uuid.ToString());

    /// <summary>The number's address, to which a bot may write first.</summary>
    public ChannelAddress NumberAddress => new(ChannelKind.Signal, Number);

    /// <summary>The private chat with the bot.</summary>
    public SandboxSignalChat Chat { get; }

    public IReadOnlyList<SandboxSignalMessage> Messages => Chat.Messages;

    /// <summary>The number that two people compare to verify each other. It differs for every key.</summary>
    public string SafetyNumber
    {
        get
        {
            var hash = SHA512.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Uuid} {_key}")));
            return string.Concat(hash.Take(60).Select(part => (char)('0' + part % 10)));
        }
    }

    /// <summary>True once the person has written to the bot, and so is no stranger.</summary>
    internal bool HasWritten { get; private set; }

    /// <summary>True if the bot was told the number, or wrote to it.</summary>
    internal bool NumberIsKnown { get; set; }

    internal string? NumberForBot => ShowsNumber || NumberIsKnown ? Number : null;

    /// <summary>signal-cli trusts the first key it saw, and any other only after it is told to.</summary>
    internal bool IsTrusted => _trustedKey is null || _trustedKey == _key;

    internal bool IsKnownToBot
    {
        get => _trustedKey is not null;
        set => _trustedKey ??= value ? _key : null;
    }

    internal List<SignalEvent> HeldBack { get; } = [];

    /// <inheritdoc cref="SandboxSignalChat.WaitForMessageAsync"/>
    public Task<SandboxSignalMessage> WaitForMessageAsync(Func<SandboxSignalMessage, bool> wanted, TimeSpan? timeout = null) =>
        Chat.WaitForMessageAsync(wanted, timeout);

    /// <inheritdoc cref="SandboxSignalChat.WaitForTextAsync"/>
    public Task<SandboxSignalMessage> WaitForTextAsync(string words, TimeSpan? timeout = null) => Chat.WaitForTextAsync(words, timeout);

    /// <summary>
    /// Changes the key, as a new phone or a reinstalled Signal does. Until the new key is trusted, sending fails and the bot does not see what this
    /// person writes.
    /// </summary>
    public void ChangeKey()
    {
        lock (_world.Gate)
        {
            _key++;
            _world.Tell(Chat);
        }
    }

    /// <summary>Deletes the account.</summary>
    public void Unregister() => Change(() => IsRegistered = false);

    public void Register() => Change(() => IsRegistered = true);

    public void BlockBot() => Change(() => HasBlockedBot = true);

    public void UnblockBot() => Change(() => HasBlockedBot = false);

    public void GoOffline() => Change(() => IsOnline = false);

    /// <summary>Confirms the messages that have come meanwhile.</summary>
    public void GoOnline() => Change(() =>
    {
        IsOnline = true;
        foreach (var confirm in _whenOnline)
            confirm();
        _whenOnline.Clear();
    });

    internal void Trust() => _trustedKey = _key;

    private void Change(Action change)
    {
        lock (_world.Gate)
        {
            change();
            _world.Tell(Chat);
        }
    }
}
