using AlertBot.Desk.Frame;
using AlertBot.Tests.Law;
using Bunit;
using NodaTime;

namespace AlertBot.Tests.Desk;

/// <summary>The drawing of dates: a hundred days, of which each is one in a hundred of its width.</summary>
public sealed class TimeLineTests : BunitContext
{
    private static readonly Instant From = Instant.FromUtc(2026, 3, 1, 0, 0);

    [Fact]
    public void A_date_with_two_ends_is_a_bar_from_the_earliest_to_the_latest()
    {
        var bar = Drawn(Row(10, 30)).Find("li rect");

        Assert.Equal(("10%", "20%", "soon"), (bar.GetAttribute("x"), bar.GetAttribute("width"), bar.ClassName));
    }

    [Fact]
    public void A_date_of_one_moment_is_a_point()
    {
        var drawn = Drawn(Row(25, 25));

        Assert.Equal("25%", drawn.Find("li circle").GetAttribute("cx"));
        Assert.Empty(drawn.FindAll("li rect"));
    }

    [Fact]
    public void What_lies_beyond_the_drawing_ends_at_its_edge_and_the_shortest_bar_is_seen()
    {
        var bars = Drawn(Row(-20, 40), Row(90, 300), Row(50, 50.2)).FindAll("li rect");

        Assert.Equal(["0%", "90%", "50%"], bars.Select(bar => bar.GetAttribute("x")));
        Assert.Equal(["40%", "10%", "1%"], bars.Select(bar => bar.GetAttribute("width")));
    }

    [Fact]
    public void Today_is_a_line_through_every_row()
    {
        var lines = Drawn(Row(10, 30), Row(40, 40)).FindAll("li line.today");

        Assert.Equal(["5%", "5%"], lines.Select(line => line.GetAttribute("x1")));
        Assert.Equal(["5%", "5%"], lines.Select(line => line.GetAttribute("x2")));
    }

    [Theory]
    [InlineData("Etc/UTC", "12.03", "11%")]
    // At midnight UTC it is five in the morning there, and seven in the evening before, with four hours to UTC from 8 March on.
    [InlineData("Asia/Almaty", "12.03", "10.79%")]
    [InlineData("America/New_York", "11.03", "10.17%")]
    public void The_axis_counts_by_the_days_of_the_place(string zone, string first, string at)
    {
        var axis = Drawn(ShippedLaw.Zone(zone), Row(10, 30)).FindAll(".axis text");

        Assert.Equal((first, at), (axis[0].TextContent, axis[0].GetAttribute("x")));
    }

    [Theory]
    [InlineData(3, "2.03", "3.03")]
    [InlineData(360, "4.2026", "7.2026", "10.2026", "1.2027")]
    [InlineData(1500, "1.2027", "1.2028", "1.2029", "1.2030")]
    public void However_long_the_line_its_labels_stand_apart(int days, params string[] labels) =>
        Assert.Equal(labels, Drawn(days, DateTimeZone.Utc, Row(0, 2)).FindAll(".axis text").Select(text => text.TextContent));

    [Fact]
    public void A_line_of_any_length_has_some_labels_and_never_too_many() => Assert.All(Enumerable.Range(1, 300), weeks =>
        Assert.InRange(Drawn(weeks * 7, DateTimeZone.Utc, Row(0, 2)).FindAll(".axis text").Count, 1, 10));

    [Fact]
    public void A_date_is_said_in_words_too_and_leads_to_its_case_where_there_is_one()
    {
        var drawn = Drawn(Row(10, 30), Row(10, 30) with { Href = null });

        Assert.Equal("/console/cases/K-7F3Q", drawn.Find("li a").GetAttribute("href"));
        Assert.Single(drawn.FindAll("li a"));
        Assert.Equal(["K-7F3Q", "K-7F3Q"], drawn.FindAll("li a, li strong").Select(one => one.TextContent));
        Assert.All(drawn.FindAll("li"), one => Assert.Contains("11 to 31 March", one.TextContent, StringComparison.Ordinal));
    }

    private IRenderedComponent<TimeLine> Drawn(params TimeLineRow[] rows) => Drawn(DateTimeZone.Utc, rows);

    private IRenderedComponent<TimeLine> Drawn(DateTimeZone zone, params TimeLineRow[] rows) => Drawn(100, zone, rows);

    private IRenderedComponent<TimeLine> Drawn(int days, DateTimeZone zone, params TimeLineRow[] rows) => Render<TimeLine>(line => line
        .Add(one => one.From, From).Add(one => one.Until, From + Duration.FromDays(days)).Add(one => one.Today, From + Duration.FromDays(5))
        .Add(one => one.Zone, zone).Add(one => one.Rows, rows));

    private static TimeLineRow Row(double earliest, double latest) => new(
        "K-7F3Q", "/console/cases/K-7F3Q", "release", "11 to 31 March", From + Duration.FromDays(earliest), From + Duration.FromDays(latest), "soon");
}
