using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Tests.Law;
using AlertBot.Tests.Policies;
using AlertBot.Workflows.Policies;
using NodaTime;

namespace AlertBot.Tests.Deadlines;

/// <summary>When one limit's reminders come, which one is due after an outage, and what is never said too early.</summary>
public sealed class LadderTests
{
    // Earliest end 25 March 2025, latest 26 March, by the clock of Almaty (+05).
    private static readonly Limit Year = ShippedLaw.Limit("KZ-EXTR-12M", ShippedLaw.At("2024-03-26"));

    // Ends 29 March 2024, 10:00 in Almaty.
    private static readonly Limit Hours = ShippedLaw.Limit("KZ-DET-72H", ShippedLaw.At("2024-03-26T10:00"));

    [Theory]
    [InlineData("-30d", "2025-02-23T04:00:00Z")]
    [InlineData("-1d", "2025-03-24T04:00:00Z")]
    [InlineData("same day", "2025-03-25T04:00:00Z")]
    [InlineData("same day 08:00", "2025-03-25T03:00:00Z")]
    [InlineData("at once", "2024-03-25T19:00:00Z")]
    [InlineData("half-way", "2024-09-24T04:00:00Z")]
    [InlineData("-12h", "2025-03-25T07:00:00Z")]
    [InlineData("ask +1d", "2025-03-26T04:00:00Z")]
    [InlineData("ask +1h", "2025-03-25T20:00:00Z")]
    [InlineData("overdue", "2025-03-27T04:00:00Z")]
    public void A_reminder_of_a_limit_in_days_comes_by_the_clock_of_the_place(string rung, string at) =>
        Assert.Equal(Case.Utc(at), Ladder(rung).NextAfter(Year, Instant.MinValue));

    [Theory]
    [InlineData("-24h", "2024-03-28T05:00:00Z")]
    [InlineData("-1d", "2024-03-28T04:00:00Z")]
    [InlineData("half-way", "2024-03-27T17:00:00Z")]
    [InlineData("ask +1h", "2024-03-29T06:00:00Z")]
    [InlineData("overdue", "2024-03-29T05:00:00Z")]
    public void A_reminder_of_a_limit_in_hours_is_counted_from_its_last_moment(string rung, string at) =>
        Assert.Equal(Case.Utc(at), Ladder(rung).NextAfter(Hours, Instant.MinValue));

    // Ends on Monday 6 May 2024. The day before is a Sunday, the Saturday before that is worked by decree, and the first is a holiday.
    [Fact]
    public void What_would_come_on_a_day_off_comes_on_the_last_working_day_before_too()
    {
        var zone = ShippedLaw.Zone("Asia/Almaty");
        var end = LimitEnd.OnDay(new LocalDate(2024, 5, 6), zone);
        var limit = new Limit(end, end, []) { StartsAt = Case.Utc("2024-04-01") };
        var ladder = Ladder("-5d", "-1d") with { Calendar = ShippedLaw.Book.Calendars.Single(calendar => calendar.Jurisdiction == "KZ") };

        var first = ladder.NextAfter(limit, Case.Utc("2024-04-20"));
        var second = ladder.NextAfter(limit, first!.Value);
        var third = ladder.NextAfter(limit, second!.Value);

        Assert.Equal(Case.Utc("2024-04-30T04:00:00Z"), first);
        Assert.Equal(Case.Utc("2024-05-01T04:00:00Z"), second);
        Assert.Equal("-1d early", ladder.DueAt(limit, DeadlineState.DueSoon, "-5d", Case.Utc("2024-05-04T05:00:00Z"))?.Rung);
        Assert.Equal(Case.Utc("2024-05-04T04:00:00Z"), third);
        Assert.Equal(Case.Utc("2024-05-05T04:00:00Z"), ladder.NextAfter(limit, third!.Value));
        Assert.Equal(RungKind.Before, ladder.Again(limit, "-1d early", Case.Utc("2024-05-04T06:00:00Z"))?.Kind);
    }

    [Fact]
    public void The_question_comes_again_and_again_until_somebody_answers()
    {
        var ladder = Ladder("ask +1d", "ask every 7d");

        Assert.Equal(
            ["ask +1d 2025-03-26", "ask every 7d#1 2025-04-03", "ask every 7d#2 2025-04-10", "ask every 7d#3 2025-04-17"],
            Sent(ladder, Year, DeadlineState.Missed, "2025-03-20", "2025-04-20"));
        Assert.Equal(Case.Utc("2035-03-29T04:00:00Z"), ladder.NextAfter(Year, Case.Utc("2035-03-28")));
    }

    [Fact]
    public void A_question_that_stands_alone_comes_a_period_after_the_end() =>
        Assert.Equal(
            ["ask every 30d#1 2025-04-26", "ask every 30d#2 2025-05-26"], Sent(
                Ladder("ask every 30d"), Year, DeadlineState.Due, "2025-03-26", "2025-06-01"));

    [Fact]
    public void A_reminder_is_sent_once()
    {
        var ladder = Ladder("-3d", "-1d");

        Assert.Equal("-3d", ladder.DueAt(Year, DeadlineState.DueSoon, null, Case.Utc("2025-03-22T04:00:00Z"))?.Rung);
        Assert.Null(ladder.DueAt(Year, DeadlineState.DueSoon, "-3d", Case.Utc("2025-03-22T04:00:00Z")));
        Assert.Null(ladder.DueAt(Year, DeadlineState.DueSoon, "-3d", Case.Utc("2025-03-24T03:59:59Z")));
        Assert.Equal("-1d", ladder.DueAt(Year, DeadlineState.DueSoon, "-3d", Case.Utc("2025-03-24T04:00:00Z"))?.Rung);
    }

    [Fact]
    public void Before_the_first_reminder_nothing_is_due() =>
        Assert.Null(Ladder("-3d").DueAt(Year, DeadlineState.Scheduled, null, Case.Utc("2025-03-22T03:59:59Z")));

    [Fact]
    public void A_reminder_says_how_much_time_is_left_by_the_clock_and_by_the_calendar()
    {
        var due = Ladder("-3d").DueAt(Year, DeadlineState.DueSoon, null, Case.Utc("2025-03-22T04:00:00Z"))!;

        Assert.Equal(3, due.DaysLeft);
        Assert.Equal(Duration.FromHours(3 * 24 + 15), due.TimeLeft);
        Assert.False(due.IsLate);
    }

    [Fact]
    public void After_an_outage_the_reminders_that_were_missed_are_folded_into_the_last_one_which_says_that_it_is_late()
    {
        var ladder = Ladder("-14d", "-7d", "-3d", "-1d");
        var now = Case.Utc("2025-03-23T10:00:00Z");

        var due = ladder.DueAt(Year, DeadlineState.DueSoon, "-14d", now)!;

        Assert.Equal("-3d", due.Rung);
        Assert.True(due.IsLate);
        Assert.Equal(Duration.FromHours(30), due.Late);
        Assert.Null(ladder.DueAt(Year, DeadlineState.DueSoon, due.Rung, now));
    }

    [Fact]
    public void Half_an_hour_is_no_outage() =>
        Assert.False(Ladder("-3d").DueAt(Year, DeadlineState.DueSoon, null, Case.Utc("2025-03-22T04:30:00Z"))!.IsLate);

    [Fact]
    public void What_was_planned_before_the_deadline_was_put_on_file_is_not_late()
    {
        var due = Ladder("-14d", "-7d").DueAt(
            Year, DeadlineState.DueSoon, null, Case.Utc("2025-03-20T10:00:00Z"), knownSince: Case.Utc("2025-03-20T10:00:00Z"))!;

        Assert.Equal("-7d", due.Rung);
        Assert.Equal(Duration.Zero, due.Late);
    }

    [Fact]
    public void Days_left_are_not_announced_once_the_day_is_over()
    {
        var ladder = Ladder("-3d", "-1d", "same day", "ask +1d");

        Assert.Null(ladder.DueAt(Year, DeadlineState.Due, "-3d", Case.Utc("2025-03-25T20:00:00Z")));
        Assert.Equal("ask +1d", ladder.DueAt(Year, DeadlineState.Due, "-3d", Case.Utc("2025-03-26T04:00:00Z"))?.Rung);
    }

    [Fact]
    public void A_date_that_moved_ahead_is_reminded_of_anew()
    {
        var ladder = Ladder("-7d", "-3d", "-1d");
        var moved = ShippedLaw.Limit("KZ-EXTR-12M", ShippedLaw.At("2024-04-26"));

        Assert.Equal("-7d", ladder.DueAt(moved, DeadlineState.DueSoon, lastSent: "-1d", Case.Utc("2025-04-18T04:00:00Z"))?.Rung);
    }

    [Fact]
    public void Overdue_is_never_said_before_the_latest_end_whatever_the_state_and_never_while_a_longer_limit_runs()
    {
        var ladder = Ladder("ask +1d", "overdue");

        Assert.NotEqual(RungKind.Overdue, ladder.DueAt(Year, DeadlineState.Missed, null, Case.Utc("2025-03-26T18:59:59Z"))?.Kind);
        Assert.Equal(RungKind.Ask, ladder.DueAt(Year, DeadlineState.Due, null, Case.Utc("2025-04-30"))?.Kind);
        Assert.Equal(RungKind.Overdue, ladder.DueAt(Year, DeadlineState.Missed, "ask +1d", Case.Utc("2025-03-27T04:00:00Z"))?.Kind);
    }

    [Fact]
    public void Overdue_is_not_lost_behind_a_question_planned_for_the_same_morning()
    {
        // Appeals have one end, so that "ask +1d" and "overdue" fall on the same moment.
        var appeal = ShippedLaw.Limit("KZ-CAO-APPEAL-10D", ShippedLaw.At("2024-03-04"));
        var ladder = Ladder("-1d", "ask +1d", "ask +3d", "overdue");

        Assert.Equal(
            ["-1d 2024-03-13 Before", "ask +1d 2024-03-15 Overdue", "ask +3d 2024-03-17 Ask"],
            Sent(ladder, appeal, DeadlineState.Missed, "2024-03-13", "2024-03-20", kinds: true));
    }

    [Fact]
    public void Overdue_is_not_lost_in_an_outage_and_is_said_once()
    {
        var ladder = Ladder("-1d", "ask +1d", "ask +3d", "ask every 7d", "overdue");
        var now = Case.Utc("2025-05-30T10:00:00Z");

        var due = ladder.DueAt(Year, DeadlineState.Missed, "-1d", now)!;

        Assert.Equal(RungKind.Overdue, due.Kind);
        Assert.True(due.IsLate);
        Assert.Null(ladder.DueAt(Year, DeadlineState.Missed, due.Rung, now));
        Assert.Equal(RungKind.Ask, ladder.DueAt(Year, DeadlineState.Missed, due.Rung, now + Duration.FromDays(40))?.Kind);
    }

    [Theory]
    [InlineData(DeadlineState.Met)]
    [InlineData(DeadlineState.Superseded)]
    [InlineData(DeadlineState.Cancelled)]
    [InlineData(DeadlineState.Suspended)]
    [InlineData(DeadlineState.Disputed)]
    public void A_deadline_that_no_longer_runs_reminds_of_nothing(DeadlineState state) =>
        Assert.Null(Ladder("-3d", "ask +1d", "overdue").DueAt(Year, state, null, Case.Utc("2026-01-01")));

    private static Ladder Ladder(params string[] rungs)
    {
        var file = SectionFile.Of(ReminderSection.Read, $"reminders:\n  default: [{string.Join(", ", rungs)}]");
        Assert.Empty(file.Problems);
        return file.Policy.For(DeadlineKind.ReleaseDue, Year);
    }

    // Acts as a monitor: it looks when told to, and keeps the name of the last reminder.
    private static List<string> Sent(Ladder ladder, Limit limit, DeadlineState state, string from, string to, bool kinds = false)
    {
        var sent = new List<string>();
        string? last = null;
        for (Instant? now = Case.Utc(from); now <= Case.Utc(to); now = ladder.NextAfter(limit, now.Value))
        {
            if (ladder.DueAt(limit, state, last, now.Value) is not { } due)
                continue;

            last = due.Rung;
            sent.Add($"{due.Rung} {now.Value.InZone(limit.Earliest.Zone).Date.ToString("uuuu-MM-dd", null)}" + (kinds ? $" {due.Kind}" : ""));
        }

        return sent;
    }
}
