using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Tests.CheckIns;

public class CheckInTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly Duration Grace = Duration.FromHours(1);

    private static CheckIn Fresh => (new CheckIn(CheckInId.New(), new PersonId(Guid.CreateVersion7()))
    {
        Schedule = new CheckInSchedule.Every(6),
        Grace = Grace,
    }).Rested(Start, DateTimeZone.Utc);

    [Fact]
    public void Silence_goes_to_them_then_to_contacts_then_to_coordinators()
    {
        var asked = Start + Duration.FromHours(6);
        Assert.Equal(
            [
                (CheckInAct.Ask, asked), (CheckInAct.AskAgain, asked + Grace), (CheckInAct.TellContacts, asked + (2 * Grace)),
                (CheckInAct.Alarm, asked + (3 * Grace)),
            ],
            Silence(hasContacts: true));
    }

    [Fact]
    public void Without_contacts_coordinators_hear_of_it_a_grace_earlier() => Assert.Equal(
        [CheckInAct.Ask, CheckInAct.AskAgain, CheckInAct.Alarm], Silence(hasContacts: false).Select(done => done.Act));

    [Fact]
    public void An_answer_at_any_step_ends_it_and_plans_the_next_question() => Property.ForAll(
        dice => dice.Next(1, 30),
        hours =>
        {
            var (one, now) = (Fresh, Start);
            for (var hour = 0; hour < hours; hour++)
                one = one.Due(now += Grace, true).Next;
            var rested = one.Rested(now, DateTimeZone.Utc);
            Assert.Equal(CheckInStep.Resting, rested.Step);
            Assert.Equal(now + Duration.FromHours(6), rested.LookAt);
            Assert.Null(rested.AskedAt);
        }, runs: 100);

    [Fact]
    public void After_an_outage_one_question_stands_for_all_and_nobody_is_alarmed_before_it_is_repeated()
    {
        var late = Start + Duration.FromDays(3);
        var (act, asked) = Fresh.Due(late, true);
        Assert.Equal(CheckInAct.Ask, act);
        Assert.Equal(CheckInAct.Nothing, asked.Due(late, true).Act);

        // The program was down when an answer was due: it asks again before it tells anybody, and only once.
        var again = asked.Due(late + Grace, true).Next;
        var back = late + Duration.FromDays(1);
        var (repeat, excused) = again.Due(back, true);
        Assert.Equal(CheckInAct.AskAgain, repeat);
        Assert.Equal(CheckInAct.TellContacts, excused.Due(back + Duration.FromDays(1), true).Act);
    }

    [Fact]
    public void The_time_to_answer_begins_when_the_question_left_and_never_ends_earlier_for_it() => Property.ForAll(
        dice => Duration.FromMinutes(dice.Next(0, 600)),
        late =>
        {
            var due = Start + Duration.FromHours(6);
            var asked = Fresh.Due(due, true).Next;

            var left = asked.WentOutAt(due + late);

            Assert.Equal(due + late + Grace, left.LookAt);
            Assert.Equal(asked, asked.WentOutAt(due - late));
            Assert.Equal(CheckInAct.Nothing, left.Due(due + late + Grace - Duration.FromSeconds(1), true).Act);
        }, runs: 100);

    [Fact]
    public void Each_first_question_begins_a_round_of_its_own()
    {
        var first = Fresh.Due(Start + Duration.FromHours(6), true).Next;
        var second = first.Rested(Start + Duration.FromHours(7), DateTimeZone.Utc).Due(Start + Duration.FromHours(13), true).Next;

        Assert.Equal((1, 1, 2), (first.Round, first.Due(Start + Duration.FromHours(7), true).Next.Round, second.Round));
    }

    [Fact]
    public void A_pause_ends_by_itself()
    {
        var until = Start + Duration.FromDays(3);
        var paused = Fresh.PausedUntil(until, DateTimeZone.Utc);
        Assert.Equal(CheckInAct.Nothing, paused.Due(until, true).Act);
        var (act, next) = paused.Due(until + Duration.FromHours(6), true);
        Assert.Equal(CheckInAct.Ask, act);
        Assert.False(next.IsPaused);
    }

    private static List<(CheckInAct Act, Instant At)> Silence(bool hasContacts)
    {
        var (one, done) = (Fresh, new List<(CheckInAct, Instant)>());
        for (var now = Start; now < Start + Duration.FromDays(2); now += Duration.FromMinutes(1))
        {
            (var act, one) = one.Due(now, hasContacts);
            if (act != CheckInAct.Nothing)
                done.Add((act, now));
        }

        return done;
    }
}
