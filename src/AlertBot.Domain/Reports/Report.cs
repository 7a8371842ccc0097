using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Domain.Reports;

/// <summary>What one person tells of one event. Prints as a mask.</summary>
/// <param name="From">The reporter's address; null once they are forgotten.</param>
/// <param name="Language">The language of the answers to the reporter.</param>
/// <param name="Content">Null when it is forgotten, or cannot be read.</param>
public sealed record Report(ReportId Id, AddressId? From, ReportState State, string Language, ReportContent? Content)
{
    /// <summary>The most files of one report.</summary>
    public const int MostFiles = 20;

    /// <summary>It went out because the reporter fell silent.</summary>
    public bool IsIncomplete { get; init; }

    public IncidentId? Incident { get; init; }

    /// <summary>Hashes of the text and of each file, by which copies of one post count once. Empty: nothing to compare.</summary>
    public IReadOnlyList<string> Prints { get; init; } = [];

    /// <summary>Pictures, voices and the like came with it, and are not lost.</summary>
    public bool HasFiles { get; init; }

    /// <summary>Some files are not fetched yet, so nobody knows whether they are copies.</summary>
    public bool HasUnseenFiles { get; init; }

    public required Instant BegunAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public Instant? SentAt { get; init; }

    /// <summary>Sent under a key that the account no longer has. The holder of the new key sees it only by its receipt.</summary>
    public bool IsOfOldKey { get; init; }

    public override string ToString() => "(report)";
}

public readonly record struct ReportId(Guid Value)
{
    public static ReportId New() => new(Guid.CreateVersion7());
}

public enum ReportState
{
    /// <summary>Still being told; saved at every step.</summary>
    Draft,

    Sent,

    /// <summary>The reporter has deleted it.</summary>
    Withdrawn,
}

/// <summary>What was told so far. Prints as a mask.</summary>
public sealed record ReportContent
{
    public static readonly ReportContent Empty = new();

    public ReportKind? Kind { get; init; }

    /// <summary>The name as written; null when only the free text holds it.</summary>
    public string? Who { get; init; }

    /// <summary>The time as told: <c>keshe keshqurın</c>.</summary>
    public string? When { get; init; }

    /// <summary>The time as <see cref="Time.WhenText"/> writes it (<c>2022-09-13</c>, <c>2022-09-13T22:00</c>); null when not understood.</summary>
    public string? WhenRead { get; init; }

    /// <summary>How exactly the time is known.</summary>
    public Time.Precision? WhenPrecision { get; init; }

    public string? Where { get; init; }

    public GeoPoint? Point { get; init; }

    public TakenBy? ByWhom { get; init; }

    public Witness? Witness { get; init; }

    /// <summary>Null: not asked yet.</summary>
    public bool? MayContact { get; init; }

    /// <summary>Everything told in free words, in order: the first message, then what was added.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Nobody told it: a person at risk does not answer their check-in. It begins with the first unanswered question.</summary>
    public bool IsSilence { get; init; }

    /// <summary>The person used the word that looks like "well": they are not, and whoever has their phone must not notice that we know.</summary>
    public bool IsDuress { get; init; }

    /// <summary>Passed on from elsewhere, not told by the reporter.</summary>
    public bool IsForward { get; init; }

    /// <summary>The time for a later reader, who cannot know which day "yesterday" was.</summary>
    public string? WhenShown() => WhenRead?.Replace('T', ' ') is { } read && read != When ? $"{When} ({read})" : When;

    /// <summary>The place in words, else as coordinates, which any map takes.</summary>
    public string? WhereShown() => Where ?? (Point is { } point
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{point.Latitude:0.00000}, {point.Longitude:0.00000}")
        : null);

    public override string ToString() => "(content)";
}

/// <summary>What happened, the gravest first.</summary>
public enum ReportKind
{
    Deported,
    TakenUnknown,
    Arrested,
    Threatened,
    Searched,
    Summoned,
    Other,
    Released,
}

/// <summary>Who did it, as far as the witness could tell.</summary>
public enum TakenBy
{
    Police,
    PlainClothes,
    Border,
    Migration,
    Foreign,
    Unknown,
}

public enum Witness
{
    Saw,
    Heard,
    Self,
}
