using System.Text.Json.Serialization;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Reports;

namespace AlertBot.Workflows.Reports;

/// <summary>
/// How far a report is told. What was told lies in the report itself, sealed with its own key, and never in the conversation.
/// Prints as a mask.
/// </summary>
public sealed record Telling
{
    /// <summary>Number of the open question.</summary>
    public int Turn { get; init; }

    public TellingAt At { get; init; }

    /// <summary>The draft; null while nothing was told.</summary>
    public Guid? Report { get; init; }

    /// <summary>One answer is being changed: after it comes the summary again.</summary>
    public bool IsChanging { get; init; }

    /// <summary>Files that came with it.</summary>
    public int Files { get; init; }

    /// <summary>People have it since a moment ago.</summary>
    [JsonIgnore]
    public bool IsFirst { get; init; }

    /// <summary>People have it already.</summary>
    [JsonIgnore]
    public bool IsSent { get; init; }

    [JsonIgnore]
    public ReportContent Content { get; init; } = ReportContent.Empty;

    /// <summary>Whether there is anything to send.</summary>
    [JsonIgnore]
    public bool HasAnything => Files > 0 || Content.Words.Count > 0 || Content.Point is not null
        || (Content.Who ?? Content.When ?? Content.Where) is not null || Content.Kind is not null || Content.ByWhom is not null;

    /// <summary>Whether somebody could do something with it: what was only pressed may be a press by mistake.</summary>
    [JsonIgnore]
    public bool IsWorthSending => Files > 0 || Content.Words.Count > 0 || Content.Point is not null
        || (Content.Who ?? Content.Where) is not null;

    public override string ToString() => $"(report being told, at {At})";
}

/// <summary>Questions in their order.</summary>
public enum TellingAt
{
    /// <summary>There is an unfinished report: go on with it, or begin anew?</summary>
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

    /// <summary>Which answer is to be changed?</summary>
    Change,
}

/// <summary>What a reporter gives us at one time. Prints as a mask.</summary>
public abstract record Heard
{
    private Heard() { }

    /// <param name="Text">What was written, also under a picture or a place.</param>
    public sealed record Told(string? Text, GeoPoint? Point = null, IReadOnlyList<IncomingFile>? Files = null) : Heard
    {
        public bool IsForward { get; init; }

        /// <summary>The message that says it.</summary>
        public MessageRef? Message { get; init; }

        /// <summary>The place moves.</summary>
        public bool IsLive { get; init; }

        /// <summary>A further part of an album: it belongs to the one before, and needs no answer of its own.</summary>
        public bool IsMoreOfAlbum { get; init; }

        public override string ToString() => "(told)";
    }

    /// <param name="Turn">Of the question under which the button hangs.</param>
    public sealed record Pressed(int Turn, string Data) : Heard
    {
        public override string ToString() => "(press)";
    }
}

/// <summary>What is to be done, beside saving what was told.</summary>
public enum TellingResult
{
    /// <summary>Put the next question.</summary>
    Ask,

    Send,

    /// <summary>It was not meant: taken back, and over.</summary>
    Discard,

    /// <summary>Leave it as it is, and begin another one.</summary>
    Anew,

    /// <summary>Kept, and nothing to say.</summary>
    Quiet,

    /// <summary>The button is of an older question: nothing changes.</summary>
    Stale,
}

/// <param name="Remark">Key of what is said before the next question; null: nothing.</param>
public sealed record TellingTurn(Telling Next, TellingResult Result = TellingResult.Ask, string? Remark = null)
{
    /// <summary>Key of what is said of something that was not kept. Nothing else takes its place.</summary>
    public string? NotKept { get; init; }

    /// <summary>To be kept with the report.</summary>
    public IReadOnlyList<IncomingFile> Files { get; init; } = [];

    public override string ToString() => "(turn)";
}
