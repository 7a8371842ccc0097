using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Time;
using AlertBot.Tests.Law;

namespace AlertBot.Tests.Deadlines;

/// <summary>A hand-over ends the clocks of the State that held the person and starts those of the other State. It does not close the case.</summary>
public sealed class HandOverTests
{
    private static readonly Case Held = Case.In("KZ", "UZ", "CIS", "UN").With("detention_start", "2024-03-26").With(
        "extradition_arrest_ordered", "2024-04-30")
        .With("extradition_decision", "2024-12-01");

    private static readonly Case Extradited = Held.With("extradited", "2024-12-10T09:00");

    [Fact]
    public void The_clocks_of_the_State_that_held_the_person_are_over_without_having_been_kept()
    {
        foreach (var rule in new[] { "KZ-EXTR-12M", "KZ-EXTR-APPEAL-10D", "CIS-MINSK-40D" })
        {
            var deadline = Extradited.One(rule, "2024-12-10T06:00:00Z");
            Assert.False(deadline.IsOpen);
            Assert.NotEqual(DeadlineState.Met, deadline.State);
        }
    }

    [Fact]
    public void The_clocks_of_the_other_State_begin_with_the_hand_over()
    {
        Assert.DoesNotContain(Held.At("2024-12-09"), deadline => deadline.RuleId.StartsWith("UZ", StringComparison.Ordinal));
        // A person handed over under an existing order is not in 48-hour detention.
        Assert.DoesNotContain(Extradited.At("2024-12-10T06:00:00Z"), deadline => deadline.RuleId == "UZ-DET-48H");
        Assert.Equal(("2024-12-19", "2024-12-20"), ShippedLaw.Ends(Extradited.One("UZ-CHARGE-10D", "2024-12-10T06:00:00Z").Limit));
        Assert.Equal(("2025-07-09", "2025-07-10"), ShippedLaw.Ends(Extradited.One("UZ-PRETRIAL-7M", "2024-12-10T06:00:00Z").Limit));
    }

    [Fact]
    public void They_begin_too_when_the_arrival_over_there_is_what_was_put_on_file()
    {
        var arrived = Held.InZone("Asia/Tashkent").With("extradited", "2024-12-10T09:00");

        Assert.Equal("2024-12-19", arrived.One("UZ-CHARGE-10D", "2024-12-10T06:00:00Z").Limit.Earliest.LocalText);
        Assert.False(arrived.One("KZ-EXTR-12M", "2024-12-10T06:00:00Z").IsOpen);
    }

    [Fact]
    public void They_do_not_begin_in_the_State_that_hands_over()
    {
        var other = Case.In("UZ", "KZ").InZone("Asia/Tashkent").With("detention_start", "2024-03-26").With("extradited", "2024-05-10T09:00");

        Assert.DoesNotContain(
            other.At("2024-05-10T06:00:00Z"), deadline => deadline.RuleId.StartsWith("UZ", StringComparison.Ordinal) && deadline.IsOpen);
    }

    [Fact]
    public void Committees_above_the_States_go_on() =>
        Assert.True(
            Case.In("KZ", "UZ", "UN").With("appeal_decided", "2024-11-01").With("extradited", "2024-12-10").One("UN-HRC-5Y", "2024-12-11").IsOpen);

    [Fact]
    public void The_case_stays_open_and_the_person_is_held()
    {
        Assert.Equal(CaseStatus.Open, CaseProgress.StatusAfter(Extradited.File.Events));
        Assert.Equal("extradited", CaseProgress.HeldSince(Timeline.Of(Extradited.File.Events))?.Kind.Code);
    }

    [Fact]
    public void A_hand_over_known_by_its_month_runs_the_long_clock_and_asks_for_the_day()
    {
        // Extradited "in December 2024": nothing more is on record.
        var vague = Case.In("KZ", "UZ").With("extradited", "2024-12", Precision.Month);

        Assert.Equal(("2025-06-30", "2025-07-31"), ShippedLaw.Ends(vague.One("UZ-PRETRIAL-7M", "2025-01-05").Limit));
        Assert.DoesNotContain(vague.At("2025-01-05"), deadline => deadline.RuleId == "UZ-DET-48H");
        Assert.Contains(vague.At("2025-01-05"), deadline => deadline.RuleId == "confirm");
    }

    [Fact]
    public void A_hand_over_that_was_set_and_failed_is_no_hand_over()
    {
        var set = Held.With("handover_date_set", "2024-12-05", but: @event => @event with { Sets = ShippedLaw.At("2024-12-10") });
        var failed = set.With("handover_failed", "2024-12-10");

        Assert.Equal(DeadlineKind.UrgentAction, set.One("date", "2024-12-06").Kind);
        Assert.Equal(DeadlineState.Cancelled, failed.One("date", "2024-12-11").State);
        Assert.True(failed.One("KZ-EXTR-12M", "2024-12-11").IsOpen);
        Assert.DoesNotContain(failed.At("2024-12-11"), deadline => deadline.RuleId.StartsWith("UZ", StringComparison.Ordinal));
    }
}
