using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Domain.Reports;

/// <summary>One person's account of one event. Prints as a mask.</summary>
/// <param name="From">The reporter's address; null once they are forgotten.</param>
/// <param name="Language">The language of the answers to the reporter.</param>
/// <param name="Content">Null if it is forgotten, or cannot be read.</param>
public sealed record Report(ReportId Id, AddressId? From, ReportState State, string Language, ReportContent? Content)
{
    /// <summary>The most files of one report.</summary>
    public const int MostFiles = 20;

    /// <summary>True until the reporter says that it is complete: they are still writing, or fell silent.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>When the reporter's silence was long enough to count as silent.</summary>
    public Instant? FellSilentAt { get; init; }

    /// <summary>True if it was sent to people and more of it is coming.</summary>
    public bool IsStillWriting => State == ReportState.Sent && IsIncomplete && FellSilentAt is null;

    /// <summary>Whether the reporter can still complete it.</summary>
    public bool IsOpen => State == ReportState.Draft || IsStillWriting;

    public IncidentId? Incident { get; init; }

    /// <summary>Since when we know the reporter's account; null once they are forgotten.</summary>
    public Instant? AccountSince { get; init; }

    /// <summary>Hashes of the text and of each file, by which copies of one post count once. Empty if there is nothing to compare.</summary>
    public IReadOnlyList<string> Prints { get; init; } = [];

    /// <summary>Whether pictures, voices or other files came with it and are not lost.</summary>
    public bool HasFiles { get; init; }

    /// <summary>True if some files are not downloaded yet, so that nobody knows whether they are copies.</summary>
    public bool HasUnseenFiles { get; init; }

    public required Instant BegunAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public Instant? SentAt { get; init; }

    /// <summary>True if it was sent under a key that the account no longer has. The holder of the new key sees it only by its receipt.</summary>
    public bool IsOfOldKey { get; init; }

    public override string ToString() => "(report)";
}

public readonly record struct ReportId(Guid Value)
{
    public static ReportId New() => new(Guid.CreateVersion7());
}

public enum ReportState
{
    /// <summary>Still without anything that people could act on; saved at every step.</summary>
    Draft,

    /// <summary>Sent to people.</summary>
    Sent,

    /// <summary>The reporter has deleted it.</summary>
    Withdrawn,
}

/// <summary>What the reporter told so far. Prints as a mask.</summary>
public sealed record ReportContent
{
    public static readonly ReportContent Empty = new();

    public ReportKind? Kind { get; init; }

    /// <summary>True if we read the kind from the words, and nobody named it.</summary>
    public bool IsKindRead { get; init; }

    /// <summary>The name as written; null if only the free text holds it.</summary>
    public string? Who { get; init; }

    /// <summary>The time as told: <c>keshe keshqurın</c>.</summary>
    public string? When { get; init; }

    /// <summary>The time as <see cref="Time.WhenText"/> writes it (<c>2022-09-13</c>, <c>2022-09-13T22:00</c>); null if not understood.</summary>
    public string? WhenRead { get; init; }

    /// <summary>How exactly the time is known.</summary>
    public Time.Precision? WhenPrecision { get; init; }

    /// <summary>The zone of <see cref="WhenRead"/>; null: the zone of most reporters.</summary>
    public string? Zone { get; init; }

    public string? Where { get; init; }

    /// <summary>The last place that was shared.</summary>
    public GeoPoint? Point { get; init; }

    /// <summary>The message whose place moves (<see cref="Channels.IncomingUpdate.IsLive"/>), if any.</summary>
    public string? MovesIn { get; init; }

    public TakenBy? ByWhom { get; init; }

    public Witness? Witness { get; init; }

    /// <summary>Null until asked.</summary>
    public bool? MayContact { get; init; }

    /// <summary>Everything told in free words, in order: the first message, then the additions.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The message of each entry in <see cref="Words"/>, so that its edits are understood; null if unknown.</summary>
    public IReadOnlyList<string?> SaidIn { get; init; } = [];

    /// <summary>True for a check-in's silence, which nobody reported. It begins with the first unanswered question.</summary>
    public bool IsSilence { get; init; }

    /// <summary>
    /// True if the person used the word of duress, which looks like "well". They are not well, and somebody with their phone must not notice that we
    /// know.
    /// </summary>
    public bool IsDuress { get; init; }

    /// <summary>True if it was forwarded and not told by the reporter.</summary>
    public bool IsForward { get; init; }

    /// <summary>Adds words, or a place in words.</summary>
    /// <param name="message">The message that said them.</param>
    public ReportContent Saying(string words, MessageRef? message = null) => this with
    {
        Words = [.. Words, words],
        SaidIn = [.. Enumerable.Range(0, Words.Count).Select(index => SaidIn.ElementAtOrDefault(index)), message?.Value],
    };

    /// <summary>Sets the place. An earlier one stays among the words.</summary>
    /// <param name="moves">The message whose place moves; null if it does not move.</param>
    public ReportContent At(GeoPoint point, MessageRef? moves = null)
    {
        var moved = Point is { } before && before != point && MovesIn is null ? Saying($"📍 {Shown(before)} → {Shown(point)}") : this;
        return moved with { Point = point, MovesIn = moves?.Value ?? MovesIn };
    }

    /// <summary>Which of the words came with that message; null if none.</summary>
    public int? IndexOf(MessageRef? message) =>
        message is { } said && SaidIn.ToList().IndexOf(said.Value) is >= 0 and var index ? index : null;

    /// <summary>The time for a later reader, who cannot know which day and whose clock "yesterday" meant.</summary>
    public string? WhenShown()
    {
        var shown = WhenRead?.Replace('T', ' ') is { } read && read != When ? $"{When} ({read})" : When;
        return shown is not null && Zone is { } zone && WhenRead?.Contains('T', StringComparison.Ordinal) == true
            ? $"{shown} · {zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ')}"
            : shown;
    }

    /// <summary>The place in words and as coordinates that any map understands.</summary>
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
