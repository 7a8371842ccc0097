using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Tests.Law;
using AlertBot.Workflows.Policies;
using NodaTime;

namespace AlertBot.Tests.Deadlines;

/// <summary>The shipped reminders, followed over the days as the monitor does.</summary>
public sealed class ReminderPolicyTests
{
    private static readonly ReminderPolicy Policy = PoliciesFile.Load(Path.Combine(ShippedLaw.Root, "config", "policies.yaml")).Policies.Reminders;

    [Fact]
    public void Seventy_two_hours_are_reminded_of_a_day_half_a_day_and_three_hours_before_their_end()
    {
        var detained = Case.In("KZ").With("detention_start", "2024-03-26T10:00");

        Assert.Equal(
            ["-24h 28 10:00", "-12h 28 22:00", "-3h 29 07:00"],
            Sent(detained, "KZ-DET-72H", "2024-03-26T05:00:00Z", "2024-03-29T04:59:00Z"));
    }

    [Fact]
    public void A_short_appeal_is_told_of_at_once_half_way_three_days_and_a_day_before_and_on_its_last_morning()
    {
        var ruled = Case.In("KZ").With("administrative_arrest_ordered", "2024-03-04");

        Assert.Equal(
            ["at once 04 00:00", "half-way 09 09:00", "-3d 11 09:00", "-1d 13 09:00", "same day 09:00 14 09:00"],
            Sent(ruled, "KZ-CAO-APPEAL-10D", "2024-03-03T19:00:00Z", "2024-03-14T18:59:00Z"));
    }

    [Fact]
    public void Forty_days_are_reminded_of_ten_days_before_as_the_prison_must_and_on()
    {
        var detained = Case.In("KZ").With("detention_start", "2024-03-26");

        Assert.Equal(
            ["-10d 24 09:00", "-5d 29 09:00", "-1d 03 09:00", "same day 09:00 04 09:00"],
            Sent(detained, "KZ-PROV-40D", "2024-03-26", "2024-05-04T18:00:00Z"));
    }

    [Fact]
    public void A_week_of_downtime_sends_what_still_matters_once_and_says_that_it_is_late()
    {
        var detained = Case.In("KZ").With("detention_start", "2024-03-26").With("extradition_arrest_ordered", "2024-04-20");
        var back = Case.Utc("2025-03-18T12:00:00Z");

        // Down from 11 to 18 March: "-14d" had just gone out, "-7d" was planned for the morning of the 18th.
        var due = DueAt(detained, "KZ-EXTR-12M", back, last: "-14d")!;
        Assert.Equal(("-7d", true), (due.Rung, due.Late > Duration.FromHours(7)));
        Assert.True(due.IsLate);
        Assert.Null(DueAt(detained, "KZ-EXTR-12M", back, last: due.Rung));

        // The reminders of the 72 hours and the 40 days no longer matter.
        Assert.Null(DueAt(detained, "KZ-PROV-40D", back, last: null));
        Assert.Null(DueAt(detained, "KZ-DET-72H", back, last: null));
    }

    [Fact]
    public void A_week_of_downtime_over_the_release_date_itself_gives_one_message_that_it_is_overdue()
    {
        var detained = Case.In("KZ").With("detention_start", "2024-03-26").With("extradition_arrest_ordered", "2024-04-20");
        var back = Case.Utc("2025-03-30T12:00:00Z");

        var due = DueAt(detained, "KZ-EXTR-12M", back, last: "-3d")!;
        Assert.Equal(RungKind.Overdue, due.Kind);
        Assert.True(due.IsLate);
        Assert.Null(DueAt(detained, "KZ-EXTR-12M", back + Duration.FromMinutes(1), last: due.Rung));
    }

    [Fact]
    public void A_person_nobody_can_find_is_asked_for_at_once_after_half_a_day_and_after_a_day()
    {
        var taken = Case.In("KZ").With("abduction_reported", "2022-09-13T22:00");

        Assert.Equal(
            ["at once 13 22:00", "ask +12h 14 10:00", "ask +24h 14 22:00", "ask every 2d#1 16 09:00"],
            Sent(taken, "locate", "2022-09-13T16:00:00Z", "2022-09-16T16:00:00Z"));
    }

    [Fact]
    public void A_person_released_is_asked_after_every_month()
    {
        var released = Case.In("KZ").With("detention_start", "2024-03-26").With("release", "2025-03-25");

        Assert.Equal(
            ["ask every 30d#1 24 09:00", "ask every 30d#2 24 09:00", "ask every 30d#3 23 09:00"],
            Sent(released, "watch", "2025-03-25", "2025-07-01"));
    }

    [Fact]
    public void A_decision_that_is_overdue_may_have_been_issued_silently_and_is_asked_for_soon_and_then_every_four_weeks()
    {
        var applied = Case.In("KZ").With("asylum_registered", "2024-02-23");
        var silent = Assert.Single(applied.At("2024-05-25"), deadline => deadline.Kind == DeadlineKind.AuthoritySilent);

        Assert.Equal("KZ-REF-DECISION-3M", silent.RuleId);
        Assert.Equal(Case.Utc("2024-05-26T04:00:00Z"), Policy.NextAfter(silent, Case.Utc("2024-05-25")));
        Assert.Equal(Case.Utc("2024-05-30T04:00:00Z"), Policy.NextAfter(silent, Case.Utc("2024-05-28")));
        Assert.Equal(Case.Utc("2024-06-27T04:00:00Z"), Policy.NextAfter(silent, Case.Utc("2024-05-31")));
    }

    [Theory]
    [InlineData("KZ-DET-72H", "2024-03-26T10:00", LimitClass.Hours)]
    [InlineData("KZ-CAO-APPEAL-10D", "2024-03-26", LimitClass.Days)]
    [InlineData("KZ-PROV-40D", "2024-03-26", LimitClass.Weeks)]
    [InlineData("KZ-EXTR-12M", "2024-03-26", LimitClass.Months)]
    public void Limits_are_classed_by_their_length(string rule, string at, LimitClass expected) =>
        Assert.Equal(expected, ReminderPolicy.ClassOf(ShippedLaw.Limit(rule, ShippedLaw.At(at))));

    [Fact]
    public void However_the_monitor_is_down_and_up_again_overdue_is_never_early_and_nothing_is_said_twice() =>
        Property.ForAll(
            random => (Detained: new LocalDate(2022, 1, 1).PlusDays(random.Next(1_500)), Rule: random.Next(3), Random: random),
            input =>
            {
                var rule = new[] { "KZ-DET-72H", "KZ-PROV-40D", "KZ-EXTR-12M" }[input.Rule];
                var limit = ShippedLaw.Limit(rule, ShippedLaw.At(input.Detained.ToString("uuuu-MM-dd", null)));
                var ladder = Policy.For(DeadlineKind.ReleaseDue, limit);
                var said = new List<string>();
                string? last = null;

                for (var now = limit.StartsAt!.Value; now < limit.Latest.Instant + Duration.FromDays(60); now += Outage(input.Random, limit))
                {
                    // No longer limit runs beside it, so a passed limit is missed.
                    var state = now >= limit.Latest.Instant ? DeadlineState.Missed : DeadlineState.Scheduled;
                    if (ladder.DueAt(limit, state, last, now) is not { } due)
                        continue;

                    Assert.True(due.Kind != RungKind.Overdue || now >= limit.Latest.Instant);
                    Assert.True(due.Kind != RungKind.Before || now < limit.Earliest.Instant);
                    Assert.True(due.PlannedFor <= now);
                    said.Add(due.Kind == RungKind.Overdue ? "overdue" : due.Rung);
                    last = due.Rung;
                }

                Assert.Equal(said.Distinct(), said);
                Assert.Contains("overdue", said);
            },
            runs: 100);

    // The program is mostly up, and sometimes down for up to two weeks.
    private static Duration Outage(Random random, Limit limit) =>
        Duration.FromMinutes(random.Next(10) == 0 ? random.Next(14 * 24 * 60) : random.Next(1, limit.Earliest.LastDay is null ? 120 : 720));

    private static DueReminder? DueAt(Case @case, string ruleId, Instant now, string? last) =>
        Policy.DueAt(@case.One(ruleId, now), last, now);

    private static List<string> Sent(Case @case, string ruleId, string from, string to)
    {
        var sent = new List<string>();
        string? last = null;
        for (Instant? now = Case.Utc(from); now <= Case.Utc(to); now = Policy.NextAfter(@case.One(ruleId, now.Value), now.Value))
        {
            var deadline = @case.One(ruleId, now.Value);
            if (Policy.DueAt(deadline, last, now.Value) is not { } due)
                continue;

            last = due.Rung;
            sent.Add($"{due.Rung} {now.Value.InZone(deadline.Limit.Earliest.Zone).LocalDateTime.ToString("dd HH:mm", null)}");
        }

        return sent;
    }
}
