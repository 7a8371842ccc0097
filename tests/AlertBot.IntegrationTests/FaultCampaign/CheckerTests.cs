extern alias faults;

using AlertBot.Domain.Alerts;
using faults::AlertBot.Faults.Checking;

namespace AlertBot.IntegrationTests.FaultCampaign;

/// <summary>The checker of the fault campaign finds what it is there to find.</summary>
public sealed class CheckerTests
{
    private const long Chat = 7;
    private const long Other = 8;

    private static readonly Fact First = new("[f0]", 0, Severity.Critical, [Chat]);
    private static readonly Fact Second = new("[f1]", 1, Severity.Critical, [Chat]);

    [Xunit.Fact]
    public void All_is_well_when_each_is_shown_once_and_in_order() =>
        Assert.Equivalent(new Findings(2, 0, 0, 0, []), Check([First, Second], [Shown("[f0]", 1, 0), Shown("[f1]", 2, 1)]));

    [Xunit.Fact]
    public void What_is_not_shown_is_lost()
    {
        var found = Check([First, Second], [Shown("[f1]", 1, 0)]);
        Assert.Equal((1, "[f0] in 7 is lost"), (found.Lost, Assert.Single(found.Problems)));
    }

    [Xunit.Fact]
    public void What_was_given_up_is_not_lost_if_somebody_was_told()
    {
        var told = Checker.Check([First], [], [], [new GivenUp(Chat, "[f0]", IsTold: true)]);
        Assert.Equal((0, 1, 0), (told.Lost, told.GivenUp, told.Problems.Count));
        Assert.Single(Checker.Check([First], [], [], [new GivenUp(Chat, "[f0]", IsTold: false)]).Problems);
    }

    [Xunit.Fact]
    public void A_repeat_needs_its_mark_and_a_disturbance_between()
    {
        Showing[] marked = [Shown("[f0]", 1, 0), Shown("[f0]", 2, 3, isMarked: true)];
        Assert.Empty(Check([First], marked, new Disturbance(TimeSpan.FromSeconds(1), Chat)).Problems);
        Assert.Empty(Check([First], marked, new Disturbance(TimeSpan.FromSeconds(1), null)).Problems);

        Assert.Single(Check([First], marked).Problems);
        Assert.Single(Check([First], marked, new Disturbance(TimeSpan.FromSeconds(1), Other)).Problems);
        Assert.Single(Check([First], marked, new Disturbance(TimeSpan.FromSeconds(9), Chat)).Problems);
        Assert.Single(Check([First], [marked[0], marked[1] with { IsMarked = false }], new Disturbance(TimeSpan.FromSeconds(1), Chat)).Problems);
    }

    [Xunit.Fact]
    public void A_disturbance_explains_no_repeat_of_what_had_arrived_long_before() =>
        Assert.Single(Check(
            [First], [Shown("[f0]", 1, 0), Shown("[f0]", 2, 100, isMarked: true)], new Disturbance(TimeSpan.FromSeconds(99), Chat)).Problems);

    [Xunit.Fact]
    public void A_later_one_before_an_earlier_one_is_out_of_order_unless_the_earlier_is_a_marked_repeat()
    {
        Assert.Equal(
            "[f0] in 7 came after a later one", Assert.Single(Check([First, Second], [Shown("[f1]", 1, 0), Shown("[f0]", 2, 1)]).Problems));
        Assert.Empty(Check(
            [First, Second], [Shown("[f1]", 1, 0), Shown("[f0]", 2, 1, isMarked: true)], new Disturbance(TimeSpan.Zero, Chat)).Problems);
        Assert.Empty(Check([First with { Severity = Severity.Notice }, Second], [Shown("[f1]", 1, 0), Shown("[f0]", 2, 1)]).Problems);
    }

    [Xunit.Fact]
    public void What_was_never_raised_there_is_found() =>
        Assert.Equal(
            "[f0] in 8 was never raised",
            Assert.Single(Check([First], [Shown("[f0]", 1, 0), Shown("[f0]", 1, 0) with { Chat = Other }]).Problems));

    private static Findings Check(Fact[] facts, Showing[] showings, params Disturbance[] disturbances) =>
        Checker.Check(facts, showings, disturbances, []);

    private static Showing Shown(string mark, long message, double seconds, bool isMarked = false) =>
        new(Chat, mark, message, TimeSpan.FromSeconds(seconds), isMarked);
}
