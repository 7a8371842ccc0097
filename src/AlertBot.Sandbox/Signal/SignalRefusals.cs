using System.Globalization;
using NodaTime;

namespace AlertBot.Sandbox.Signal;

/// <summary>Why Signal's server does not take a message now. Used while holding the gate.</summary>
internal sealed class SignalRefusals(SandboxWorld world)
{
    /// <summary>What a person finds out who solves the captcha.</summary>
    public const string RightCaptcha = "signal-hcaptcha.sandbox.challenge.solved";

    private static readonly Duration WaitForProof = Duration.FromHours(24);

    private readonly Dictionary<Guid, Instant> _strangersWrittenTo = [];
    private readonly Dictionary<Guid, Instant> _limitedUntil = [];
    private int _proofsAsked;

    /// <summary>The token of what is to be proven; null: nothing is.</summary>
    public string? Challenge { get; private set; }

    /// <summary>True: who already talks with the bot is still written to.</summary>
    public bool OnlyStrangers { get; private set; }

    /// <param name="to">Null: everybody.</param>
    public void LimitFor(Duration time, SandboxSignalPhone? to) => _limitedUntil[to?.Uuid ?? Guid.Empty] = world.Now + time;

    public string AskProof(bool onlyStrangers)
    {
        OnlyStrangers = onlyStrangers;
        return Challenge ??= string.Create(CultureInfo.InvariantCulture, $"sandbox-challenge-{++_proofsAsked}");
    }

    public void Lift()
    {
        Challenge = null;
        _limitedUntil.Clear();
        _strangersWrittenTo.Clear();
    }

    /// <returns>Null: it is taken.</returns>
    public SignalRefusal? Check(SandboxSignalPhone to)
    {
        var now = world.Now;
        var until = Instant.Max(_limitedUntil.GetValueOrDefault(Guid.Empty), _limitedUntil.GetValueOrDefault(to.Uuid));
        if (now < until)
            return new SignalRefusal("RATE_LIMIT_FAILURE", until - now, null);

        if (!to.HasWritten && world.Options.SignalStrangersPerDay is { } most && !_strangersWrittenTo.ContainsKey(to.Uuid)
            && _strangersWrittenTo.Values.Count(at => now - at < Duration.FromDays(1)) >= most)
        {
            AskProof(onlyStrangers: true);
        }

        return Challenge is { } token && !(OnlyStrangers && (to.HasWritten || _strangersWrittenTo.ContainsKey(to.Uuid)))
            ? new SignalRefusal("RATE_LIMIT_FAILURE", WaitForProof, token)
            : null;
    }

    public void Count(SandboxSignalPhone to)
    {
        if (!to.HasWritten)
            _strangersWrittenTo.TryAdd(to.Uuid, world.Now);
    }
}

/// <param name="Type">As signal-cli names it.</param>
/// <param name="Token">Not null: a captcha must be solved first.</param>
internal sealed record SignalRefusal(string Type, Duration? RetryAfter, string? Token);
