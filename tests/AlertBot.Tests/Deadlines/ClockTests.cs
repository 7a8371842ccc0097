using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Tests.Law;

namespace AlertBot.Tests.Deadlines;

/// <summary>How events start, stop, extend and supersede clocks.</summary>
public sealed class ClockTests
{
    private static readonly Case Detained = Case.In("KZ").With("detention_start", "2024-03-26T10:00");

    [Fact]
    public void A_court_order_takes_the_place_of_the_72_hours_and_not_of_what_runs_beside_them()
    {
        var ordered = Detained.With("temporary_custody_ordered", "2024-03-28T12:00");

        Assert.Equal(DeadlineState.Superseded, ordered.One("KZ-DET-72H", "2024-03-28T08:00:00Z").State);
        Assert.Equal(DeadlineState.Superseded, ordered.One("KZ-MOTION-12H", "2024-03-28T08:00:00Z").State);
        Assert.Equal(DeadlineState.Scheduled, ordered.One("KZ-PROV-40D", "2024-03-28T08:00:00Z").State);
        Assert.Equal(DeadlineState.DueSoon, ordered.One("KZ-IJ-APPEAL-3D", "2024-03-28T08:00:00Z").State);
    }

    [Fact]
    public void The_prosecutors_last_hour_and_the_prisons_notice_are_counted_back_from_the_limits_they_belong_to()
    {
        Assert.Equal(("2024-03-28T22:00", "2024-03-28T22:00"), ShippedLaw.Ends(Detained.One("KZ-MOTION-12H", "2024-03-26").Limit));
        Assert.Equal(("2024-04-24", "2024-04-25"), ShippedLaw.Ends(Detained.One("KZ-PROV-NOTICE-10D", "2024-03-26").Limit));
        Assert.Equal(("2024-03-28T10:00", "2024-03-28T10:00"), ShippedLaw.Ends(Detained.One("KZ-DET-48H", "2024-03-26").Limit));
    }

    [Fact]
    public void A_person_seen_in_custody_after_the_72_hours_is_no_longer_asked_about_them()
    {
        Assert.Equal(DeadlineState.Due, Detained.One("KZ-DET-72H", "2024-04-03").State);
        Assert.Equal(DeadlineState.Superseded, Detained.With("contact_from_custody", "2024-04-02").One("KZ-DET-72H", "2024-04-03").State);
        Assert.Equal(DeadlineState.Due, Detained.With("contact_from_custody", "2024-03-27").One("KZ-DET-72H", "2024-04-03").State);
    }

    [Fact]
    public void Ordinary_custody_is_not_mixed_with_that_for_extradition_when_its_two_months_pass_that_is_a_question()
    {
        var ordered = Detained.With("custody_ordered", "2024-03-28");

        // Extensions come in steps that nobody reports: after two months the step of three, and none of them is a verdict.
        Assert.Equal(DeadlineState.Due, ordered.One("KZ-PRETRIAL-2M", "2024-05-29").State);
        Assert.Equal(DeadlineState.Superseded, ordered.One("KZ-PRETRIAL-2M", "2024-06-29").State);
        Assert.Equal(DeadlineState.Superseded, ordered.With("contact_from_custody", "2024-05-29").One("KZ-PRETRIAL-2M", "2024-05-30").State);
        Assert.Equal(DeadlineState.Due, ordered.One("KZ-PRETRIAL-2M", "2026-05-29", "18-months").State);
    }

    [Fact]
    public void An_extension_supersedes_and_does_not_delete()
    {
        var held = Case.In("PL").InZone("Europe/Warsaw").With("asylum_detention_ordered", "2024-03-01");
        var extended = held.With("custody_extended", "2024-04-20");

        Assert.Equal("2024-04-29", held.One("PL-ASY-DET-60D", "2024-03-02").Limit.Earliest.LocalText);
        var old = extended.One("PL-ASY-DET-60D", "2024-04-21");
        Assert.Equal(DeadlineState.Superseded, old.State);
        Assert.Contains(old.Limit.Steps, step => step.Key == "law.step.extended");
        Assert.Equal(("2024-08-31", "2024-09-01"), ShippedLaw.Ends(extended.One("PL-ASY-DET-60D", "2024-04-21", "6-months").Limit));
    }

    [Fact]
    public void A_renewed_certificate_takes_the_place_of_the_old_one()
    {
        var issued = Case.In("KZ").With("certificate_issued", "2024-02-23");
        var renewed = issued.With("certificate_renewed", "2024-05-20");

        var both = renewed.At("2024-05-21").Where(deadline => deadline.RuleId == "KZ-REF-CERT-3M").ToList();

        Assert.Equal(
            [(DeadlineState.Superseded, "2024-05-22"), (DeadlineState.Scheduled, "2024-08-19")], both.Select(
                each => (each.State, each.Limit.Earliest.LocalText)));
    }

    [Fact]
    public void A_window_for_transfer_stands_still_while_an_appeal_suspends_it_and_starts_anew_when_that_is_decided()
    {
        var accepted = Case.In("EU", "AT").InZone("Europe/Vienna").With("asylum_application", "2023-10-01").With("accepted", "2023-11-10");
        var suspended = accepted.With("suspensive_effect_granted", "2024-01-15");
        var decided = suspended.With("appeal_decided", "2024-03-04");

        Assert.Equal("2024-05-10", accepted.One("EU-D3-TRANSFER-6M", "2024-01-10").Limit.Latest.LocalText);
        Assert.Equal(DeadlineState.Suspended, suspended.One("EU-D3-TRANSFER-6M", "2024-02-01").State);
        var running = Assert.Single(decided.At("2024-03-05"), deadline => deadline.RuleId == "EU-D3-TRANSFER-6M" && deadline.IsOpen);
        Assert.Equal("2024-09-04", running.Limit.Latest.LocalText);
    }

    [Fact]
    public void A_window_for_transfer_grows_when_absconding_is_alleged()
    {
        var accepted = Case.In("EU", "AT").InZone("Europe/Vienna").With("asylum_application", "2023-10-01").With("accepted", "2023-11-10");
        var absconding = accepted.With("absconding_alleged", "2024-02-01");

        Assert.Equal(DeadlineState.Superseded, absconding.One("EU-D3-TRANSFER-6M", "2024-02-02").State);
        Assert.Equal("2025-05-10", absconding.One("EU-D3-TRANSFER-6M", "2024-02-02", "absconding").Limit.Latest.LocalText);
    }

    [Fact]
    public void A_review_comes_again_from_the_start_on_and_only_the_next_one_is_open()
    {
        var held = Case.In("DE").InZone("Europe/Berlin").With("extradition_arrest_ordered", "2024-01-31");

        var reviews = held.At("2024-06-15").Where(deadline => deadline.RuleId == "DE-EXTR-REVIEW-2M").ToList();

        Assert.Equal(["2024-03-31", "2024-05-31", "2024-07-31"], reviews.Select(review => review.Limit.Latest.LocalText));
        Assert.Equal([DeadlineState.Superseded, DeadlineState.Superseded, DeadlineState.Scheduled], reviews.Select(review => review.State));
    }

    [Fact]
    public void A_new_arrest_after_a_release_has_clocks_of_its_own()
    {
        var again = Detained.With("release", "2024-03-28T09:00").With("rearrest", "2024-06-01T10:00");

        var clocks = again.At("2024-06-02").Where(deadline => deadline.RuleId == "KZ-EXTR-12M").ToList();

        Assert.Equal(
            [(DeadlineState.Met, "2025-03-25"), (DeadlineState.Scheduled, "2025-05-31")], clocks.Select(
                each => (each.State, each.Limit.Earliest.LocalText)));
        Assert.Equal(CaseStatus.Open, CaseProgress.StatusAfter(again.File.Events));
        Assert.DoesNotContain(again.At("2024-06-02"), deadline => deadline.RuleId == "watch");
    }

    [Fact]
    public void An_abduction_that_turns_out_to_be_a_detention_is_one_custody()
    {
        var taken = Case.In("KZ").With("abduction_reported", "2022-09-13T22:00").With("detention_start", "2022-09-14T09:00");

        Assert.Equal("2022-09-16T22:00", taken.One("KZ-DET-72H", "2022-09-15").Limit.Earliest.LocalText);
        Assert.DoesNotContain(taken.At("2022-09-15"), deadline => deadline.RuleId == "locate");
    }

    [Fact]
    public void Old_detentions_are_facts_and_no_triggers()
    {
        var old = Case.In("KZ", "UZ").InZone("Asia/Samarkand").With("detention_start", "2014", but: @event => @event with { MayStartClocks = false });

        Assert.Empty(old.At("2024-01-01"));
        Assert.Empty(Case.In("UZ").InZone("Asia/Samarkand").With("prior_detention", "2021-10").At("2024-01-01"));
    }

    [Fact]
    public void A_detention_known_by_its_month_only_runs_the_long_clocks_and_asks_for_the_day()
    {
        var vague = Case.In("KZ").With("detention_start", "2022-09");

        Assert.Equal(("2023-08-31", "2023-09-30"), ShippedLaw.Ends(vague.One("KZ-EXTR-12M", "2022-10-05").Limit));
        Assert.DoesNotContain(vague.At("2022-10-05"), deadline => deadline.RuleId == "KZ-DET-72H");
        var question = vague.One("confirm", "2022-10-05");
        Assert.Equal(DeadlineKind.ConfirmFact, question.Kind);
        Assert.Contains("KZ-DET-72H", Assert.Single(question.Limit.Steps).Arguments[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ruling_that_names_its_last_day_is_warned_on_and_one_that_does_not_is_asked_for_it()
    {
        var ruled = Case.In("KZ").With("administrative_arrest_ordered", "2024-03-04");
        var printed = ruled.Corrected(1, @event => @event with { Sets = ShippedLaw.At("2024-03-18") });

        Assert.Contains(ruled.At("2024-03-05"), deadline => deadline.RuleId == "confirm");
        Assert.Equal("2024-03-18", printed.One("KZ-CAO-ARREST", "2024-03-05").Limit.Latest.LocalText);
        Assert.DoesNotContain(printed.At("2024-03-05"), deadline => deadline.RuleId == "confirm");
    }

    [Fact]
    public void An_order_that_is_extended_gives_way_to_the_new_last_day()
    {
        var ordered = Detained.With("extradition_arrest_ordered", "2024-04-30", but: @event => @event with { Sets = ShippedLaw.At("2024-09-26") });
        var extended = ordered.With("custody_extended", "2024-09-20", but: @event => @event with { Sets = ShippedLaw.At("2025-03-25") });

        Assert.Equal("2024-09-26", ordered.One("date", "2024-05-01").Limit.Earliest.LocalText);
        var dates = extended.At("2024-09-21").Where(deadline => deadline.RuleId == "date").ToList();
        Assert.Equal(
            [(DeadlineState.Superseded, "2024-09-26"), (DeadlineState.Scheduled, "2025-03-25")], dates.Select(
                each => (each.State, each.Limit.Earliest.LocalText)));
    }

    [Fact]
    public void A_rule_that_is_switched_off_is_not_computed() =>
        Assert.DoesNotContain(
            Case.In("KZ", "CIS").With("administrative_detention", "2024-03-04T10:00").With("complaint_filed", "2024-03-05").At("2024-03-05"),
            deadline => deadline.Tier == Tier.C);

    [Fact]
    public void Nobody_is_ever_led_to_the_consulate_of_the_State_that_the_person_fears()
    {
        var foreigner = Case.In("KZ", "VCCR").With("detention_start", "2024-03-26T10:00");

        Assert.Contains(foreigner.At("2024-03-26"), deadline => deadline.RuleId == "VCCR-36");
        Assert.DoesNotContain(foreigner.With("asylum_application", "2024-04-02").At("2024-03-26"), deadline => deadline.RuleId == "VCCR-36");
    }

    [Fact]
    public void The_same_case_gives_the_same_deadlines_in_the_order_of_their_ends_whatever_the_order_of_its_events()
    {
        var told = Detained.With("asylum_application", "2024-04-02").With("extradition_arrest_ordered", "2024-04-30").With(
            "hearing_held", "2024-05-10");
        var shuffled = told with { File = told.File with { Events = [.. told.File.Events.Reverse()] } };

        var deadlines = told.At("2024-05-11");

        Assert.Equal(deadlines.Select(each => (each.Key, each.State)), shuffled.At("2024-05-11").Select(each => (each.Key, each.State)));
        Assert.Equal(deadlines.OrderBy(each => each.Limit.Earliest.Instant).Select(each => each.Key), deadlines.Select(each => each.Key));
    }
}
