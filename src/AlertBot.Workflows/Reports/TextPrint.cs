using System.Text;
using AlertBot.Domain.Reports;

namespace AlertBot.Workflows.Reports;

/// <summary>A text's print, which is equal for copies of it: letters and digits without case, spaces, signs and marks.</summary>
public static class TextPrint
{
    // Shorter texts ("they took him") agree by chance.
    private const int Shortest = 40;

    /// <returns>Null if the text is too short to tell.</returns>
    public static string? Of(ReportContent content)
    {
        var text = string.Concat(content.Words.Take(1)).Normalize(NormalizationForm.FormKC);
        var kept = string.Concat(text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
        return kept.Length < Shortest ? null : kept;
    }
}
