using AlertBot.Desk.Cases;
using AlertBot.Domain.People;
using AlertBot.Tests.Deadlines;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Tests.Desk;

/// <summary>What happened, as the page of a case tells it.</summary>
public sealed class CaseHistoryTests : BunitContext
{
    private static readonly PersonId Me = PersonId.New();

    public CaseHistoryTests() => Services.AddSingleton<AntiforgeryStateProvider>(new NoToken());

    [Fact]
    public void Nothing_on_file_is_said()
    {
        var shown = Shown(Case.In("KZ"));

        Assert.Equal(ReadPage.In("Etc/UTC").Say("desk.case.history-none"), shown.Find(".empty").TextContent);
        Assert.Empty(shown.FindAll("table"));
    }

    [Theory]
    [InlineData("Europe/Warsaw", "06:00")]
    [InlineData("Asia/Almaty", null)]
    public void A_moment_is_told_by_the_clock_of_its_place_and_by_that_of_a_reader_elsewhere(string reader, string? mine)
    {
        var when = Shown(Case.In("KZ").With("detention_start", "2026-03-01T10:00"), reader).Find("tbody td");

        Assert.Contains("10:00", when.TextContent, StringComparison.Ordinal);
        Assert.Equal(mine is not null, when.QuerySelector(".muted") is not null);
        if (mine is not null)
            Assert.Contains(mine, when.QuerySelector(".muted")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_has_no_hour_that_could_be_told_elsewhere() => Assert.Empty(
        Shown(Case.In("KZ").With("detention_start", "2026-03-01"), "Europe/Warsaw").FindAll("tbody td:first-child .muted"));

    [Fact]
    public void What_was_taken_back_says_so_and_is_not_corrected_any_more()
    {
        var row = Shown(Case.In("KZ").With("detention_start", "2026-03-01", but: one => one with { IsWithdrawn = true })).Find("tbody tr");

        Assert.Equal(ReadPage.In("Etc/UTC").Say("desk.case.withdrawn"), Assert.Single(row.QuerySelectorAll(".badge")).TextContent);
        Assert.Empty(row.QuerySelectorAll("a.button, form"));
    }

    [Fact]
    public void Of_two_accounts_each_says_whether_it_counts()
    {
        var told = Case.In("KZ").With("detention_start", "2026-03-01", but: one => one with { ConfirmedBy = PersonId.New() });
        told = told.With("detention_start", "2026-03-02", but: one => one with { SameFactAs = told.Event(1), Preferred = false })
            .With("detention_start", "2026-03-03", but: one => one with { SameFactAs = told.Event(1), ConfirmedBy = PersonId.New() });
        var rows = Shown(told).FindAll("tbody tr");

        var page = ReadPage.In("Etc/UTC");
        Assert.Empty(rows[0].QuerySelectorAll(".badge.retracted"));
        Assert.Equal(page.Say("desk.case.other-account"), rows[1].QuerySelector(".badge.retracted")!.TextContent);
        Assert.Equal(page.Say("desk.case.preferred"), rows[2].QuerySelector(".badge.retracted")!.TextContent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_date_that_starts_a_clock_wants_a_second_person(bool isMine)
    {
        var row = Shown(Case.In("KZ").With(
            "detention_start", "2026-03-01", but: one => one with { RecordedBy = isMine ? Me : PersonId.New() })).Find("tbody tr");

        Assert.Equal(ReadPage.In("Etc/UTC").Say("case.unconfirmed"), row.QuerySelector(".badge.unverified")!.TextContent.Trim());
        Assert.Equal(isMine ? 0 : 1, row.QuerySelectorAll("form[action='/console/cases/K/confirm']").Length);
    }

    [Fact]
    public void A_long_history_shows_its_end_and_the_way_to_what_was_before()
    {
        var told = Enumerable.Range(0, 70).Aggregate(
            Case.In("KZ"), (all, number) => all.With("status_note", $"2025-{1 + (number / 28):00}-{1 + (number % 28):00}"));

        var latest = Shown(told);
        Assert.Equal(60, latest.FindAll("tbody tr").Count);
        Assert.Equal("/console/cases/K?until=10#history", latest.Find("a[href*='until']").GetAttribute("href"));
        Assert.Empty(latest.FindAll("a[href='/console/cases/K#history']"));

        var earlier = Shown(told, until: 10);
        Assert.Equal(10, earlier.FindAll("tbody tr").Count);
        Assert.Empty(earlier.FindAll("a[href*='until']"));
        Assert.Single(earlier.FindAll("a[href='/console/cases/K#history']"));
    }

    private IRenderedComponent<CaseHistory> Shown(Case told, string reader = "Asia/Almaty", int? until = null) => Render<CaseHistory>(
        history => history
        .Add(one => one.Page, ReadPage.In(reader, Me)).Add(one => one.Path, "/console/cases/K").Add(one => one.File, told.File)
        .Add(one => one.Deadlines, told.At(ReadPage.Noon)).Add(one => one.Until, until).Add(one => one.NameOf, _ => "somebody"));
}
