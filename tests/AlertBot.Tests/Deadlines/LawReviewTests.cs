using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Time;
using AlertBot.Tests.Law;
using AlertBot.Workflows.Policies;

namespace AlertBot.Tests.Deadlines;

/// <summary>The expectations of the law review of November 2026 for eight histories, each worked out by hand.</summary>
public sealed class LawReviewTests
{
    private static readonly ReminderPolicy Policy = PoliciesFile.Load(Path.Combine(ShippedLaw.Root, "config", "policies.yaml")).Policies.Reminders;

    private static readonly Case Vienna = Case.In("AT", "EU", "ECHR").InZone("Europe/Vienna").With("asylum_application", "2026-07-01");

    /// <summary>Certificate and extradition arrest side by side (Law on Refugees art. 11(1), CPC art. 588(6)).</summary>
    [Fact]
    public void The_certificate_of_23_February_2024_starts_the_time_to_decide_and_three_days_for_fingerprints()
    {
        var held = Case.In("KZ", "CIS", "UN").With("detention_start", "2024-02-15").With("certificate_issued", "2024-02-23");

        // Friday 23 February + 3 days = Monday 26 February. + 3 months = Thursday 23 May 2024.
        Assert.Equal(("2024-02-26", "2024-02-26"), ShippedLaw.Ends(held.One("KZ-REF-FPRINT-3D", "2024-02-23").Limit));
        Assert.Equal(("2024-05-23", "2024-05-23"), ShippedLaw.Ends(held.One("KZ-REF-DECISION-3M", "2024-02-23").Limit));
        Assert.Equal(("2024-05-22", "2024-05-23"), ShippedLaw.Ends(held.One("KZ-REF-CERT-3M", "2024-02-23").Limit));
        Assert.Equal(DeadlineState.Due, held.One("KZ-REF-CERT-3M", "2024-05-23T06:00:00Z").State);

        // The person's own duty is asked about at most twice.
        Assert.Null(Policy.NextAfter(held.One("KZ-REF-FPRINT-3D", "2024-03-10"), Case.Utc("2024-03-10")));

        // The prison's duty to warn the prosecutor is shown, and wakes nobody.
        foreach (var day in new[] { "2024-03-01", "2024-03-16", "2024-03-20" })
        {
            var notice = held.One("KZ-PROV-NOTICE-10D", day);
            Assert.Equal((DeadlineKind.AuthorityDuty, DeadlineState.Disputed), (notice.Kind, notice.State));
        }

        // One month, by the text of 1993, is a note in the arithmetic and no release date.
        var forty = Assert.Single(held.At("2024-03-04"), deadline => deadline.RuleId == "CIS-MINSK-40D");
        Assert.Equal("2024-03-25", forty.Limit.Earliest.LocalText);
        Assert.Equal("2024-03-14", Assert.Single(Assert.Single(forty.Limit.Steps, step => step.Key == "law.step.other-text").Arguments).Value);
    }

    [Fact]
    public void A_decision_that_was_postponed_is_due_after_a_year_read_both_ways()
    {
        var postponed = Case.In("KZ").With("certificate_issued", "2024-02-23").With("decision_postponed", "2024-05-20");

        // With the three months in the year: Sunday 23 February 2025 -> Monday 24; without: Friday 23 May 2025.
        Assert.Equal("2025-02-24", postponed.One("KZ-REF-DECISION-3M", "2024-05-21", "postponed-one-year").Limit.Latest.LocalText);
        Assert.Equal("2025-05-23", postponed.One("KZ-REF-DECISION-3M", "2024-05-21", "postponed-15-months").Limit.Latest.LocalText);
        Assert.DoesNotContain(
            Case.In("KZ").With("certificate_issued", "2024-02-23").At("2024-05-21"), one => one.Key.EndsWith("-months", StringComparison.Ordinal));
    }

    /// <summary>The appeal goes on after the release (APPC art. 92).</summary>
    [Fact]
    public void A_release_leaves_the_three_months_of_the_complaint_running_to_31_October_and_14_November_2023()
    {
        var released = Case.In("KZ").With("detention_start", "2022-09-13T22:00").With("asylum_refused", "2023-07-31")
            .With("decision_became_known", "2023-08-14").With("release", "2023-09-13");

        Assert.Equal(("2023-10-31", "2023-11-14"), ShippedLaw.Ends(released.One("KZ-ADM-COMPLAINT-3M", "2023-10-01").Limit));
        Assert.Equal(DeadlineState.Due, released.One("KZ-ADM-COMPLAINT-3M", "2023-11-14T12:00:00Z").State);
        Assert.Equal(DeadlineState.Missed, released.One("KZ-ADM-COMPLAINT-3M", "2023-11-15").State);
        Assert.Equal(CaseStatus.Watch, CaseProgress.StatusAfter(released.File.Events));
    }

    /// <summary>A refusal on an unknown day; a departure that is only reported (APPC art. 92).</summary>
    [Fact]
    public void Of_a_refusal_on_an_unknown_day_only_the_latest_end_is_sure_and_the_day_is_asked_for()
    {
        var limbo = Case.In("KZ").With("detention_start", "2024-03-26").With("release", "2025-03-25")
            .With("asylum_refused", null, but: @event => @event with { Known = new NodaTime.LocalDate(2026, 2, 3) })
            .With("departure_reported", "2026-02-03");

        // 3 February + 3 months = Sunday 3 May 2026 -> Monday 4 May.
        var complaint = limbo.One("KZ-ADM-COMPLAINT-3M", "2026-02-04");
        Assert.Equal("2026-05-04", complaint.Limit.Latest.LocalText);
        Assert.True(complaint.Limit.IsEarliestUnknown);
        Assert.Equal(DoubtKind.DecisionDayUnknown, Assert.Single(complaint.Doubts).Kind);
        Assert.Contains(complaint.Limit.Steps, step => step.Key == "law.step.may-have-passed");
        Assert.Equal(2, limbo.At("2026-02-04").Count(deadline => deadline.RuleId == "confirm"));
    }

    /// <summary>The other State's clocks (CPC of Uzbekistan art. 245, tier B).</summary>
    [Fact]
    public void Handed_over_in_December_2024_the_investigation_may_last_to_30_June_or_31_July_2025_and_nothing_shorter_is_overdue()
    {
        var extradited = Case.In("KZ", "UZ").With("extradited", "2024-12", Precision.Month);

        Assert.Equal(("2025-06-30", "2025-07-31"), ShippedLaw.Ends(extradited.One("UZ-PRETRIAL-7M", "2024-12-31").Limit));
        foreach (var day in new[] { "2025-01-15", "2025-06-15", "2026-06-15" })
            Assert.DoesNotContain(extradited.At(day), deadline => deadline.State == DeadlineState.Missed);
    }

    /// <summary>Sentenced in January 2023 after an arrest of July 2022 (CPC of Uzbekistan art. 245).</summary>
    [Fact]
    public void Sentenced_within_seven_months_nothing_is_overdue_and_the_appeal_is_asked_about()
    {
        var taken = Case.In("UZ").InZone("Asia/Samarkand").With("detention_start", "2022-07", Precision.Month);
        var sentenced = taken.With("conviction", "2023-01", Precision.Month);

        // 1 July + 7 months - 1 day = 31 January; 31 July + 7 months = 28 February 2023.
        Assert.Equal(("2023-01-31", "2023-02-28"), ShippedLaw.Ends(taken.One("UZ-PRETRIAL-7M", "2022-07-31").Limit));
        Assert.DoesNotContain(sentenced.At("2023-06-01"), deadline => deadline.State == DeadlineState.Missed);
        Assert.Contains(
            sentenced.At("2023-01-31"), deadline => deadline is { RuleId: "confirm", IsOpen: true } && deadline.Trigger == sentenced.Event(2));
    }

    /// <summary>SAFETY: the consulate of the State that the person fears is never suggested (VCCR art. 36(1)(b)).</summary>
    [Fact]
    public void Nobody_who_asked_for_asylum_is_led_to_a_consulate()
    {
        var returned = Case.In("AT", "PL", "EU", "ECHR", "VCCR").InZone("Europe/Vienna").With("asylum_application", null)
            .With("transfer_done", "2024-01-08").With("detention_start", "2024-01-08");

        Assert.DoesNotContain(returned.At("2024-02-01"), deadline => deadline.RuleId == "VCCR-36");
    }

    /// <summary>Vienna after the reform (Reg. 2024/1351 arts. 41(4), 43(2), 45, 46, 75(d), 85).</summary>
    [Fact]
    public void After_the_reform_six_months_from_24_July_end_on_Monday_25_January_2027_and_no_old_law_counts()
    {
        var accepted = Vienna.With("accepted", "2026-07-24");

        // 24 July + 6 months = Sunday 24 January 2027 -> Monday.
        Assert.Equal(("2027-01-25", "2027-01-25"), ShippedLaw.Ends(accepted.One("EU-AMM-TRANSFER-6M", "2026-07-25").Limit));
        Assert.DoesNotContain(accepted.At("2026-07-25"), deadline => deadline.RuleId.StartsWith("EU-D3", StringComparison.Ordinal));
    }

    [Theory]
    // Monday 19 October + 1 week = Monday 26 October, National Day in Austria and none in Poland; + 3 weeks = Monday 9 November.
    [InlineData("Europe/Vienna", "2026-10-27")]
    [InlineData("Europe/Warsaw", "2026-10-26")]
    public void The_weeks_to_appeal_against_a_transfer_are_one_limit_read_both_ways(string zone, string earliest)
    {
        var decided = Case.In("AT", "PL", "EU").InZone(zone).With("asylum_application", "2026-07-01").With("transfer_decision", "2026-10-19");

        var appeal = decided.One("EU-AMM-APPEAL-1W", "2026-10-20");
        Assert.Equal((earliest, "2026-11-09"), ShippedLaw.Ends(appeal.Limit));
        Assert.DoesNotContain(decided.At("2026-10-20"), deadline => deadline.Kind == DeadlineKind.SoftLimit);
    }

    [Fact]
    public void Three_clocks_of_detention_for_a_transfer_have_three_triggers()
    {
        var detained = Vienna.With("transfer_detention_ordered", "2026-09-01");
        var accepted = detained.With("take_charge_requested", "2026-09-07").With("accepted", "2026-09-15");

        // 1 September + 1 week = Tuesday 8; 7 September + 1 week = Monday 14; 15 September + 5 weeks = Tuesday 20 October.
        Assert.Equal("2026-09-08", detained.One("EU-AMM-DET-REQUEST-1W", "2026-09-02").Limit.Earliest.LocalText);
        Assert.Equal("2026-09-14", accepted.One("EU-AMM-DET-REPLY-1W", "2026-09-16").Limit.Latest.LocalText);
        Assert.Equal("2026-10-20", accepted.One("EU-AMM-DET-TRANSFER-5W", "2026-09-16").Limit.Latest.LocalText);
        Assert.DoesNotContain(
            accepted.At("2026-10-20T12:00:00Z"), deadline => deadline is { Kind: DeadlineKind.ReleaseDue, State: DeadlineState.Missed });
        Assert.Equal(DeadlineState.Missed, accepted.One("EU-AMM-DET-TRANSFER-5W", "2026-10-21").State);

        // A missed request is a question, and never "overdue".
        Assert.Equal(DeadlineState.Due, detained.One("EU-AMM-DET-REQUEST-1W", "2026-12-01").State);
        Assert.DoesNotContain(
            Vienna.With("accepted", "2026-09-15").At("2026-09-16"), deadline => deadline.RuleId.Contains("-DET-", StringComparison.Ordinal));
    }

    [Fact]
    public void Silence_confirms_a_take_back_on_Monday_5_October_2026() =>
        // 20 September + 2 weeks = Sunday 4 October -> Monday 5 October (art. 41(4)).
        Assert.Equal(
            ("2026-10-05", "2026-10-05"),
            ShippedLaw.Ends(Vienna.With("take_back_notified", "2026-09-20").One("EU-AMM-TB-CONFIRM-2W", "2026-09-21").Limit));
}
