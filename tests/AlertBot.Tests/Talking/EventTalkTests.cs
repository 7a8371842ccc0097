using AlertBot.Domain.Cases;
using AlertBot.Domain.Time;
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

    // What was told stays, but for the question that is open, and for how exactly a date is known when another is told.
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

        // At its own question too, only words or "leave it out" change an answer.
        if (said is not (Said.Words or Said.Pressed { Data: "clear" }))
            Assert.Equal(
                (before.Served, before.Known, before.Sets, before.Place, before.Source, before.Note),
                (after.Served, after.Known, after.Sets, after.Place, after.Source, after.Note));
    }

    private static EventState Begun { get; } = EventTalk.Begin(100, "K-7F3Q", "Asia/Almaty");

    private static EventState Say(EventState state, string text) => EventTalk.Answer(state, new Said.Words(text), Today).Next!;

    private static EventState Press(EventState state, string data) => EventTalk.Answer(state, new Said.Pressed(state.Turn, data), Today).Next!;
}
