using System.Globalization;

namespace AlertBot.Domain.Channels;

/// <summary>Cuts a text to a length, between characters as people see them: never inside an emoji, or between a letter and its accent.</summary>
public static class Shortened
{
    /// <returns>At most that many UTF-16 units. A text that is cut ends with an ellipsis.</returns>
    public static string To(string text, int most) => text.Length <= most ? text : Plainly(text, most - 1) + "…";

    /// <summary>Cuts without adding an ellipsis.</summary>
    public static string Plainly(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var end = 0;
        while (end < text.Length && end + StringInfo.GetNextTextElementLength(text, end) is var next && next <= most)
            end = next;
        return text[..end];
    }
}
