using System.Globalization;
using NodaTime;

namespace AlertBot.Sandbox.Signal;

/// <summary>Decides whether Signal's server refuses a message. Callers hold the gate.</summary>
internal sealed class SignalRefusals(SandboxWorld world)
{
    /// <summary>The text that a person gets for solving the captcha.</summary>
    public const string RightCaptcha = "signal-hcaptcha.sandbox.challenge.solved";

    private static readonly Duration WaitForProof = Duration.FromHours(24);

    private readonly Dictionary<Guid, Instant> _strangersWrittenTo = [];
    private readonly Dictionary<Guid, Instant> _limitedUntil = [];
    private readonly Dictionary<Guid, (double Tokens, Instant Since)> _buckets = [];
    private int _proofsAsked;

    /// <summary>The token of the open challenge; null if there is none.</summary>
    public string? Challenge { get; private set; }

    /// <summary>True if the bot may still write to people who have written to it.</summary>
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

    /// <returns>Null if the server accepts the message.</returns>
    public SignalRefusal? Check(SandboxSignalPhone to)
    {
        var now = world.Now;
        var until = Instant.Max(_limitedUntil.GetValueOrDefault(Guid.Empty), _limitedUntil.GetValueOrDefault(to.Uuid));
        if (now < until)
            return new SignalRefusal("RATE_LIMIT_FAILURE", until - now, null);

        if (world.Options.SignalLimits is { } limits && Wait(to, limits, now) is { } wait)
            return new SignalRefusal("RATE_LIMIT_FAILURE", wait, null);

        if (!to.HasWritten && world.Options.SignalStrangersPerDay is { } most && !_strangersWrittenTo.ContainsKey(to.Uuid)
            && _strangersWrittenTo.Values.Count(at => now - at < Duration.FromDays(1)) >= most)
        {
            AskProof(onlyStrangers: true);
        }

        return Challenge is { } token && !(OnlyStrangers && (to.HasWritten || _strangersWrittenTo.ContainsKey(to.Uuid)))
            ? new SignalRefusal("RATE_LIMIT_FAILURE", WaitForProof, token)
            : null;
    }

    private Duration? Wait(SandboxSignalPhone to, SignalLimits limits, Instant now)
    {
        var (tokens, since) = _buckets.GetValueOrDefault(to.Uuid, (limits.AtOnce, now));
        tokens = Math.Min(limits.AtOnce, tokens + (now - since).TotalSeconds * limits.PerSecond);
        _buckets[to.Uuid] = (tokens >= 1 ? tokens - 1 : tokens, now);
        return tokens >= 1 ? null : Duration.FromSeconds((1 - tokens) / limits.PerSecond);
    }

    public void Count(SandboxSignalPhone to)
    {
        if (!to.HasWritten)
            _strangersWrittenTo.TryAdd(to.Uuid, world.Now);
    }
}

/// <param name="Type">signal-cli's name for it.</param>
/// <param name="Token">Not null if a captcha must be solved first.</param>
internal sealed record SignalRefusal(string Type, Duration? RetryAfter, string? Token);
