using System.Text;

namespace AlertBot.Domain.Channels;

/// <summary>
/// Text with styled spans, as messengers store it. Positions and lengths count UTF-16 units; spans may nest but not overlap. It contains no markup,
/// so nothing needs escaping.
/// </summary>
public sealed record RichText(string Plain, IReadOnlyList<TextSpan> Spans)
{
    public static readonly RichText Empty = new("", []);

    public static RichText Of(string plain) => new(plain, []);

    public static RichText Of(string plain, TextStyle style) => new(plain, plain.Length == 0 ? [] : [new TextSpan(0, plain.Length, style)]);

    public static RichText operator +(RichText left, RichText right) => new(
        left.Plain + right.Plain,
        [.. left.Spans, .. right.Spans.Select(span => span with { Start = span.Start + left.Plain.Length })]);

    public static RichText Join(string separator, IEnumerable<RichText> parts)
    {
        var plain = new StringBuilder();
        var spans = new List<TextSpan>();
        var isFirst = true;
        foreach (var part in parts)
        {
            plain.Append(isFirst ? "" : separator);
            isFirst = false;
            var start = plain.Length;
            spans.AddRange(part.Spans.Select(span => span with { Start = span.Start + start }));
            plain.Append(part.Plain);
        }

        return isFirst ? Empty : new RichText(plain.ToString(), spans);
    }

    // A text may hold a person's words.
    public override string ToString() => $"(text of {Plain.Length})";
}

/// <param name="Target">The address of a link; null for other styles.</param>
public sealed record TextSpan(int Start, int Length, TextStyle Style, string? Target = null)
{
    public int End => Start + Length;
}

public enum TextStyle
{
    Bold,
    Italic,
    Strikethrough,
    Code,
    Spoiler,
    Link,
}
