using System.Text;
using AlertBot.Domain.Reports;

namespace AlertBot.Workflows.Reports;

/// <summary>What copies of one text have in common: its letters and digits, without case, spaces, signs and marks.</summary>
public static class TextPrint
{
    // Shorter texts ("they took him") are the same by chance.
    private const int Shortest = 40;

    /// <returns>Null when there is too little text to tell.</returns>
    public static string? Of(ReportContent content)
    {
        var text = string.Concat(content.Words.Take(1)).Normalize(NormalizationForm.FormKC);
        var kept = string.Concat(text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
        return kept.Length < Shortest ? null : kept;
    }
}
