using AlertBot.Domain.Channels;

namespace AlertBot.Tests.Texts;

public sealed class MarkupTests
{
    [Theory]
    [InlineData("*bold*", "bold", "Bold:bold")]
    [InlineData("_italic_", "italic", "Italic:italic")]
    [InlineData("`code`", "code", "Code:code")]
    [InlineData("||hidden||", "hidden", "Spoiler:hidden")]
    [InlineData("[words](https://example.org/a_b*c)", "words", "Link:words->https://example.org/a_b*c")]
    [InlineData("a | b", "a | b", "")]
    [InlineData("`a*b_c`", "a*b_c", "Code:a*b_c")]
    [InlineData("\\*no\\* \\_ \\` \\[x\\] \\{y\\} \\\\ \\|\\|", "*no* _ ` [x] {y} \\ ||", "")]
    [InlineData("it's *Оʻ'q*", "it's Оʻ'q", "Bold:Оʻ'q")]
    public void Markup_becomes_style_and_leaves_no_sign_behind(string text, string plain, string stretch)
    {
        var said = Catalogs.Say(text);

        Assert.Equal(plain, said.Plain);
        Assert.Equal(stretch.Length == 0 ? [] : [stretch], Catalogs.Stretches(said));
    }

    [Fact]
    public void Styles_nest_and_the_outer_one_comes_first()
    {
        var said = Catalogs.Say("a *b _c_ [d](tg://resolve?domain=x)* e");

        Assert.Equal("a b c d e", said.Plain);
        Assert.Equal(["Bold:b c d", "Italic:c", "Link:d->tg://resolve?domain=x"], Catalogs.Stretches(said));
    }

    [Fact]
    public void Positions_count_UTF_16_units_as_messengers_do()
    {
        var said = Catalogs.Say("🕊️ *ё{name}*", ("name", "🧷"));

        Assert.Equal(["Bold:ё🧷"], Catalogs.Stretches(said));
        Assert.Equal(new TextSpan(4, 3, TextStyle.Bold), Assert.Single(said.Spans));
    }

    [Fact]
    public void A_value_that_has_style_keeps_it_where_it_is_put()
    {
        var said = Catalogs.Say("*{code}*: {what}.", ("code", "K-7F3Q"), ("what", RichText.Of("see ") + RichText.Of("this", TextStyle.Italic)));

        Assert.Equal("K-7F3Q: see this.", said.Plain);
        Assert.Equal(["Bold:K-7F3Q", "Italic:this"], Catalogs.Stretches(said));
    }

    [Fact]
    public void An_empty_value_leaves_no_style_and_at_the_end_no_empty_line()
    {
        var said = Catalogs.Say("Due *{kind}* soon\n_{banner}_\n", ("kind", ""), ("banner", ""));

        Assert.Equal("Due  soon", said.Plain);
        Assert.Empty(said.Spans);
    }

    [Fact]
    public void Space_that_a_value_ends_with_is_not_ours_to_drop() => Assert.Equal("x  ", Catalogs.Say("{a}  ", ("a", "x  ")).Plain);

    [Fact]
    public void A_link_takes_its_address_from_an_argument() =>
        Assert.Equal(["Link:open->https://t.me/b?start=1"], Catalogs.Stretches(Catalogs.Say("[open]({link})", ("link", "https://t.me/b?start=1"))));

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("no address")]
    [InlineData("https://a b")]
    [InlineData("file:///etc/passwd")]
    public void An_address_that_no_messenger_takes_is_shown_instead_of_linked(string address)
    {
        var said = Catalogs.Say("[open]({link})", ("link", address));

        Assert.Equal($"open ({address})", said.Plain);
        Assert.Empty(said.Spans);
    }

    [Theory]
    [InlineData("*open", "'*' is missing")]
    [InlineData("a _b* c_", "'_' would close across '*'")]
    [InlineData("*a _b* c_", "would close across '_'")]
    [InlineData("[words] (x)", "comes (address)")]
    [InlineData("[words](https://x", "')' is missing")]
    [InlineData("words](x)", "']' closes nothing")]
    [InlineData("`code", "'`' is missing")]
    [InlineData("||a|", "'||' is missing")]
    [InlineData("a } b", "'}' closes nothing")]
    [InlineData("{", "name of an argument")]
    [InlineData("{Name}", "name of an argument")]
    [InlineData("{name", "comes '}' or a comma")]
    [InlineData("{name, datum}", "'datum' is no way to read")]
    [InlineData("{name, date, long}", "only 'full' is known")]
    [InlineData("{name, word}", "is no way to read")]
    [InlineData("{name, word, }", "beginning of the keys")]
    [InlineData("{n, plural, one {day}}", "'other' of 'n' is missing")]
    [InlineData("{n, plural}", "comma and the cases")]
    [InlineData("{n, plural, one {a} one {b} other {c}}", "stands there twice")]
    [InlineData("{n, plural, =x {a} one {b} other {c}}", "'=x' is no number")]
    [InlineData("{n, plural, one {*a} other {b}}", "'*' is missing before '}'")]
    [InlineData("[a *b](x)", "'*' is missing before ']'")]
    [InlineData("*{n, plural, one {*a*} other {b}}*", "would close across '}'")]
    [InlineData("{n, select, a x other {b}}", "a word and its text in braces")]
    [InlineData("[w](a{n, plural, one {a} other {b}})", "nothing but words and arguments")]
    [InlineData("\\n", "a backslash stands before one of")]
    [InlineData("end\\", "a backslash stands before one of")]
    public void A_text_with_a_mistake_is_left_out_and_the_mistake_is_named(string text, string mistake)
    {
        var catalog = Catalogs.Of(("en", $"good: fine\nit: '{text}'"));

        var problem = Assert.Single(catalog.Problems);
        Assert.Equal(("en.yaml", 3), (problem.File, problem.Line));
        Assert.Contains(mistake, problem.Text, StringComparison.Ordinal);
        Assert.Equal("fine", catalog.Plain("en", "good"));
        Assert.False(catalog.Has("en", "it"));
    }
}
