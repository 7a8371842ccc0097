using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.CheckIns;
using NodaTime;

namespace AlertBot.Tests.Talking;

public class CheckInTalkTests
{
    private static readonly CheckInPolicy Policy = CheckInPolicy.Usual;

    [Fact]
    public void Every_few_hours_needs_no_clock_and_four_steps()
    {
        var done = Last(Press(Press(Press(Press(CheckInTalk.Begin(1, null), "go"), "every.6"), "grace.30"), "skip"), "go");

        Assert.Equal(new CheckInAnswer(new CheckInSchedule.Every(6), Duration.FromMinutes(30), null, null), done.Result);
    }

    [Fact]
    public void Certain_days_are_chosen_one_by_one_and_whoever_never_said_where_they_live_is_asked()
    {
        var state = Press(Press(CheckInTalk.Begin(1, null), "go"), "days");
        Assert.DoesNotContain("go", Offered(state));
        state = Press(Press(Press(Press(state, "day.1"), "day.2"), "day.2"), "day.4");
        state = Say(Press(state, "go"), "21.30");
        Assert.Equal(CheckInAt.Zone, state.At);
        state = Say(Say(Press(state, "zone.Asia/Almaty"), "2h"), "Invented  Person");

        var done = Last(state, "go");

        Assert.Equal(
            new CheckInAnswer(
                new CheckInSchedule.Daily(new LocalTime(21, 30), WeekDays.Monday | WeekDays.Thursday),
                Duration.FromHours(2), "Asia/Almaty", "Invented Person"),
            done.Result);
    }

    [Theory]
    [InlineData("45", 45)]
    [InlineData("45m", 45)]
    [InlineData("2 h", 120)]
    [InlineData("2ч", 120)]
    [InlineData("9", null)]
    [InlineData("13h", null)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    public void A_wait_is_typed_within_the_bounds(string typed, int? minutes)
    {
        var said = CheckInTalk.Answer(Press(Press(CheckInTalk.Begin(1, null), "go"), "every.6"), new Said.Words(typed), Policy);

        Assert.Equal(minutes, said.Next!.Grace);
        Assert.Equal(minutes is null, said.Remark?.Key == "checkin.not-a-wait");
    }

    [Fact]
    public void What_there_is_can_be_changed_piece_by_piece()
    {
        var one = new CheckIn(CheckInId.New(), new PersonId(Guid.CreateVersion7()))
        {
            Schedule = new CheckInSchedule.Every(6),
            Called = new PersonName("Invented Person"),
        };

        var done = Last(Press(Press(CheckInTalk.BeginWith(1, one, "Asia/Almaty"), "to.When"), "every.12"), "go");

        Assert.Equal(new CheckInAnswer(new CheckInSchedule.Every(12), CheckInPolicy.UsualGrace, "Asia/Almaty", "Invented Person"), done.Result);
    }

    [Fact]
    public void A_button_of_an_earlier_question_does_nothing()
    {
        var state = Press(CheckInTalk.Begin(1, null), "go");

        var stale = CheckInTalk.Answer(state, new Said.Pressed(state.Turn - 1, "cancel"), Policy);

        Assert.True(stale.IsStale);
        Assert.Equal(state, stale.Next);
    }

    [Fact]
    public void Whatever_is_said_there_is_always_a_way_on_and_what_comes_out_can_be_kept() => Property.ForAll(random => random, random =>
    {
        var state = CheckInTalk.Begin(1000, random.Next(2) == 0 ? null : "Asia/Almaty");
        for (var step = 0; step < 60; step++)
        {
            state = Speaker.Restarted(state);
            var asked = CheckInPrompts.Ask(state, Policy);
            NewCaseTalkTests.Readable(asked, state.Turn);
            var said = Speaker.Says(random, state.Turn, asked);

            var turn = CheckInTalk.Answer(state, said, Policy);

            if (turn.Next is not { } next)
            {
                Assert.True(turn.Result is not null || said is Said.Pressed { Data: "cancel" });
                if (turn.Result is { } told)
                    Kept(told);
                return;
            }

            state = next;
        }
    }, runs: 500);

    private static void Kept(CheckInAnswer told)
    {
        Assert.Equal(told.Schedule, CheckInSchedule.Read(told.Schedule.ToString()));
        Assert.True(Policy.Allows(told.Grace));
        Assert.True(told.Schedule is CheckInSchedule.Every || DateTimeZoneProviders.Tzdb.GetZoneOrNull(told.Zone!) is not null);
        Assert.InRange(told.Called?.Length ?? 1, 1, CheckInTalk.NameLimit);
    }

    private static IEnumerable<string> Offered(CheckInState state) =>
        CheckInPrompts.Ask(state, Policy).Options.SelectMany(row => row).Select(option => option.Data);

    private static CheckInState Say(CheckInState state, string text) => CheckInTalk.Answer(state, new Said.Words(text), Policy).Next!;

    private static CheckInState Press(CheckInState state, string data) => Last(state, data).Next!;

    private static Turn<CheckInState, CheckInAnswer> Last(CheckInState state, string data) => CheckInTalk.Answer(
        state, new Said.Pressed(state.Turn, data), Policy);
}
