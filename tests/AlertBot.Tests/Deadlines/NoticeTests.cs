using AlertBot.Domain.Deadlines;
using AlertBot.Tests.Law;
using NodaTime;

namespace AlertBot.Tests.Deadlines;

/// <summary>A decision has three dates: decided, served, known. Clocks run from each, and people are warned by the earliest.</summary>
public sealed class NoticeTests
{
    private static readonly Case Refused = Case.In("KZ").With("asylum_refused", "2023-07-31");

    [Fact]
    public void A_refusal_of_31_July_known_on_14_August_shows_both_dates_and_the_days_lost()
    {
        var known = Refused.With("decision_became_known", "2023-08-14");

        var complaint = known.One("KZ-ADM-COMPLAINT-3M", "2023-08-15");

        Assert.Equal(("2023-10-31", "2023-11-14"), ShippedLaw.Ends(complaint.Limit));
        Assert.Equal("14", Argument(complaint, "law.step.days-lost"));
        Assert.Equal("2023-08-14", Argument(complaint, "law.step.known"));
        Assert.Equal(complaint.Limit.Earliest.Instant, Case.Utc("2023-10-31T18:00:00Z"));
    }

    [Fact]
    public void It_is_the_same_whether_the_day_is_on_the_decision_or_an_event_of_its_own()
    {
        var field = Refused.Corrected(1, @event => @event with { Known = new LocalDate(2023, 8, 14) });

        Assert.Equal(
            ShippedLaw.Ends(Refused.With("decision_became_known", "2023-08-14").One("KZ-ADM-COMPLAINT-3M", "2023-08-15").Limit),
            ShippedLaw.Ends(field.One("KZ-ADM-COMPLAINT-3M", "2023-08-15").Limit));
    }

    [Fact]
    public void Between_both_dates_it_may_be_too_late_and_only_after_the_second_it_is()
    {
        var known = Refused.With("decision_became_known", "2023-08-14");

        Assert.Equal(DeadlineState.Due, known.One("KZ-ADM-COMPLAINT-3M", "2023-11-05").State);
        Assert.Equal(DeadlineState.Missed, known.One("KZ-ADM-COMPLAINT-3M", "2023-11-15").State);
    }

    [Fact]
    public void Served_and_known_are_two_days_and_the_later_is_still_arguable()
    {
        var both = Refused.With("decision_served", "2023-08-07").With("decision_became_known", "2023-08-14");

        var complaint = both.One("KZ-ADM-COMPLAINT-3M", "2023-08-15");

        Assert.Equal(("2023-10-31", "2023-11-14"), ShippedLaw.Ends(complaint.Limit));
        Assert.Equal("2023-08-07", Argument(complaint, "law.step.served"));
    }

    [Fact]
    public void Of_a_decision_whose_day_is_unknown_the_day_it_became_known_starts_the_clock_in_the_zone_of_its_State()
    {
        var undated = Case.In("KZ").With("extradition_decision", null, but: @event => @event with { Known = new LocalDate(2024, 5, 10) });

        var appeal = undated.One("KZ-EXTR-APPEAL-10D", "2024-05-11");

        Assert.Equal("2024-05-20", appeal.Limit.Latest.LocalText);
        Assert.Equal(Case.Utc("2024-05-09T19:00:00Z"), appeal.Limit.StartsAt);
        Assert.Equal("2024-05-20T00:00", appeal.Limit.Earliest.LocalText);
    }

    [Fact]
    public void Of_a_decision_whose_day_is_unknown_the_cautious_end_runs_from_the_first_news_of_it()
    {
        var undated = Case.In("KZ").With(
            "asylum_refused", null, but: @event => @event with { Served = new LocalDate(2023, 8, 7), Known = new LocalDate(2023, 8, 14) });

        Assert.Equal(("2023-11-07", "2023-11-14"), ShippedLaw.Ends(undated.One("KZ-ADM-COMPLAINT-3M", "2023-08-15").Limit));
    }

    [Fact]
    public void A_decision_of_which_no_day_is_known_but_the_last_day_to_appeal_is_counts_to_that_day()
    {
        var printed = Case.In("KZ").With("asylum_refused", null, but: @event => @event with { Sets = ShippedLaw.At("2023-10-20") });

        Assert.Equal(("2023-10-20", "2023-10-20"), ShippedLaw.Ends(printed.One("KZ-ADM-COMPLAINT-3M", "2023-09-01").Limit));
    }

    [Fact]
    public void A_decision_of_which_nothing_is_known_is_asked_for() =>
        Assert.Equal(DeadlineKind.ConfirmFact, Assert.Single(Case.In("KZ").With("asylum_refused", null).At("2023-09-01")).Kind);

    [Fact]
    public void News_of_a_decision_date_that_decision_and_no_other()
    {
        var twice = Case.In("KZ").With("asylum_refused", "2023-03-01").With("asylum_refused", "2023-07-31").With(
            "decision_became_known", "2023-08-14");

        var complaints = twice.At("2023-08-15").Where(deadline => deadline.RuleId == "KZ-ADM-COMPLAINT-3M").Select(
            deadline => deadline.Limit.Latest.LocalText);

        Assert.Equal(["2023-06-01", "2023-11-14"], complaints);
    }

    [Fact]
    public void The_service_of_an_extradition_decision_does_not_date_a_refusal_of_asylum()
    {
        var both = Case.In("KZ").With("extradition_decision", "2023-07-01").With("asylum_refused", "2023-07-31").With(
            "extradition_decision_served", "2023-08-10");

        Assert.Equal(("2023-10-31", "2023-10-31"), ShippedLaw.Ends(both.One("KZ-ADM-COMPLAINT-3M", "2023-08-11").Limit));
        Assert.Equal("2023-08-21", both.One("KZ-EXTR-APPEAL-10D", "2023-08-11").Limit.Latest.LocalText);
    }

    [Fact]
    public void A_day_of_service_before_the_decision_is_a_slip_and_moves_nothing()
    {
        var slip = Refused.Corrected(1, @event => @event with { Served = new LocalDate(2022, 8, 7) });

        Assert.Equal(("2023-10-31", "2023-10-31"), ShippedLaw.Ends(slip.One("KZ-ADM-COMPLAINT-3M", "2023-08-15").Limit));
    }

    [Fact]
    public void A_decision_that_is_overdue_may_have_been_issued_silently_until_it_is_known_that_it_was()
    {
        var applied = Case.In("KZ").With("asylum_registered", "2023-03-01");

        Assert.Contains(applied.At("2023-06-03"), deadline => deadline is { Kind: DeadlineKind.AuthoritySilent, State: DeadlineState.Due });
        Assert.DoesNotContain(applied.At("2023-05-31"), deadline => deadline.Kind == DeadlineKind.AuthoritySilent);
        Assert.DoesNotContain(
            applied.With("asylum_refused", "2023-07-31").At("2023-08-15"), deadline => deadline.Kind == DeadlineKind.AuthoritySilent);
    }

    private static string Argument(Deadline deadline, string step) =>
        Assert.Single(Assert.Single(deadline.Limit.Steps, each => each.Key == step).Arguments).Value;
}
