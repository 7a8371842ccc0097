using System.Globalization;
using AlertBot.Domain.Channels;

namespace AlertBot.Tests.Channels;

public sealed class MessageSplitterTests
{
    [Fact]
    public void A_text_that_fits_stays_as_it_is()
    {
        var text = RichText.Of("short", TextStyle.Bold);

        Assert.Same(text, Assert.Single(MessageSplitter.Split(text, 5)));
    }

    [Theory]
    [InlineData("One two.\n\nThree four five", 18, "One two.\n\n|Three four five")]
    [InlineData("First line here\nSecond line", 20, "First line here\n|Second line")]
    [InlineData("It rains. We stay home tonight", 16, "It rains. |We stay home |tonight")]
    [InlineData("some words go here", 11, "some words |go here")]
    [InlineData("неделимоедлинноеслово", 10, "неделимоед|линноеслов|о")]
    public void It_breaks_where_a_reader_would_pause(string text, int max, string expected) =>
        Assert.Equal(expected, string.Join('|', MessageSplitter.Split(RichText.Of(text), max).Select(part => part.Plain)));

    [Fact]
    public void Characters_of_several_units_stay_whole()
    {
        var family = "👨‍👩‍👧‍👦";    // eleven units
        var parts = MessageSplitter.Split(RichText.Of(string.Concat(Enumerable.Repeat(family, 5))), 25);

        Assert.Equal([family + family, family + family, family], parts.Select(part => part.Plain));
    }

    [Fact]
    public void A_character_longer_than_a_message_is_still_never_cut_inside_a_pair()
    {
        foreach (var part in MessageSplitter.Split(RichText.Of("👨‍👩‍👧‍👦👨‍👩‍👧‍👦"), 4))
            Assert.Equal(part.Plain, new string(part.Plain.EnumerateRunes().SelectMany(rune => rune.ToString()).ToArray()));
    }

    [Fact]
    public void A_style_goes_on_in_the_next_part()
    {
        var text = RichText.Of("plain ") + RichText.Of("bold words that go on", TextStyle.Bold);

        var parts = MessageSplitter.Split(text, 17);

        Assert.Equal(["plain bold words ", "that go on"], parts.Select(part => part.Plain));
        Assert.Equal(new TextSpan(6, 11, TextStyle.Bold), Assert.Single(parts[0].Spans));
        Assert.Equal(new TextSpan(0, 10, TextStyle.Bold), Assert.Single(parts[1].Spans));
    }

    [Fact]
    public void Buttons_hang_on_the_last_part_and_the_first_answers()
    {
        var message = new OutgoingMessage(RichText.Of("one two three"), [[new Choice("Go", "go")]], ReplyTo: new MessageRef("7"));

        var parts = MessageSplitter.Split(message, 8);

        Assert.Equal(["one two ", "three"], parts.Select(part => part.Text.Plain));
        Assert.Equal([new MessageRef("7"), null], parts.Select(part => part.ReplyTo));
        Assert.Equal([false, true], parts.Select(part => part.Choices is not null));
    }

    [Fact]
    public void Nothing_is_lost_nothing_is_too_long_and_every_style_stays_on_its_words()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var text = AnyText(random);
            var max = random.Next(2, 60);

            var parts = MessageSplitter.Split(text, max);

            Assert.All(parts, part => Assert.InRange(part.Plain.Length, 0, max));
            Assert.All(parts, part => Assert.False(part.Plain.Length > 0 && char.IsLowSurrogate(part.Plain[0]), $"seed {seed}"));
            Assert.All(parts.SelectMany(part => part.Spans.Select(span => (part, span))), pair =>
                Assert.True(pair.span.Start >= 0 && pair.span.Length > 0 && pair.span.End <= pair.part.Plain.Length, $"seed {seed}"));
            Assert.Equal(Visible(text), string.Concat(parts.Select(Visible)));
        }
    }

    [Fact]
    public void Without_long_runs_of_white_space_the_parts_are_exactly_the_text()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var text = string.Join(' ', Enumerable.Range(0, 80).Select(_ => new string((char)random.Next('а', 'я'), random.Next(1, 12))));

            Assert.Equal(text, string.Concat(MessageSplitter.Split(RichText.Of(text), random.Next(20, 90)).Select(part => part.Plain)));
        }
    }

    /// <summary>Each visible character with the styles it carries, so that a lost character or a shifted span shows.</summary>
    private static string Visible(RichText text) => string.Concat(text.Plain.Select((c, i) => char.IsWhiteSpace(c)
        ? ""
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{(int)c:x}:{string.Concat(text.Spans.Where(s => s.Start <= i && i < s.End).Select(s => (int)s.Style).Order())};")));

    private static RichText AnyText(Random random)
    {
        string[] pieces =
        [
            "a", "слово", "سجن", " ", "  ", "\n", "\n\n", "\r\n", ". ", "! ", "👮",
            "👨‍👩‍👧‍👦", "é", "🇰🇿", "Qaraqalpaq", "\u00a0", "-",
        ];
        var plain = string.Concat(Enumerable.Range(0, random.Next(0, 60)).Select(_ => pieces[random.Next(pieces.Length)]));
        var spans = Enumerable.Range(0, random.Next(0, 5)).Where(_ => plain.Length > 0).Select(_ =>
        {
            var start = random.Next(plain.Length);
            return new TextSpan(start, random.Next(1, plain.Length - start + 1), (TextStyle)random.Next(5));
        });
        return new RichText(plain, [.. spans]);
    }
}
