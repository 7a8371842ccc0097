using System.Globalization;
using System.Text;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;

namespace AlertBot.Tests.Texts;

/// <summary>What people outside write stays text, and stays where it was put.</summary>
public sealed class HostileValueTests
{
    [Theory]
    [InlineData("*bold* _it_ `code` ||x|| [click](https://evil.example)")]
    [InlineData("{code} {n, plural, other {#}} {")]
    [InlineData("<b>x</b> &amp; \\* %s ${x}")]
    [InlineData("' or 1=1 --")]
    public void Markup_and_placeholders_in_a_value_stay_as_they_are(string value)
    {
        var said = Catalogs.Say("*{name}* was taken", ("name", value));

        Assert.Equal(value + " was taken", said.Plain);
        Assert.Equal(new TextSpan(0, value.Length, TextStyle.Bold), Assert.Single(said.Spans));
    }

    [Fact]
    public void A_value_in_Arabic_script_is_isolated_so_that_it_cannot_turn_our_words_around() =>
        Assert.Equal("(\u2068محمد\u2069) 12", Catalogs.Say("({name}) 12", ("name", "محمد")).Plain);

    [Fact]
    public void Overrides_and_hidden_characters_are_taken_out_and_the_rest_is_isolated() =>
        Assert.Equal("\u2068abcdef\u2069!", Catalogs.Say("{name}!", ("name", "a\u202eb\u200bc\u2066d\u0007e\ufeff\u00adf\u2069")).Plain);

    [Theory]
    [InlineData("Nukus\n\n✅ Verified by a coordinator")]
    [InlineData("Nukus\r\n\r\n✅ Verified by a coordinator")]
    [InlineData("Nukus\u2028\u2029✅ Verified by a coordinator")]
    public void A_name_cannot_begin_a_line_that_looks_like_ours(string value) =>
        Assert.Equal("Place: Nukus  ✅ Verified by a coordinator.", Catalogs.Say("Place: {place}.", ("place", value)).Plain);

    [Fact]
    public void What_somebody_told_keeps_its_lines_where_the_text_says_so_and_each_line_has_its_own_isolate()
    {
        Assert.Equal("They said:\none\n\ntwo", Catalogs.Say("They said:\n{text, lines}", ("text", "one\r\n\r\ntwo")).Plain);
        Assert.Equal("They said:\n\u2068one\u2069\n\n\u2068سلام\u2069", Catalogs.Say("They said:\n{text, lines}", ("text", "one\n\nسلام")).Plain);
    }

    [Theory]
    [InlineData("👨\u200d👩\u200d👧")]
    [InlineData("می\u200cخواهم")]
    public void Joiners_stay_where_they_mean_something(string value) =>
        Assert.Contains(value, Catalogs.Say("{name}", ("name", value)).Plain, StringComparison.Ordinal);

    [Theory]
    [InlineData("ad\u200dmin")]
    [InlineData("ад\u200cмин")]
    public void Joiners_between_letters_that_never_join_are_taken_out(string value) =>
        Assert.DoesNotContain(value, Catalogs.Say("{name}", ("name", value)).Plain, StringComparison.Ordinal);

    [Fact]
    public void Half_a_character_becomes_the_sign_for_a_broken_one() =>
        Assert.Equal("a\ufffdb", Catalogs.Say("{name}", ("name", "a\ud83db")).Plain);

    [Fact]
    public void A_code_from_outside_reaches_only_the_words_of_its_own_kind()
    {
        var catalog = Catalogs.Of(("en", "it: \"{kind, word, event}\"\nevent.release: release\nevent.ask: \"{kind}\"\nsecret: shown to nobody"));

        Assert.Equal("release", catalog.Plain("en", "it", ("kind", "release")));
        Assert.Equal("../secret", catalog.Plain("en", "it", ("kind", "../secret")));
        Assert.Equal("*x*", catalog.Plain("en", "it", ("kind", "*x*")));
    }

    [Fact]
    public void The_name_of_a_person_goes_in_as_its_mask() =>
        Assert.Equal("(name)", Catalogs.Say("{name}", ("name", new PersonName("Somebody Invented"))).Plain);

    [Fact]
    public void Whatever_a_value_is_it_appears_whole_and_every_stretch_stays_inside_the_text()
    {
        var catalog = Catalogs.OneText("Before *{value} _and {value}_* after {value, lines} ||{value}||.");

        Property.ForAll(AnyText, value =>
        {
            var said = catalog.Say("en", "it", ("value", value));

            Assert.All(said.Spans, span => Assert.InRange(span.Start, 0, said.Plain.Length - 1));
            Assert.All(said.Spans, span => Assert.InRange(span.End, span.Start + 1, said.Plain.Length));

            var seen = Seen(value);
            Assert.Equal($"Before{seen}and{seen}after{seen}{seen}.", Seen(said.Plain));
            Assert.Equal(seen + "and" + seen, Seen(said.Plain.Substring(said.Spans[0].Start, said.Spans[0].Length)));
            Assert.StartsWith("Before ", said.Plain, StringComparison.Ordinal);
            Assert.EndsWith(".", said.Plain, StringComparison.Ordinal);

            Assert.Equal(said.Plain.Count(c => c == '\u2068'), said.Plain.Count(c => c == '\u2069'));
            Assert.DoesNotContain(said.Plain, c => c is '\u202a' or '\u202b' or '\u202d' or '\u202e' or '\u2066' or '\u2067' or '\u200b' or '\ufeff');
        });
    }

    // What a reader sees, told apart by other means than the code's: no white space, no controls, half characters as replaced.
    private static string Seen(string text) => string.Concat(text.EnumerateRunes()
        .Where(rune => !Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format)));

#pragma warning disable CA5394 // dice, not secrets
    private static string AnyText(Random random)
    {
        string[] pieces =
        [
            "a", "Я", "ё", "ә", "*", "_", "`", "||", "[", "](", ")", "{", "}", "{value}", "#", "\\",
            "\n", "\r\n", "\t", " ", "\u00a0", "\u200b", "\u200d", "\u200c", "\u202e", "\u2066",
            "\u2069", "\ufeff", "\0", "\u001b", "\u0085", "א", "م", "🧷", "👩\u200d👧", "\ud83d", "\udc00", "e\u0301", "\U000E0041", "<b>", "&", "'",
        ];
        return string.Concat(Enumerable.Range(0, random.Next(0, 12)).Select(_ =>
            random.Next(4) == 0 ? ((char)random.Next(1, 0xFFFF)).ToString() : pieces[random.Next(pieces.Length)]));
    }
#pragma warning restore CA5394
}
