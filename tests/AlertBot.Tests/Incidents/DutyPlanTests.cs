using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Tests.Incidents;

public class DutyPlanTests
{
    private static readonly PersonId Anna = PersonId.New();
    private static readonly PersonId Bela = PersonId.New();
    private static readonly PersonId Cem = PersonId.New();
    private static readonly IncidentPolicy Policy = new();

    // A Tuesday; duty is handed over on Mondays at nine in Almaty.
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 3, 9, 0);

    [Fact]
    public void Each_week_the_next_one_has_duty_and_the_first_comes_again() =>
        Assert.Equal([Anna, Bela, Cem, Anna], WhoIn(Plan([Anna, Bela, Cem]), 4));

    [Fact]
    public void Whoever_is_away_is_stood_in_for_and_has_their_turn_when_they_are_back() => Assert.Equal(
        [Anna, Cem, Bela, Anna], WhoIn(Plan([Anna, Bela, Cem], Away(Bela, Week(1), Week(2))), 4));

    [Fact]
    public void An_absence_within_a_week_parts_it()
    {
        var (from, until) = (Week(0) + Duration.FromDays(3), Week(0) + Duration.FromDays(4));
        Assert.Equal(
            [(Now, Anna), (from, Bela), (until, (PersonId?)Anna)],
            Plan([Anna, Bela], Away(Anna, from, until)).Weeks(1)[0].Turns);
    }

    [Fact]
    public void Where_everybody_is_away_nobody_has_duty() =>
        Assert.Null(Plan([Anna], Away(Anna, Now, Now + Duration.FromDays(1))).At(Now));

    [Fact]
    public void The_plan_is_what_the_rota_does_from_hand_over_to_hand_over()
    {
        var rota = new OnCallRota([Anna, Bela, Cem]);
        foreach (var week in Plan(rota.People).Weeks(9))
        {
            Assert.Equal(rota.OnDuty, week.Turns.Single().Person);
            rota = rota.HandOver();
        }
    }

    private static IEnumerable<PersonId?> WhoIn(DutyPlan plan, int weeks) => plan.Weeks(weeks).Select(week => week.Turns.Single().Person);

    private static DutyPlan Plan(IReadOnlyList<PersonId> people, params IReadOnlyList<Absence> away) => new(people, away, Policy, Now);

    private static Absence Away(PersonId person, Instant from, Instant until) => new(AbsenceId.New(), person, from, until);

    private static Instant Week(int at) => OnCallRota.HandOverBefore(Policy, Now) + Duration.FromDays(7 * at);
}
