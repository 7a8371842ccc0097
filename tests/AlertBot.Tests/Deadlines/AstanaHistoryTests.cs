using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Tests.Law;
using AlertBot.Workflows.Policies;
using NodaTime;

namespace AlertBot.Tests.Deadlines;

/// <summary>The man detained in Astana on 26 March 2024. Only the detention and the release a year later are on record.</summary>
public sealed class AstanaHistoryTests
{
    private static readonly Case Detained = Case.In("KZ", "CIS", "UZ").With("detention_start", "2024-03-26");
    private static readonly ReminderPolicy Policy = PoliciesFile.Load(Path.Combine(ShippedLaw.Root, "config", "policies.yaml")).Policies.Reminders;

    [Fact]
    public void All_three_custody_clocks_run_from_the_detention_on()
    {
        Assert.Equal(("2024-03-29T00:00", "2024-03-30T00:00"), ShippedLaw.Ends(Detained.One("KZ-DET-72H", "2024-03-26").Limit));
        Assert.Equal(("2024-05-04", "2024-05-05"), ShippedLaw.Ends(Detained.One("KZ-PROV-40D", "2024-03-26").Limit));
        Assert.Equal(("2025-03-25", "2025-03-26"), ShippedLaw.Ends(Detained.One("KZ-EXTR-12M", "2024-03-26").Limit));
        Assert.DoesNotContain(Detained.At("2024-03-26"), deadline => deadline.RuleId.StartsWith("UZ", StringComparison.Ordinal));
    }

    [Fact]
    public void Advocates_are_reminded_30_14_7_3_and_1_days_before_and_on_the_last_day_at_nine_in_the_morning()
    {
        var sent = RemindersOf("KZ-EXTR-12M", "2024-03-26", "2025-03-25T12:00:00Z");

        Assert.Equal(
            [
                "2025-02-23T09 -30d", "2025-03-11T09 -14d", "2025-03-18T09 -7d", "2025-03-22T09 -3d", "2025-03-24T09 -1d",
                "2025-03-25T09 same day 09:00",
            ],
            sent);
    }

    [Fact]
    public void Nobody_is_told_overdue_before_the_latest_reading_of_the_longest_limit_has_passed()
    {
        for (var now = Case.Utc("2024-03-26"); now < Case.Utc("2025-03-26T18:59:00Z"); now += Duration.FromHours(13))
        {
            Assert.DoesNotContain(
                CaseDeadlines.Compute(Detained.File, ShippedLaw.Book, now), deadline => deadline.State == DeadlineState.Missed);
        }

        Assert.Equal(DeadlineState.Due, Detained.One("KZ-EXTR-12M", "2025-03-26T18:59:00Z").State);
        Assert.Equal(DeadlineState.Missed, Detained.One("KZ-EXTR-12M", "2025-03-26T19:00:00Z").State);
    }

    [Fact]
    public void When_72_hours_pass_without_news_people_are_asked_and_later_only_about_the_40_days()
    {
        Assert.Equal(DeadlineState.Due, Detained.One("KZ-DET-72H", "2024-04-02").State);
        Assert.Equal(DeadlineState.Superseded, Detained.One("KZ-DET-72H", "2024-05-06").State);
        Assert.Equal(DeadlineState.Due, Detained.One("KZ-PROV-40D", "2024-05-06").State);
        Assert.Equal(DeadlineState.Superseded, Detained.One("KZ-PROV-40D", "2025-03-26").State);
    }

    [Fact]
    public void The_release_stops_the_clocks_of_custody_and_the_case_goes_into_watch_and_not_into_closed()
    {
        var released = Detained.With("release", "2025-03-25");

        Assert.Equal(DeadlineState.Met, released.One("KZ-EXTR-12M", "2025-03-26").State);
        Assert.Equal(DeadlineState.Superseded, released.One("KZ-DET-72H", "2025-03-26").State);
        Assert.Equal(DeadlineState.Due, released.One("watch", "2025-03-26").State);
        Assert.Equal(CaseStatus.Watch, CaseProgress.StatusAfter(released.File.Events));
    }

    [Fact]
    public void A_reported_departure_closes_nothing_until_a_second_person_confirms_it()
    {
        var released = Detained.With("release", "2025-03-25");
        var reported = released.With("departure_reported", "2026-02-03");
        var confirmed = released.With("departure_reported", "2026-02-03", but: @event => @event with { ConfirmedBy = Case.Somebody });

        Assert.Equal(CaseStatus.Watch, CaseProgress.StatusAfter(reported.File.Events));
        Assert.Equal(DeadlineKind.ConfirmFact, reported.One("confirm", "2026-02-04").Kind);
        Assert.Equal(CaseStatus.Closed, CaseProgress.StatusAfter(confirmed.File.Events));
        Assert.DoesNotContain(confirmed.At("2026-02-04"), deadline => deadline.IsOpen);
    }

    [Fact]
    public void An_order_of_extradition_arrest_ends_the_40_days_and_not_the_12_months()
    {
        var ordered = Detained.With("extradition_arrest_ordered", "2024-04-30");

        Assert.Equal(DeadlineState.Superseded, ordered.One("KZ-PROV-40D", "2024-05-01").State);
        Assert.Equal(DeadlineState.Superseded, ordered.One("KZ-PROV-NOTICE-10D", "2024-05-01").State);
        Assert.Equal(DeadlineState.Scheduled, ordered.One("KZ-EXTR-12M", "2024-05-01").State);
        Assert.Equal("2025-03-25", ordered.One("KZ-EXTR-12M", "2024-05-01").Limit.Earliest.LocalText);
    }

    // Acts as a monitor: it looks when told to, and keeps the name of the last reminder.
    private static List<string> RemindersOf(string ruleId, string from, string to)
    {
        var sent = new List<string>();
        string? last = null;
        var known = Case.Utc(from);

        for (var now = Policy.NextAfter(Detained.One(ruleId, from), known); now is { } at && at <= Case.Utc(to);)
        {
            var deadline = CaseDeadlines.Compute(Detained.File, ShippedLaw.Book, at).Single(each => each.RuleId == ruleId);
            if (Policy.DueAt(deadline, last, at, known) is { } due)
            {
                sent.Add($"{at.InZone(deadline.Limit.Earliest.Zone).LocalDateTime.ToString("uuuu-MM-dd'T'HH", null)} {due.Rung}");
                last = due.Rung;
            }

            now = Policy.NextAfter(deadline, at);
        }

        return sent;
    }
}
