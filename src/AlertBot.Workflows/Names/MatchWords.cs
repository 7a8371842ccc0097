using AlertBot.Domain.Channels;
using AlertBot.Domain.Names;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Names;

/// <summary>A possible match in one line: code, chance and reason. It shows the letters that were equated, never a registered name.</summary>
public static class MatchWords
{
    public static RichText Of(string code, double score, IReadOnlyCollection<NameReason> why, string language, TextCatalog texts) => texts.Say(
        language, "find.line", ("code", code), ("band", NameBands.Of(score, why)), ("percent", (int)Math.Round(score * 100)),
        ("why", RichText.Join(", ", why.Select(reason => Why(reason, language, texts)))));

    private static RichText Why(NameReason reason, string language, TextCatalog texts) => texts.Say(
        language, "find.why", ("part", Words.Snake(reason.Part.ToString())), ("difference", Words.Snake(reason.Difference.ToString())),
        ("letters", reason.Letters.Length == 0 ? "" : $" ({reason.Letters})"));
}
