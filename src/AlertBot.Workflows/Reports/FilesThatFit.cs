using AlertBot.Domain.Channels;
using AlertBot.Domain.Reports;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Reports;

/// <summary>Of the files that somebody sent, those that can be kept; and what is said of the others, since nobody may believe them kept.</summary>
/// <param name="NotKept">Key of that; null: all are kept.</param>
public sealed record FilesThatFit(IReadOnlyList<IncomingFile> Kept, string? NotKept)
{
    /// <summary>What Telegram lets a bot fetch, in bytes.</summary>
    public const long Largest = 20 << 20;

    /// <param name="before">How many the report has already.</param>
    public static FilesThatFit Of(IReadOnlyCollection<IncomingFile> files, int before)
    {
        var small = files.Where(file => file.Size is null or <= Largest).ToList();
        var kept = small.Take(Math.Max(0, Report.MostFiles - before)).ToList();
        return new FilesThatFit(
            kept, small.Count < files.Count ? "report.file-too-large" : kept.Count < small.Count ? "report.too-many-files" : null);
    }

    /// <summary>What is said of all, and then of what was not kept.</summary>
    public static RichText Said(string first, string missing, Talk talk) =>
        talk.Texts.Say(talk.Language, first) + RichText.Of("\n") + talk.Texts.Say(talk.Language, missing);

    public override string ToString() => "(files)";
}
