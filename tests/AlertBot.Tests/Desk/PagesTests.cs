using AlertBot.Desk.Frame;
using Bunit;

namespace AlertBot.Tests.Desk;

/// <summary>The way to the pages before and after: twenty a page.</summary>
public sealed class PagesTests : BunitContext
{
    [Fact]
    public void What_stands_on_one_page_needs_no_way() => Assert.Empty(Shown(skip: 0, isMore: false).Markup.Trim());

    [Theory]
    [InlineData(0, true, null, "/console/cases?from=20")]
    [InlineData(20, true, "/console/cases?from=0", "/console/cases?from=40")]
    [InlineData(40, false, "/console/cases?from=20", null)]
    // Somebody wrote the address by hand.
    [InlineData(7, false, "/console/cases?from=0", null)]
    public void Each_leads_to_the_one_before_and_the_one_after_it(int skip, bool isMore, string? before, string? after)
    {
        var shown = Shown(skip, isMore);

        Assert.Equal(before, shown.FindAll("a[rel=prev]").SingleOrDefault()?.GetAttribute("href"));
        Assert.Equal(after, shown.FindAll("a[rel=next]").SingleOrDefault()?.GetAttribute("href"));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("40", 40)]
    [InlineData("-1", 0)]
    [InlineData("4e3", 0)]
    [InlineData("99999999999999999999", 0)]
    [InlineData("9999999999", 1_000_000)]
    public void Whatever_the_address_says_a_page_is_shown(string? asked, int skip) => Assert.Equal(skip, Pages.Within(asked));

    private IRenderedComponent<Pages> Shown(int skip, bool isMore) => Render<Pages>(pages => pages
        .Add(one => one.Page, ReadPage.In("Asia/Almaty")).Add(one => one.Path, "/console/cases").Add(one => one.Name, "from")
        .Add(one => one.Skip, skip).Add(one => one.Size, 20).Add(one => one.IsMore, isMore));
}
