using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Sandbox.Signal;

/// <summary>
/// A local signal-cli with one account, at the sandbox's address (<c>Signal__ApiUrl</c>), and its faults. Times are those of the sandbox's clock.
/// </summary>
public sealed class SandboxSignal
{
    /// <summary>The solution of the captcha, as the person copies it.</summary>
    public const string RightCaptcha = "signalcaptcha://" + SignalRefusals.RightCaptcha;

    /// <summary>How often a message can be edited, the limit in Signal's apps (MessageConstraintsUtil of Signal-Android).</summary>
    public const int MostEdits = 10;

    /// <summary>How long after sending a message can be edited.</summary>
    public static readonly Duration EditableFor = Duration.FromHours(24);

    private readonly SignalWorld _world;

    internal SandboxSignal(SignalWorld world) => _world = world;

    /// <summary>The bot's number (<c>Signal__Account</c>).</summary>
    public string Account => _world.BotNumber;

    public Guid AccountId => _world.BotId;

    public ChannelAddress Address => new(ChannelKind.Signal, Account);

    /// <summary>Planned faults, by a call's method. A <see cref="Fault.Error"/> has a JSON-RPC code.</summary>
    public Faults Faults { get; } = new();

    /// <summary>signal-cli's version. Versions before 0.14.3 say less about refusals.</summary>
    public string Version { get; set; } = "0.14.6";

    public SignalReceiveMode ReceiveMode
    {
        get => Guarded(() => _world.Inbox.Mode);
        set => Guarded(() => _world.Inbox.Mode = value);
    }

    /// <summary>True if the phone's receipt comes before the answer to the call that sent the message, which happens in reality.</summary>
    public bool ReceiptsOvertakeAnswers
    {
        get => Guarded(() => _world.ReceiptsOvertakeAnswers);
        set => Guarded(() => _world.ReceiptsOvertakeAnswers = value);
    }

    /// <summary>How many events wait for a listener.</summary>
    public int Waiting => Guarded(() => _world.Inbox.Waiting);

    /// <summary>The number of listeners.</summary>
    public int Listeners => Guarded(() => _world.Inbox.Streams);

    /// <summary>True if every connection breaks.</summary>
    public bool IsDown { get; private set; }

    /// <summary>Ends when somebody listens. Until then events from phones wait or are lost.</summary>
    public Task WaitForListenerAsync() => Guarded(() => _world.Inbox.WhenStreams(count => count > 0)).WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>Ends when the sandbox knows that nobody listens any more. An event sent earlier may go to a dead connection.</summary>
    public Task WaitForNoListenerAsync() => Guarded(() => _world.Inbox.WhenStreams(count => count == 0)).WaitAsync(TimeSpan.FromSeconds(10));

    public void GoDown()
    {
        IsDown = true;
        CutEvents();
    }

    public void ComeUp() => IsDown = false;

    /// <summary>Breaks every open event stream now.</summary>
    public void CutEvents() => Guarded(() =>
    {
        _world.Inbox.CutAll();
        return 0;
    });

    /// <summary>Blocks Signal: signal-cli answers but reaches nobody. What people write waits.</summary>
    public void BlockSignal() => Guarded(() =>
    {
        _world.Inbox.CutOff(true);
        return 0;
    });

    public void UnblockSignal() => Guarded(() =>
    {
        _world.Inbox.CutOff(false);
        return 0;
    });

    /// <summary>Makes Signal refuse everything for that long.</summary>
    /// <param name="to">Refuses only messages to this person; null: to everybody.</param>
    public void LimitFor(Duration time, SandboxSignalPhone? to = null) => Guarded(() =>
    {
        _world.Refusals.LimitFor(time, to);
        return 0;
    });

    /// <summary>Makes Signal refuse to send until a captcha is solved (<see cref="RightCaptcha"/>).</summary>
    /// <param name="onlyToStrangers">True: it still sends to people who have written before.</param>
    /// <returns>The challenge.</returns>
    public string RequireProof(bool onlyToStrangers = false) => Guarded(() => _world.Refusals.AskProof(onlyToStrangers));

    public void LiftLimits() => Guarded(() =>
    {
        _world.Refusals.Lift();
        return 0;
    });

    /// <summary>Makes Signal deregister the account. signal-cli's next request is not authorised, and from then on it has no such account.</summary>
    public void Deregister() => Guarded(() => (_world.BotIsRegistered, _world.BotLearnsItIsOut) = (false, true));

    public void Register() => Guarded(() => (_world.BotIsRegistered, _world.BotLearnsItIsOut) = (true, false));

    /// <summary>Sends the bot an event of any shape.</summary>
    public void PushRawEvent(string json) => Guarded(() =>
    {
        _world.Inbox.Push(new SignalEvent((System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(json)!));
        return 0;
    });

    internal bool IsOlderThan(int major, int minor, int patch) =>
        System.Version.TryParse(Version, out var version) && version < new Version(major, minor, patch);

    private T Guarded<T>(Func<T> act)
    {
        lock (_world.Gate)
            return act();
    }
}
