using System.Text.Json.Serialization;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Reports;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// The state of a report in the making. The words are in the report itself, sealed with its own key, and never in the conversation. Prints as a mask.
/// </summary>
public sealed record Telling
{
    /// <summary>The number of the open question.</summary>
    public int Turn { get; init; }

    public TellingAt At { get; init; }

    /// <summary>The draft; null until something was told.</summary>
    public Guid? Report { get; init; }

    /// <summary>True while one answer is being changed; the summary follows it.</summary>
    public bool IsChanging { get; init; }

    /// <summary>The number of files.</summary>
    public int Files { get; init; }

    /// <summary>True just after the report was sent to people.</summary>
    [JsonIgnore]
    public bool IsFirst { get; init; }

    /// <summary>Whether people have it already.</summary>
    [JsonIgnore]
    public bool IsSent { get; init; }

    [JsonIgnore]
    public ReportContent Content { get; init; } = ReportContent.Empty;

    /// <summary>Whether there is anything to send.</summary>
    [JsonIgnore]
    public bool HasAnything => Files > 0 || Content.Words.Count > 0 || Content.Point is not null
        || (Content.Who ?? Content.When ?? Content.Where) is not null || Content.Kind is not null || Content.ByWhom is not null;

    /// <summary>Whether somebody could act on it. Answers that were only pressed may be pressed by mistake.</summary>
    [JsonIgnore]
    public bool IsWorthSending => Files > 0 || Content.Words.Count > 0 || Content.Point is not null
        || (Content.Who ?? Content.Where) is not null;

    public override string ToString() => $"(report being told, at {At})";
}

/// <summary>The questions in their order.</summary>
public enum TellingAt
{
    /// <summary>There is an unfinished report: continue it, or begin anew?</summary>
    Resume,
    Kind,
    Who,
    When,
    Where,
    ByWhom,
    Witness,
    Contact,
    Attach,
    Check,

    /// <summary>Which answer should be changed?</summary>
    Change,
}

/// <summary>A reporter's message or press. Prints as a mask.</summary>
public abstract record Heard
{
    private Heard() { }

    /// <param name="Text">The written text, also under a picture or a place.</param>
    public sealed record Told(string? Text, GeoPoint? Point = null, IReadOnlyList<IncomingFile>? Files = null) : Heard
    {
        public bool IsForward { get; init; }

        /// <summary>The reference of the message.</summary>
        public MessageRef? Message { get; init; }

        /// <summary>Whether the place moves.</summary>
        public bool IsLive { get; init; }

        /// <summary>True for a further part of an album, which belongs to the part before and needs no answer.</summary>
        public bool IsMoreOfAlbum { get; init; }

        public override string ToString() => "(told)";
    }

    /// <param name="Turn">The number of the question with the button.</param>
    public sealed record Pressed(int Turn, string Data) : Heard
    {
        public override string ToString() => "(press)";
    }
}

/// <summary>What to do besides saving what was told.</summary>
public enum TellingResult
{
    /// <summary>Put the next question.</summary>
    Ask,

    Send,

    /// <summary>It was a mistake: take it back and end.</summary>
    Discard,

    /// <summary>Leave it as it is, and begin another one.</summary>
    Anew,

    /// <summary>It is kept, and needs no answer.</summary>
    Quiet,

    /// <summary>The button belongs to an older question: nothing changes.</summary>
    Stale,
}

/// <param name="Remark">Text key of a remark before the next question, if any.</param>
public sealed record TellingTurn(Telling Next, TellingResult Result = TellingResult.Ask, string? Remark = null)
{
    /// <summary>Text key about something that was not kept. No other remark replaces it.</summary>
    public string? NotKept { get; init; }

    /// <summary>Files to keep with the report.</summary>
    public IReadOnlyList<IncomingFile> Files { get; init; } = [];

    public override string ToString() => "(turn)";
}
