using AlertBot.Domain.Deadlines;

namespace AlertBot.Tests.Deadlines;

/// <summary>A filing ends the clock of one decision before one body. If neither is named and several are possible, it ends none.</summary>
public sealed class NamedFilingTests
{
    private static readonly Case Final = Case.In("AT", "EU", "ECHR", "UN").InZone("Europe/Vienna").With("appeal_decided", "2026-05-10");

    private static readonly Case Kazakh =
        Case.In("KZ", "UN").With("asylum_refused", "2026-07-31").With("administrative_arrest_ordered", "2026-08-10");

    [Fact]
    public void A_complaint_to_a_committee_keeps_no_limit_of_Strasbourg()
    {
        foreach (var filed in new[]
        {
            Final.With("application_filed", "2026-06-01", but: @event => @event with { Jurisdiction = "UN" }),
            Final.With("application_filed", "2026-06-01", but: @event => @event with { Body = "HRC" }),
        })
        {
            // 10 May + 4 months = Thursday 10 September 2026 (ECHR art. 35(1)).
            var strasbourg = filed.One("ECHR-4M", "2026-09-03");
            Assert.True(strasbourg.IsOpen);
            Assert.Equal("2026-09-10", strasbourg.Limit.Latest.LocalText);
            Assert.Empty(strasbourg.Doubts);
            Assert.Equal(DeadlineState.Met, filed.One("UN-HRC-5Y", "2026-09-03").State);
        }
    }

    [Fact]
    public void An_application_to_Strasbourg_keeps_its_four_months_and_leaves_the_committees_alone()
    {
        var filed = Final.With("application_filed", "2026-06-01", but: @event => @event with { Body = "ECHR" });

        Assert.Equal(DeadlineState.Met, filed.One("ECHR-4M", "2026-09-03").State);
        Assert.True(filed.One("UN-HRC-5Y", "2026-09-03").IsOpen);
    }

    [Fact]
    public void An_application_that_does_not_say_where_it_went_keeps_nothing_and_is_asked_about()
    {
        var filed = Final.With("application_filed", "2026-06-01");

        foreach (var rule in new[] { "ECHR-4M", "UN-HRC-5Y" })
        {
            var open = filed.One(rule, "2026-06-02");
            Assert.True(open.IsOpen);
            Assert.Equal([new Doubt(DoubtKind.WhichDecision, filed.Event(2))], open.Doubts);
            Assert.Contains(open.Limit.Steps, step => step.Key == "law.step.which-decision");
        }
    }

    [Fact]
    public void Where_only_one_court_has_a_say_it_need_not_be_named() =>
        Assert.Equal(
            DeadlineState.Met,
            Case.In("AT", "EU", "ECHR").InZone("Europe/Vienna").With("appeal_decided", "2026-05-10").With("application_filed", "2026-06-01")
                .One("ECHR-4M", "2026-06-02").State);

    [Fact]
    public void An_appeal_against_an_arrest_does_not_end_the_complaint_against_a_refusal_of_asylum()
    {
        var appealed = Kazakh.With("appeal_filed", "2026-08-12", but: @event => @event with { About = Kazakh.Event(2) });

        // 31 July + 3 months = Saturday 31 October -> Monday 2 November 2026 (APPC art. 92).
        var complaint = appealed.One("KZ-ADM-COMPLAINT-3M", "2026-10-26");
        Assert.Equal(("2026-11-02", true), (complaint.Limit.Latest.LocalText, complaint.IsOpen));
        Assert.Equal(DeadlineState.Met, appealed.One("KZ-CAO-APPEAL-10D", "2026-08-13").State);
    }

    [Fact]
    public void An_appeal_that_names_no_decision_ends_neither_of_two()
    {
        var appealed = Kazakh.With("appeal_filed", "2026-08-12");

        foreach (var rule in new[] { "KZ-ADM-COMPLAINT-3M", "KZ-CAO-APPEAL-10D" })
            Assert.Equal(DoubtKind.WhichDecision, Assert.Single(appealed.One(rule, "2026-08-13").Doubts).Kind);
    }

    [Fact]
    public void What_is_out_of_time_is_not_what_is_meant()
    {
        // The ten days against the arrest ended on 20 August: an appeal of October can only be about the refusal.
        var appealed = Kazakh.With("appeal_filed", "2026-10-05");

        Assert.Equal(DeadlineState.Met, appealed.One("KZ-ADM-COMPLAINT-3M", "2026-10-06").State);
        Assert.Equal(DeadlineState.Missed, appealed.One("KZ-CAO-APPEAL-10D", "2026-10-06").State);
    }

    [Fact]
    public void The_second_filing_is_about_what_the_first_left_open()
    {
        var first = Kazakh.With("appeal_filed", "2026-08-12", but: @event => @event with { About = Kazakh.Event(2) });

        Assert.Equal(DeadlineState.Met, first.With("complaint_filed", "2026-08-20").One("KZ-ADM-COMPLAINT-3M", "2026-08-21").State);
    }

    [Theory]
    [InlineData("Europe/Warsaw", null)]
    [InlineData("Europe/Vienna", "PL")]
    public void An_appeal_in_Poland_ends_no_week_of_Austria(string zone, string? named)
    {
        var decided = Case.In("AT", "PL", "EU").InZone("Europe/Vienna")
            .With("asylum_application", "2026-07-01").With("transfer_decision", "2026-09-21");
        var appealed = decided.InZone(zone).With("appeal_filed", "2026-09-22", but: @event => @event with { Jurisdiction = named });

        // 21 September + 1 week = Monday 28 September 2026; three weeks are still arguable (Reg. 2024/1351 art. 43(2)).
        var week = appealed.One("EU-AMM-APPEAL-1W", "2026-09-27");
        Assert.True(week.IsOpen);
        Assert.Equal(("2026-09-28", "2026-10-12"), (week.Limit.Earliest.LocalText, week.Limit.Latest.LocalText));
    }

    [Fact]
    public void A_measure_asked_in_Geneva_does_not_end_the_alarm_of_Strasbourg()
    {
        var asked = Final
            .With("handover_date_set", "2026-06-01", but: @event => @event with { Sets = Law.ShippedLaw.At("2026-06-10T08:00", "Europe/Vienna") })
            .With("interim_measure_asked", "2026-06-02", but: @event => @event with { Body = "CAT" });

        Assert.False(asked.One("UN-INTERIM", "2026-06-03").IsOpen);
        Assert.True(asked.One("ECHR-R39-LAST-USEFUL", "2026-06-03").IsOpen);
    }

    [Fact]
    public void The_court_in_Turkey_has_fifteen_days_for_an_appeal_against_deportation_and_for_no_other()
    {
        var expelled = Case.In("TR").InZone("Europe/Istanbul").With("expulsion_order", "2026-06-01");
        var refused = Case.In("TR").InZone("Europe/Istanbul").With("asylum_refused", "2026-06-01");

        // 3 June + 15 days = Thursday 18 June 2026 (LFIP art. 53(3)).
        Assert.Equal("2026-06-18", expelled.With("appeal_filed", "2026-06-03").One("TR-DEPORT-COURT-15D", "2026-06-04").Limit.Latest.LocalText);
        Assert.DoesNotContain(refused.With("appeal_filed", "2026-06-03").At("2026-06-04"), deadline => deadline.RuleId == "TR-DEPORT-COURT-15D");
    }
}
