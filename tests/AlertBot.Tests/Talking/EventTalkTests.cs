using AlertBot.Domain.Cases;
using AlertBot.Domain.Time;
using AlertBot.Tests.Texts;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Chat;
using NodaTime;

namespace AlertBot.Tests.Talking;

public class EventTalkTests
{
    private static readonly LocalDate Today = new(2026, 3, 2);

    [Fact]
    public void A_detention_is_told_in_a_few_presses()
    {
        var state = Press(Press(Begun, "g.taken"), "k.detention_start");
        state = Say(state, "26.03.2024 00:20");
        state = Press(state, "p.exact");
        state = Press(state, "skip");
        state = Press(state, "enough");

        var told = EventTalk.Answer(state, new Said.Pressed(state.Turn, "go"), Today).Result!;

        Assert.Equal(("K-7F3Q", "detention_start"), (told.Code, told.Kind.Code));
        Assert.Equal(
            new When(new LocalDate(2024, 3, 26), new LocalTime(0, 20), DateTimeZoneProviders.Tzdb["Asia/Almaty"], Precision.Exact), told.When);
        Assert.Equal(EventDetail.None, told.Detail);
    }

    [Fact]
    public void Of_a_decision_it_is_asked_when_it_was_served_and_known()
    {
        var state = Say(Say(Begun, "asylum refused"), "2024-05-02");
        state = Press(state, "p.day");
        Assert.Equal(EventAt.Served, state.At);
        Assert.Equal("event.before-decision", EventTalk.Answer(state, new Said.Words("2024-05-01"), Today).Remark!.Key);

        state = Say(state, "2024-05-20");
        Assert.Equal(EventAt.Known, state.At);
        state = Say(state, "21.05.2024");
        Assert.Equal(EventAt.Sets, state.At);
        state = Press(Press(state, "skip"), "enough");

        var told = EventTalk.Answer(state, new Said.Pressed(state.Turn, "go"), Today).Result!;
        Assert.Equal((new LocalDate(2024, 5, 20), new LocalDate(2024, 5, 21)), (told.Served, told.Known));
        Assert.Null(told.Sets);
    }

    [Fact]
    public void What_has_happened_does_not_lie_ahead_but_what_was_set_may()
    {
        var state = Say(Begun, "hearing_set");
        Assert.Equal("event.ahead", EventTalk.Answer(state, new Said.Words("2026-04-01"), Today).Remark!.Key);

        state = Press(Press(state, "today"), "p.day");
        Assert.Equal(EventAt.Sets, state.At);
        state = Say(state, "2026-04-01 10:00");

        Assert.Equal(new LocalTime(10, 0), EventTalk.Result(state)!.Sets!.Time);
    }

    [Fact]
    public void Nobody_may_know_the_date()
    {
        var state = Press(Say(Begun, "release"), "unknown");

        Assert.Equal(EventAt.Place, state.At);
        Assert.Null(EventTalk.Result(state)!.When);
    }

    [Fact]
    public void Of_a_month_nobody_asks_how_exactly()
    {
        var state = Say(Say(Begun, "release"), "2024-03");

        Assert.Equal(EventAt.Place, state.At);
        Assert.Equal(Precision.Month, state.When!.Precision);
    }

    [Fact]
    public void Going_back_shows_what_was_told_and_keeps_it()
    {
        var state = Say(Press(Press(Say(Begun, "release"), "today"), "p.day"), "Astana");

        var back = Press(state, "back");

        Assert.Equal((EventAt.Place, "Astana"), (back.At, back.Place));
        Assert.Equal((EventAt.Source, "Astana"), (Press(back, "skip").At, Press(back, "skip").Place));
        Assert.Null(Press(back, "clear").Place);
    }

    [Fact]
    public void Dates_that_do_not_belong_to_another_kind_are_kept_but_do_not_count()
    {
        var state = Say(Press(Say(Say(Begun, "asylum_refused"), "2024-05-02"), "p.day"), "2024-05-20");
        while (state.At != EventAt.Kind)
            state = Press(state, "back");

        state = Say(state, "release");

        Assert.Equal("2024-05-20", state.Served);
        Assert.Null(EventTalk.Result(state)!.Served);
    }

    [Theory]
    [InlineData("custody_ordered 2024-03-28 17:30 sets=2024-05-28 by the court", LineReading.Whole)]
    [InlineData("custody_ordered 28.03.2024", LineReading.Whole)]
    [InlineData("custody_ordered 2024-03 month", LineReading.Whole)]
    [InlineData("custody_ordered", LineReading.Partly)]
    [InlineData("", LineReading.Partly)]
    [InlineData("custody_ordered soon", LineReading.BadDate)]
    [InlineData("custody 2024-03-28", LineReading.UnknownKind)]
    internal void An_event_may_be_told_in_one_line(string line, LineReading reading) => Assert.Equal(reading, EventLine.Read(Begun, line).Reading);

    [Fact]
    public void One_line_holds_all_that_the_questions_ask_for()
    {
        var told = EventTalk.Result(
            EventLine.Read(Begun, "asylum_refused 2024-05-02 day served=2024-05-20 known=21.05.2024 sets=2024-06-19 told by the lawyer").State)!;

        Assert.Equal(Precision.Day, told.When!.Precision);
        Assert.Equal((new LocalDate(2024, 5, 20), new LocalDate(2024, 5, 21), new LocalDate(2024, 6, 19)), (told.Served, told.Known, told.Sets!.Day));
        Assert.Equal("told by the lawyer", told.Detail.Note);
    }

    [Theory]
    [InlineData("hearing_set 25.11.2025 sets=15.12.2025 10:00", 10, 0)]
    [InlineData("hearing_set 25.11.2025 sets=15.12.2025 9:05", 9, 5)]
    [InlineData("hearing_set 25.11.2025 sets=15.12.2025 в 09:05", 9, 5)]
    [InlineData("hearing_set 25.11.2025 sets=2025-12-15T9:05", 9, 5)]
    [InlineData("hearing_set 25.11.2025 sets=15.12.2025 10.00", 10, 0)]
    [InlineData("hearing_set 25.11.2025 sets=15.12.2025 10h", 10, 0)]
    [InlineData("hearing_set 25.11.2025 sets=15.12.2025 10h30", 10, 30)]
    [InlineData("hearing_set 25.11.2025 sets=15.12.2025, 3 pm", 15, 0)]
    [InlineData("hearing_set 25.11.2025 sets=15.12.2025 saat 10:00", 10, 0)]
    [InlineData("hearing_set 25.11.2025 sets= 15.12.2025 at 10", 10, 0)]
    [InlineData("hearing_set 25.11.2025 14:00 in Almaty sets=15.12.2025 10 часов", 10, 0)]
    public void The_hour_of_a_date_is_read_however_it_is_written(string line, int hour, int minute)
    {
        var (state, reading) = EventLine.Read(Begun, line);

        Assert.Equal(LineReading.Whole, reading);
        var sets = EventTalk.Result(state)!.Sets!;
        Assert.Equal((new LocalDate(2025, 12, 15), new LocalTime(hour, minute)), (sets.Day, sets.Time!.Value));
    }

    [Theory]
    [InlineData("release 2025-11-26 9:05", "09:05")]
    [InlineData("release 26.11.2025 в 9:05", "09:05")]
    [InlineData("release 10:00 26.11.2025", "10:00")]
    [InlineData("release 26.11.2025 23.30 from the prison", "23:30")]
    [InlineData("release 26.11.2025 saat 10da", "10:00")]
    public void So_is_the_hour_at_which_it_happened(string line, string time) => Assert.Equal(
        time, EventTalk.Result(EventLine.Read(Begun, line).State)!.When!.Time!.Value.ToString("HH:mm", null));

    [Theory]
    [InlineData("hearing_set 25.11.2025 the court sits at 10", "at 10")]
    [InlineData("hearing_set 25.11.2025 sets=15.12.2025 room 4, 10:00", "10:00")]
    [InlineData("hearing_set 25.11.2025 on 15.12.2025", "15.12.2025")]
    [InlineData("hearing_set 25.11.2025 15 декабря", "15 декабря")]
    [InlineData("hearing_set 25.11.2025 sets=31.02.2025", "sets=31.02.2025")]
    [InlineData("hearing_set 25.11.2025 sets=15.12.2025 25:00", "25:00")]
    public void What_is_left_and_looks_like_a_time_is_asked_about(string line, string left)
    {
        var (state, reading) = EventLine.Read(Begun, line);

        Assert.Equal((LineReading.Leftover, EventAt.Leftover, left), (reading, state.At, state.Leftover));
    }

    [Fact]
    public void What_is_left_becomes_the_hour_of_a_date_or_a_date_or_a_part_of_the_note()
    {
        var line = EventLine.Read(Begun, "hearing_set 25.11.2025 sets=15.12.2025 room 4, 10:00").State;
        var hour = Press(line, "set-hour");
        Assert.Equal((EventAt.Check, "room 4,", null), (hour.At, hour.Note, hour.Leftover));
        Assert.Equal(new LocalTime(10, 0), EventTalk.Result(hour)!.Sets!.Time);

        Assert.Equal("room 4, 10:00", Press(line, "note").Note);
        var date = EventLine.Read(Begun, "hearing_set 25.11.2025 on 15.12.2025").State;
        Assert.Equal(new LocalDate(2025, 12, 15), EventTalk.Result(Press(date, "sets"))!.Sets!.Day);
    }

    [Theory]
    [InlineData("1925-11-26")]
    [InlineData("0-tomorrow")]
    public void A_date_that_looks_like_a_slip_is_asked_about_and_kept_if_it_is_right(string told)
    {
        var text = told == "0-tomorrow" ? "2026-03-03" : told;
        var turn = EventTalk.Answer(Say(Begun, "release"), new Said.Words(text), Today);
        Assert.Equal(("event.really", EventAt.Date), (turn.Remark!.Key, turn.Next!.At));

        var kept = Press(turn.Next, "sure");
        Assert.Equal((EventAt.Precision, text), (kept.At, kept.Date));
        Assert.Equal(new LocalDate(2026, 2, 26), Say(turn.Next, "2026-02-26").When!.Day);
    }

    [Theory]
    [InlineData("hearing_set 2026-03-01 sets=1926-03-20", EventAt.Sets)]
    [InlineData("hearing_set 2026-03-01 sets=2106-03-20", EventAt.Sets)]
    [InlineData("asylum_refused 2026-02-01 known=2027-02-20", EventAt.Known)]
    [InlineData("asylum_refused 2026-02-01 served=1926-02-20", EventAt.Served)]
    [InlineData("release 2027-03-01", EventAt.Date)]
    internal void So_is_every_date_of_one_line(string line, EventAt at) =>
        Assert.Equal(at, EventTalk.FirstDoubt(EventLine.Read(Begun, line).State, Today)!.Value.At);

    [Fact]
    public void A_kind_may_be_called_as_its_button_is_in_any_language()
    {
        Assert.Equal("custody_ordered 27.11.2025", KindWords.InCode(Catalogs.Shipped, "custody ordered 27.11.2025"));
        Assert.Equal("release 27.11.2025", KindWords.InCode(Catalogs.Shipped, "Освобождение 27.11.2025"));
        Assert.Equal("nonsense 27.11.2025", KindWords.InCode(Catalogs.Shipped, "nonsense 27.11.2025"));
    }

    [Fact]
    public void A_button_of_an_earlier_question_does_nothing()
    {
        var state = Say(Begun, "release");

        var stale = EventTalk.Answer(state, new Said.Pressed(state.Turn - 1, "cancel"), Today);

        Assert.True(stale.IsStale);
        Assert.Equal(state, stale.Next);
    }

    [Fact]
    public void Whatever_is_said_nothing_told_is_lost_and_there_is_always_a_way_on() => Property.ForAll(random => random, random =>
    {
        var state = EventTalk.Begin(1000, random.Next(4) == 0 ? null : "K-7F3Q", "Asia/Almaty");
        for (var step = 0; step < 60; step++)
        {
            state = Speaker.Restarted(state);
            var asked = EventPrompts.Ask(state);
            NewCaseTalkTests.Readable(asked, state.Turn);
            var said = Speaker.Says(random, state.Turn, asked);

            var turn = EventTalk.Answer(state, said, Today);

            if (turn.Next is not { } next)
            {
                Assert.True(turn.Result is not null || said is Said.Pressed { Data: "cancel" });
                Assert.True(turn.Result is null || EventKinds.All.Contains(turn.Result.ToEvent().Kind));
                return;
            }

            Kept(state, next, said);
            state = random.Next(20) == 0 && next.At == EventAt.Case ? EventTalk.CaseFound(next, "K-7F3Q", "Asia/Almaty").Next! : next;
        }
    }, runs: 1_000);

    // What was told stays, except the answer to the open question, and the precision of a date when another date is told.
    private static void Kept(EventState before, EventState after, Said said)
    {
        Assert.Equal(before.Code, after.Code);
        if (before.At != EventAt.Kind)
            Assert.Equal(before.Kind, after.Kind);
        if (before.At != EventAt.Date)
            Assert.Equal((before.Date, before.IsDateUnknown), (after.Date, after.IsDateUnknown));
        if (before.At is not (EventAt.Date or EventAt.Precision))
            Assert.Equal(before.Precision, after.Precision);
        Assert.Equal(before.At == EventAt.Served ? after.Served : before.Served, after.Served);
        Assert.Equal(before.At == EventAt.Known ? after.Known : before.Known, after.Known);
        Assert.Equal(before.At == EventAt.Sets ? after.Sets : before.Sets, after.Sets);
        Assert.Equal(before.At == EventAt.Place ? after.Place : before.Place, after.Place);
        Assert.Equal(before.At == EventAt.Source ? after.Source : before.Source, after.Source);
        Assert.Equal(before.At == EventAt.Note ? after.Note : before.Note, after.Note);

        // Even at its own question, only words, "it is right" or "leave it out" change an answer.
        if (said is not (Said.Words or Said.Pressed { Data: "clear" or "sure" }))
            Assert.Equal(
                (before.Served, before.Known, before.Sets, before.Place, before.Source, before.Note),
                (after.Served, after.Known, after.Sets, after.Place, after.Source, after.Note));
    }

    private static EventState Begun { get; } = EventTalk.Begin(100, "K-7F3Q", "Asia/Almaty");

    private static EventState Say(EventState state, string text) => EventTalk.Answer(state, new Said.Words(text), Today).Next!;

    private static EventState Press(EventState state, string data) => EventTalk.Answer(state, new Said.Pressed(state.Turn, data), Today).Next!;
}
