using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;

namespace AlertBot.Workflows.Cases;

/// <summary>Buttons that open a case by its code.</summary>
internal static class CaseChoices
{
    // More than a screen of them helps nobody: whoever has so many types the code.
    private const int Most = 24;
    private const int PerRow = 3;

    public static IReadOnlyList<IReadOnlyList<Choice>> Of(IEnumerable<CaseCode> codes, string prefix = "case") =>
        codes.Take(Most).Select(code => new Choice(code.Text, $"{prefix}:{code.Text}")).Chunk(PerRow).ToList();
}
