using AlertBot.Desk.People;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace AlertBot.Tests.Desk;

/// <summary>The rota as weeks.</summary>
public sealed class RotaTests : BunitContext
{
    private static readonly (PersonId Anna, PersonId Marta) People = (PersonId.New(), PersonId.New());

    private readonly ReadPage _page = ReadPage.In("Asia/Almaty", People.Anna);

    public RotaTests() => Services.AddSingleton<AntiforgeryStateProvider>(new NoToken());

    [Fact]
    public void Without_anybody_it_warns_and_offers_to_join()
    {
        var shown = Shown(Plan([]));

        Assert.Equal(_page.Say("oncall.nobody"), shown.Find("p.warn").TextContent);
        Assert.Empty(shown.FindAll("table, #away"));
        Assert.Equal(_page.Say("desk.people.join"), shown.Find("form[action='/console/people/rota'] button").TextContent);
    }

    [Fact]
    public void Two_take_turns_week_by_week()
    {
        var shown = Shown(Plan([People.Anna, People.Marta]));

        Assert.Equal([0, 2, 4], DutyOf(shown, 0));
        Assert.Equal([1, 3, 5], DutyOf(shown, 1));
        Assert.Empty(shown.FindAll("p.warn"));
        Assert.Equal(_page.Say("desk.people.leave"), shown.Find("form[action='/console/people/rota'] button").TextContent);
    }

    [Fact]
    public void Only_who_is_not_first_can_be_moved_up() => Assert.Equal(
        [People.Marta.Value.ToString("N")],
        Shown(Plan([People.Anna, People.Marta])).FindAll("form[action='/console/people/rota/up'] input[name=person]")
            .Select(one => one.GetAttribute("value")));

    [Fact]
    public void A_hand_over_is_told_by_every_clock_of_its_people()
    {
        var heads = Shown(Plan([People.Anna])).FindAll("thead th").Skip(1).ToList();

        Assert.Equal(6, heads.Count);
        Assert.All(heads, head => Assert.Equal(2, head.QuerySelectorAll("span").Length));
        Assert.All(heads, head => Assert.NotEqual(head.QuerySelectorAll("span")[0].TextContent, head.QuerySelectorAll("span")[1].TextContent));
    }

    [Fact]
    public void A_week_in_which_all_are_away_is_a_gap_that_is_warned_of()
    {
        var away = new Absence(AbsenceId.New(), People.Anna, ReadPage.Noon + Duration.FromDays(14), ReadPage.Noon + Duration.FromDays(16));
        var shown = Shown(Plan([People.Anna], away));

        Assert.Equal(_page.Say("desk.people.gap"), shown.Find("p.warn").TextContent);
        Assert.Single(shown.FindAll("form[action='/console/people/back']"));
    }

    private static List<int> DutyOf(IRenderedComponent<Rota> shown, int person) => shown.FindAll("tbody tr")[person].QuerySelectorAll("td")
        .Select((cell, week) => (cell.ClassName, week)).Where(one => one.ClassName == "duty").Select(one => one.week).ToList();

    private static DutyPlan Plan(IReadOnlyList<PersonId> everybody, params Absence[] absences) =>
        new(everybody, absences, IncidentPolicy.Usual, ReadPage.Noon);

    private IRenderedComponent<Rota> Shown(DutyPlan plan) => Render<Rota>(rota => rota
        .Add(one => one.Page, _page).Add(one => one.Plan, plan).Add(one => one.NameOf, person => person == People.Anna ? "Anna" : "Marta")
        .Add(one => one.Zones, [DateTimeZoneProviders.Tzdb["Asia/Almaty"], DateTimeZoneProviders.Tzdb["Europe/Warsaw"]]));
}
