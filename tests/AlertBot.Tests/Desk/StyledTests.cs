using AlertBot.Desk.Frame;
using AlertBot.Domain.Channels;
using Bunit;

namespace AlertBot.Tests.Desk;

/// <summary>Texts of the bot on a page.</summary>
public sealed class StyledTests : BunitContext
{
    [Fact]
    public void Styles_are_elements_also_one_within_the_other()
    {
        var text = new RichText("Call her lawyer now", [new(5, 10, TextStyle.Bold), new(9, 6, TextStyle.Italic)]);

        Shown(text).MarkupMatches("Call <strong>her </strong><strong><em>lawyer</em></strong> now");
    }

    [Fact]
    public void What_people_wrote_stays_text()
    {
        var shown = Shown(RichText.Of("<img src=x onerror=alert(1)>", TextStyle.Code));

        Assert.Empty(shown.FindAll("img"));
        Assert.Equal("<img src=x onerror=alert(1)>", shown.Find("code").TextContent);
    }

    [Fact]
    public void A_link_leads_nowhere_and_what_a_chat_hides_is_read()
    {
        var text = new RichText("Aliya, map", [new(0, 5, TextStyle.Spoiler), new(7, 3, TextStyle.Link, "https://example.org/51.1,71.4")]);

        Shown(text).MarkupMatches("Aliya, map");
    }

    private IRenderedComponent<Styled> Shown(RichText text) => Render<Styled>(styled => styled.Add(one => one.Text, text));
}
