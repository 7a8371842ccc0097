using System.Text;
using System.Text.RegularExpressions;
using AlertBot.Channels.Signal;
using AlertBot.Domain.Channels;

namespace AlertBot.Tests.Channels;

public sealed partial class SignalTextTests
{
    [Fact]
    public void Styles_count_units_as_Signal_does()
    {
        var (plain, styles) = SignalText.Of(
            RichText.Of("👍 ") + RichText.Of("bold", TextStyle.Bold) + RichText.Of(" ") + RichText.Of("a", TextStyle.Italic)
            + RichText.Of("b", TextStyle.Strikethrough) + RichText.Of("c", TextStyle.Code) + RichText.Of("d", TextStyle.Spoiler));

        Assert.Equal("👍 bold abcd", plain);
        Assert.Equal(["3:4:BOLD", "8:1:ITALIC", "9:1:STRIKETHROUGH", "10:1:MONOSPACE", "11:1:SPOILER"], styles);
    }

    [Fact]
    public void A_plain_text_has_no_styles() => Assert.Equal(("Hello", null), SignalText.Of(RichText.Of("Hello")));

    [Fact]
    public void The_address_of_a_link_stands_behind_its_words_and_moves_what_follows()
    {
        var text = new RichText(
            "See the page and act now",
            [new TextSpan(4, 8, TextStyle.Link, "https://a.example"), new TextSpan(0, 16, TextStyle.Italic), new TextSpan(17, 3, TextStyle.Bold)]);

        var (plain, styles) = SignalText.Of(text);

        Assert.Equal("See the page (https://a.example) and act now", plain);
        Assert.Equal(["0:36:ITALIC", "37:3:BOLD"], styles);
        Assert.Equal("act", plain.Substring(37, 3));
    }

    [Fact]
    public void A_link_that_shows_its_address_is_not_written_twice()
    {
        var text = new RichText("https://a.example", [new TextSpan(0, 17, TextStyle.Link, "https://a.example")]);

        Assert.Equal(("https://a.example", null), SignalText.Of(text));
    }

    [Fact]
    public void Whatever_is_styled_stays_styled() => Property.ForAll(AnyText, input =>
    {
        var (plain, styles) = SignalText.Of(input);

        var marked = input.Spans.Where(span => span.Style == TextStyle.Bold && span.Length > 0).ToList();
        Assert.Equal(marked.Count, styles?.Count ?? 0);
        foreach (var (span, style) in marked.Zip(styles ?? []))
        {
            var parts = style.Split(':');
            var stretch = plain.Substring(int.Parse(parts[0], null), int.Parse(parts[1], null));
            Assert.Equal(input.Plain.Substring(span.Start, span.Length), Written().Replace(stretch, ""));
        }

        Assert.Equal(input.Plain, Written().Replace(plain, ""));
    });

#pragma warning disable CA5394 // a test's dice, not a secret
    private static RichText AnyText(Random dice)
    {
        var text = new StringBuilder();
        for (var length = dice.Next(1, 30); length > 0; length--)
            text.Append((char)dice.Next('a', 'z' + 1));

        // Links stand beside each other; a bold span may hold, cut or touch any of them.
        var spans = new List<TextSpan>();
        for (var at = dice.Next(5); at < text.Length; at += dice.Next(1, 8))
        {
            var length = dice.Next(1, Math.Min(5, text.Length - at + 1));
            spans.Add(new TextSpan(at, length, TextStyle.Link, "https://x.example"));
            at += length;
        }

        // Spans only nest: bold holds whole links or none.
        for (var tries = 0; tries < 3; tries++)
        {
            var start = dice.Next(text.Length);
            var bold = new TextSpan(start, dice.Next(0, text.Length - start + 1), TextStyle.Bold);
            if (spans.Where(span => span.Style == TextStyle.Link).All(link => link.End <= bold.Start || link.Start >= bold.End
                || (link.Start >= bold.Start && link.End <= bold.End)))
                spans.Add(bold);
        }

        return new RichText(text.ToString(), spans);
    }
#pragma warning restore CA5394

    [GeneratedRegex(@" \(https://x\.example\)")]
    private static partial Regex Written();
}
