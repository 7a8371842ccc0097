using AlertBot.Domain.Cases;
using NodaTime;

namespace AlertBot.Domain.Alerts;

/// <summary>The decision that people must be told. Its facts are frozen; each reader's language supplies the words.</summary>
/// <param name="DedupKey">Equal for the same cause, so that people are told of it once.</param>
/// <param name="TextKey">Key in <c>config/texts</c>.</param>
/// <param name="Facts">Arguments of the text; may hold personal data, encrypted at rest.</param>
public sealed record Alert(
    AlertId Id,
    CaseId? Case,
    AlertKind Kind,
    Severity Severity,
    string DedupKey,
    string TextKey,
    IReadOnlyDictionary<string, string> Facts,
    Instant RaisedAt);

public readonly record struct AlertId(Guid Value)
{
    public static AlertId New() => new(Guid.CreateVersion7());
}

public enum Severity
{
    Info,
    Notice,
    Urgent,
    Critical,
}

/// <summary>
/// The order of sending: lower numbers go first. Alerts come before everything else. Strangers together get at most half of the pace.
/// </summary>
public enum DeliveryPriority
{
    /// <summary>A critical alert, or a message on which one depends.</summary>
    Now = 0,
    Urgent = 1,

    /// <summary>An answer to a person with a role, or to a reporter with a report.</summary>
    Answer = 2,
    Reminder = 3,
    Digest = 4,

    /// <summary>An answer to somebody unknown; at most one waits for each chat.</summary>
    Stranger = 5,
}

/// <summary>The state of a delivery.</summary>
public enum DeliveryState
{
    Queued,
    Sending,
    Sent,
    Retry,
    Maybe,
    Failed,
    Superseded,
    Expired,
}
