using AlertBot.Desk.Cases;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Tests.Deadlines;
using Bunit;

namespace AlertBot.Tests.Desk;

/// <summary>Accounts that contradict each other, and what moves when one is corrected.</summary>
public sealed class CaseAccountsTests : BunitContext
{
    private readonly ReadPage _page = ReadPage.In("Asia/Almaty");

    [Fact]
    public void One_counts_and_every_other_can_be_preferred()
    {
        var told = Case.In("KZ").With("detention_start", "2026-03-01")
            .With("detention_start", "2026-03-02", but: one => one with { Preferred = false });
        var cards = Render<CaseAccounts>(accounts => accounts
            .Add(one => one.Page, _page).Add(one => one.Path, "/console/cases/K").Add(one => one.NameOf, _ => "somebody")
            .Add(one => one.Facts, [told.File.Events])).FindAll("li.card");

        Assert.Equal(["card calm", "card soon"], cards.Select(card => card.ClassName));
        Assert.Equal(_page.Say("desk.case.counts"), cards[0].QuerySelector(".badge")!.TextContent);
        Assert.Null(cards[0].QuerySelector("a.button"));
        Assert.Null(cards[1].QuerySelector(".badge"));
        Assert.Equal($"/console/cases/K/prefer/{told.Event(2).Value:N}", cards[1].QuerySelector("a.button")!.GetAttribute("href"));
    }

    [Fact]
    public void Before_it_is_saved_every_date_that_moves_is_listed_with_how_many_are_told()
    {
        var moves = Preview(3, RichText.Of("Release: 4 March → 5 March"), RichText.Of("Review: 11 March → 12 March"));

        Assert.Equal(
            ["Release: 4 March → 5 March", "Review: 11 March → 12 March"], moves.FindAll("li").Select(one => one.TextContent));
        Assert.Equal(_page.Say("desk.fact.told", ("count", 3)), moves.FindAll("p")[^1].TextContent);
    }

    [Fact]
    public void That_no_date_moves_is_said_too()
    {
        var stays = Preview(0);

        Assert.Equal(_page.Say("correct.no-date-moves"), stays.FindAll("p")[0].TextContent);
        Assert.Empty(stays.FindAll("ul"));
    }

    private IRenderedComponent<FactPreview> Preview(int told, params RichText[] lines) => Render<FactPreview>(preview => preview
        .Add(one => one.Page, _page).Add(one => one.Lines, lines).Add(one => one.Told, told));
}
