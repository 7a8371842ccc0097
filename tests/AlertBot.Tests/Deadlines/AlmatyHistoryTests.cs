using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Time;
using AlertBot.Tests.Law;
using NodaTime;

namespace AlertBot.Tests.Deadlines;

/// <summary>
/// The two men taken in Almaty in the night of 13-14 September 2022, by public sources: held for a year, and refused asylum on 31 July 2023, which
/// became known only on 14 August.
/// </summary>
public sealed class AlmatyHistoryTests
{
    private const string ThatWeek = "2022-09-14T12:00:00Z";

    // "Abducted at 10 p.m." is told of a night, so the hour narrows nothing until somebody confirms it.
    private static readonly Case Taken = Case.In("KZ", "CIS", "UZ").With("detention_start", "2022-09-13T22:00", Precision.Night, "2022-09-14");

    // A second source says only: arrested in September 2022.
    private static readonly Case Told = Taken.With(
        "detention_start", "2022-09", but: @event => @event with { SameFactAs = Taken.Event(1), Preferred = false });

    [Theory]
    [InlineData("KZ-DET-72H", "2022-09-16T18:00", "2022-09-17T08:00")]
    [InlineData("KZ-MOTION-12H", "2022-09-16T06:00", "2022-09-16T20:00")]
    [InlineData("KZ-PROV-40D", "2022-10-22", "2022-10-24")]
    [InlineData("KZ-PROV-NOTICE-10D", "2022-10-12", "2022-10-14")]
    [InlineData("KZ-EXTR-12M", "2023-09-12", "2023-09-14")]
    [InlineData("CIS-MINSK-40D", "2022-10-22", "2022-10-24")]
    public void Every_clock_has_an_end_from_the_first_and_one_from_the_last_moment_of_that_night(string rule, string earliest, string latest) =>
        Assert.Equal((earliest, latest), ShippedLaw.Ends(Taken.One(rule, ThatWeek).Limit));

    [Fact]
    public void The_hour_once_sure_brings_both_ends_together()
    {
        var exact = Taken.Corrected(1, @event => @event with { When = ShippedLaw.At("2022-09-13T22:00") });

        Assert.Equal(("2022-09-16T22:00", "2022-09-16T22:00"), ShippedLaw.Ends(exact.One("KZ-DET-72H", ThatWeek).Limit));
        Assert.Equal(("2023-09-12", "2023-09-13"), ShippedLaw.Ends(exact.One("KZ-EXTR-12M", ThatWeek).Limit));
    }

    [Fact]
    public void The_vaguer_account_starts_no_second_clock_and_stays_on_file()
    {
        Assert.Equal(ShippedLaw.Ends(Taken.One("KZ-EXTR-12M", ThatWeek).Limit), ShippedLaw.Ends(Told.One("KZ-EXTR-12M", ThatWeek).Limit));

        // An arrest on 1 September would end it earlier, which a reader of the date is told.
        Assert.Contains(Told.One("KZ-EXTR-12M", ThatWeek).Limit.Steps, step => step.Key == "law.step.other-account");
    }

    [Fact]
    public void Taken_to_an_unknown_place_a_man_is_looked_for_at_once_and_a_call_home_does_not_end_that()
    {
        var lost = Taken.With("location_unknown", "2022-09-13", Precision.Night, "2022-09-14").With(
            "contact_from_custody", "2022-09-13", Precision.Night, "2022-09-14");
        var found = lost.With("transfer_of_custody", "2022-09-16");

        Assert.Equal(DeadlineKind.UrgentAction, lost.One("locate", ThatWeek).Kind);
        Assert.DoesNotContain(found.At("2022-09-17"), deadline => deadline.RuleId == "locate");
        Assert.True(lost.One("KZ-DET-72H", ThatWeek).IsOpen);
    }

    [Fact]
    public void What_Uzbekistan_does_in_Almaty_starts_no_Uzbek_clock() =>
        Assert.DoesNotContain(
            Taken.With("charge_reported", "2022-09-13", Precision.Night, "2022-09-14").At(ThatWeek),
            deadline => deadline.RuleId.StartsWith("UZ", StringComparison.Ordinal));

    [Fact]
    public void An_application_of_which_no_day_is_known_asks_for_it_and_the_refusal_ends_the_question()
    {
        var applied = Told.With("asylum_application", null, but: @event => @event with { RecordedAt = Case.Utc("2022-11-01") });
        var refused = applied.With("asylum_refused", "2023-07-31");

        Assert.Contains(applied.At("2022-11-02"), deadline => deadline is { Kind: DeadlineKind.ConfirmFact, IsOpen: true });
        Assert.DoesNotContain(refused.At("2023-08-15"), deadline => deadline is { Kind: DeadlineKind.ConfirmFact, IsOpen: true });
    }

    [Fact]
    public void The_refusal_that_nobody_announced_leaves_less_time_than_it_seems()
    {
        var refused = Told.With("asylum_refused", "2023-07-31", but: @event => @event with { Known = new LocalDate(2023, 8, 14) });

        var complaint = refused.One("KZ-ADM-COMPLAINT-3M", "2023-08-15");

        Assert.Equal(("2023-10-31", "2023-11-14"), ShippedLaw.Ends(complaint.Limit));
        Assert.Equal("14", Assert.Single(Assert.Single(complaint.Limit.Steps, step => step.Key == "law.step.days-lost").Arguments).Value);
        Assert.Equal(DeadlineState.Scheduled, complaint.State);
    }

    [Fact]
    public void The_complaint_goes_on_after_the_release_of_September_2023()
    {
        var released = Told
            .With("asylum_refused", "2023-07-31", but: @event => @event with { Known = new LocalDate(2023, 8, 14) })
            .With("release", "2023-09");

        Assert.False(released.One("KZ-EXTR-12M", "2023-10-02").IsOpen);
        Assert.True(released.One("KZ-ADM-COMPLAINT-3M", "2023-10-02").IsOpen);
        Assert.Equal(CaseStatus.Watch, CaseProgress.StatusAfter(released.File.Events));
    }

    [Fact]
    public void Of_a_release_told_of_five_people_together_nothing_follows_for_one()
    {
        var group = Told.With("release", null, but: @event => @event with { MayStartClocks = false });

        Assert.Equal(DeadlineState.Missed, group.One("KZ-EXTR-12M", "2023-09-20").State);
        Assert.Contains(group.At("2023-09-20"), deadline => deadline.Kind == DeadlineKind.NoNextDate);
    }
}
