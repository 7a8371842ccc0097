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

    /// <summary>The reporter has not said that it is all: they still write, or fell silent.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>When the reporter had said nothing more for so long that they count as silent.</summary>
    public Instant? FellSilentAt { get; init; }

    /// <summary>People have it already, and more of it is coming.</summary>
    public bool IsStillWriting => State == ReportState.Sent && IsIncomplete && FellSilentAt is null;

    /// <summary>The reporter can still complete it.</summary>
    public bool IsOpen => State == ReportState.Draft || IsStillWriting;

    public IncidentId? Incident { get; init; }

    /// <summary>Since when its reporter's account is known to us; null once they are forgotten.</summary>
    public Instant? AccountSince { get; init; }

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
    /// <summary>Nothing is told yet that somebody could do something with; saved at every step.</summary>
    Draft,

    /// <summary>People have it.</summary>
    Sent,

    /// <summary>The reporter has deleted it.</summary>
    Withdrawn,
}

/// <summary>What was told so far. Prints as a mask.</summary>
public sealed record ReportContent
{
    public static readonly ReportContent Empty = new();

    public ReportKind? Kind { get; init; }

    /// <summary>The kind was read from the words by us, and said by nobody.</summary>
    public bool IsKindRead { get; init; }

    /// <summary>The name as written; null when only the free text holds it.</summary>
    public string? Who { get; init; }

    /// <summary>The time as told: <c>keshe keshqurın</c>.</summary>
    public string? When { get; init; }

    /// <summary>The time as <see cref="Time.WhenText"/> writes it (<c>2022-09-13</c>, <c>2022-09-13T22:00</c>); null when not understood.</summary>
    public string? WhenRead { get; init; }

    /// <summary>How exactly the time is known.</summary>
    public Time.Precision? WhenPrecision { get; init; }

    /// <summary>The zone in which <see cref="WhenRead"/> is meant; null: that of most who report.</summary>
    public string? Zone { get; init; }

    public string? Where { get; init; }

    /// <summary>The last place that was shared.</summary>
    public GeoPoint? Point { get; init; }

    /// <summary>The message whose place moves (<see cref="Channels.IncomingUpdate.IsLive"/>); null: none does.</summary>
    public string? MovesIn { get; init; }

    public TakenBy? ByWhom { get; init; }

    public Witness? Witness { get; init; }

    /// <summary>Null: not asked yet.</summary>
    public bool? MayContact { get; init; }

    /// <summary>Everything told in free words, in order: the first message, then what was added.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>In which message each of <see cref="Words"/> was said, so that a change of it is understood; null: not known.</summary>
    public IReadOnlyList<string?> SaidIn { get; init; } = [];

    /// <summary>Nobody told it: a person at risk does not answer their check-in. It begins with the first unanswered question.</summary>
    public bool IsSilence { get; init; }

    /// <summary>Passed on from elsewhere, not told by the reporter.</summary>
    public bool IsForward { get; init; }

    /// <summary>The same with further words, or a further place.</summary>
    /// <param name="message">In which they were said.</param>
    public ReportContent Saying(string words, MessageRef? message = null) => this with
    {
        Words = [.. Words, words],
        SaidIn = [.. Enumerable.Range(0, Words.Count).Select(index => SaidIn.ElementAtOrDefault(index)), message?.Value],
    };

    /// <summary>The same at that place. An earlier one stays among the words.</summary>
    /// <param name="moves">The message whose place moves; null: it stays.</param>
    public ReportContent At(GeoPoint point, MessageRef? moves = null)
    {
        var moved = Point is { } before && before != point && MovesIn is null ? Saying($"📍 {Shown(before)} → {Shown(point)}") : this;
        return moved with { Point = point, MovesIn = moves?.Value ?? MovesIn };
    }

    /// <summary>Which of the words were said in that message; null: none.</summary>
    public int? IndexOf(MessageRef? message) =>
        message is { } said && SaidIn.ToList().IndexOf(said.Value) is >= 0 and var index ? index : null;

    /// <summary>The time for a later reader, who cannot know which day "yesterday" was, nor by which clock.</summary>
    public string? WhenShown()
    {
        var shown = WhenRead?.Replace('T', ' ') is { } read && read != When ? $"{When} ({read})" : When;
        return shown is not null && Zone is { } zone && WhenRead?.Contains('T', StringComparison.Ordinal) == true
            ? $"{shown} · {zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ')}"
            : shown;
    }

    /// <summary>The place in words and as coordinates, which any map takes.</summary>
    public string? WhereShown() => (Where, Point) switch
    {
        ({ } where, { } point) when MovesIn is not null => $"{where} · {Shown(point)}",
        ({ } where, _) => where,
        (null, { } point) => Shown(point),
        _ => null,
    };

    private static string Shown(GeoPoint point) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{point.Latitude:0.00000}, {point.Longitude:0.00000}");

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
