using System.Globalization;

namespace AlertBot.Domain.Channels;

/// <summary>A text cut to a length, between characters as people see them: never through an emoji, or a letter and its accent.</summary>
public static class Shortened
{
    /// <returns>At most so many UTF-16 units. What is cut ends with an ellipsis.</returns>
    public static string To(string text, int most) => text.Length <= most ? text : Plainly(text, most - 1) + "…";

    /// <summary>The same without a sign that something is missing.</summary>
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
