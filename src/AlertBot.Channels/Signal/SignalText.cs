using System.Globalization;
using System.Text;
using AlertBot.Domain.Channels;

namespace AlertBot.Channels.Signal;

/// <summary>
/// A text in signal-cli's form: plain text and styles as <c>start:length:STYLE</c> in UTF-16 units. Signal cannot put a link behind words, so the
/// address follows them.
/// </summary>
internal static class SignalText
{
    public static (string Plain, IReadOnlyList<string>? Styles) Of(RichText text)
    {
        var plain = new StringBuilder(text.Plain);
        var links = text.Spans.Where(span => span.Style == TextStyle.Link && NeedsWriting(text, span)).OrderByDescending(span => span.End).ToList();

        // Inserts from the end, so that earlier positions stay valid.
        foreach (var link in links)
            plain.Insert(link.End, Written(link));

        var styles = text.Spans.Where(span => span.Length > 0 && NameOf(span.Style) is not null).Select(span =>
        {
            var start = span.Start + links.Where(link => link.End <= span.Start).Sum(link => Written(link).Length);
            var length = span.Length + links.Where(link => link.End > span.Start && link.End < span.End).Sum(link => Written(link).Length);
            return string.Create(CultureInfo.InvariantCulture, $"{start}:{length}:{NameOf(span.Style)}");
        }).ToList();
        return (plain.ToString(), styles.Count > 0 ? styles : null);
    }

    private static string Written(TextSpan link) => $" ({link.Target})";

    private static bool NeedsWriting(RichText text, TextSpan link) =>
        link is { Length: > 0, Target.Length: > 0 } && text.Plain.Substring(link.Start, link.Length) != link.Target;

    private static string? NameOf(TextStyle style) => style switch
    {
        TextStyle.Bold => "BOLD",
        TextStyle.Italic => "ITALIC",
        TextStyle.Strikethrough => "STRIKETHROUGH",
        TextStyle.Code => "MONOSPACE",
        TextStyle.Spoiler => "SPOILER",
        _ => null,
    };
}
