using System.Globalization;

namespace AlertBot.Domain.Channels;

/// <summary>Splits a text that is too long for one message, without losing any of it.</summary>
public static class MessageSplitter
{
    // A break this early would leave a message of one line and push the rest on. A less natural break later is better.
    private const double EarliestShare = 0.5;

    /// <summary>One message for each part: the first one is the reply, the last one has the buttons.</summary>
    public static IReadOnlyList<OutgoingMessage> Split(OutgoingMessage message, int max)
    {
        var parts = Split(message.Text, max);
        return parts.Count == 1
            ? [message]
            : [.. parts.Select((part, index) => message with
            {
                Text = part,
                ReplyTo = index == 0 ? message.ReplyTo : null,
                Choices = index == parts.Count - 1 ? message.Choices : null,
                AskLocation = index == parts.Count - 1 && message.AskLocation,
                File = index == 0 ? message.File : null,
            })];
    }

    /// <summary>
    /// Splits the text into parts of at most <paramref name="max"/> UTF-16 units, at the best place available: between paragraphs, lines, sentences
    /// or words, else between characters. Styles continue in the next part. Parts of white space alone are left out, since no messenger accepts them.
    /// </summary>
    public static IReadOnlyList<RichText> Split(RichText text, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 2);    // one character may take two units
        if (text.Plain.Length <= max)
            return [text];

        var parts = new List<RichText>();
        for (var start = 0; start < text.Plain.Length;)
        {
            var end = text.Plain.Length - start <= max ? text.Plain.Length : BreakBefore(text.Plain, start, start + max);
            if (!string.IsNullOrWhiteSpace(text.Plain[start..end]))
                parts.Add(Slice(text, start, end));
            start = end;
        }

        return parts.Count > 0 ? parts : [RichText.Of(text.Plain[..max])];
    }

    /// <summary>The end of the part that begins at <paramref name="start"/>. White space belongs to the part before it.</summary>
    private static int BreakBefore(string text, int start, int limit)
    {
        var earliest = start + (int)((limit - start) * EarliestShare);
        return Last(static (t, i) => t[i - 1] == '\n' && i >= 2 && t[i - 2] == '\n')
            ?? Last(static (t, i) => t[i - 1] == '\n')
            ?? Last(static (t, i) => char.IsWhiteSpace(t[i - 1]) && i >= 2 && t[i - 2] is '.' or '!' or '?' or '…' or ';' or '؟' or '。')
            ?? Last(static (t, i) => char.IsWhiteSpace(t[i - 1]) && t[i - 1] != '\u00a0')
            ?? BetweenCharacters(text, start, limit);

        int? Last(Func<string, int, bool> isBreak)
        {
            for (var i = limit; i > earliest; i--)
            {
                // A line break may be the second half of a pair, or carry a combining mark. These stay together.
                if (isBreak(text, i) && !Joins(text, i))
                    return i;
            }

            return null;
        }
    }

    private static bool Joins(string text, int index) =>
        index < text.Length && ((text[index - 1] == '\r' && text[index] == '\n')
            || CharUnicodeInfo.GetUnicodeCategory(text, index) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
                or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format);

    /// <summary>
    /// The end of the last whole character that fits, as a reader counts characters. A character longer than the message is split between code
    /// points.
    /// </summary>
    private static int BetweenCharacters(string text, int start, int limit)
    {
        var end = start;
        while (end < limit)
        {
            var next = end + StringInfo.GetNextTextElementLength(text, end);
            if (next > limit)
                break;
            end = next;
        }

        if (end > start)
            return end;
        return char.IsHighSurrogate(text[limit - 1]) && limit < text.Length && char.IsLowSurrogate(text[limit]) ? limit - 1 : limit;
    }

    private static RichText Slice(RichText text, int start, int end) => new(
        text.Plain[start..end],
        [.. text.Spans
            .Where(span => span.Start < end && span.End > start && span.Length > 0)
            .Select(span => span with
            {
                Start = Math.Max(span.Start, start) - start,
                Length = Math.Min(span.End, end) - Math.Max(span.Start, start),
            })]);
}
