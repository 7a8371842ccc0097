using AlertBot.Domain.Channels;
using AlertBot.Domain.Reports;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Reports;

/// <summary>The files of a message that can be kept, and what to say about the others, since the reporter must not believe them kept.</summary>
/// <param name="NotKept">Text key about the others; null if all are kept.</param>
public sealed record FilesThatFit(IReadOnlyList<IncomingFile> Kept, string? NotKept)
{
    /// <summary>The largest file that a bot may download from Telegram, in bytes.</summary>
    public const long Largest = 20 << 20;

    /// <param name="before">How many the report already has.</param>
    public static FilesThatFit Of(IReadOnlyCollection<IncomingFile> files, int before)
    {
        var small = files.Where(file => file.Size is null or <= Largest).ToList();
        var kept = small.Take(Math.Max(0, Report.MostFiles - before)).ToList();
        return new FilesThatFit(
            kept, small.Count < files.Count ? "report.file-too-large" : kept.Count < small.Count ? "report.too-many-files" : null);
    }

    /// <summary>Says the first text, and then which files were not kept.</summary>
    public static RichText Said(string first, string missing, Talk talk) =>
        talk.Texts.Say(talk.Language, first) + RichText.Of("\n") + talk.Texts.Say(talk.Language, missing);

    public override string ToString() => "(files)";
}
