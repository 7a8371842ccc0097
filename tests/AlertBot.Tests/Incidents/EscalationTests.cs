using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using NodaTime;

namespace AlertBot.Tests.Incidents;

public sealed class EscalationTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly IncidentPolicy Policy = IncidentPolicy.Usual;

    [Fact]
    public void Nobody_takes_it_and_ever_more_people_are_told_then_all_again_every_five_minutes()
    {
        var told = Play(Open(), Everybody, Noon + Duration.FromMinutes(30));

        Assert.Equal(
            ["12:03 OnCall", "12:06 Subscribers", "12:09 Coordinators", "12:12 OtherChannel", "12:17 all", "12:22 all", "12:27 all"], told);
    }

    [Fact]
    public void A_step_that_reaches_nobody_is_passed_over_at_once()
    {
        var told = Play(Open(), step => step is EscalationStep.Coordinators, Noon + Duration.FromMinutes(12));

        Assert.Equal(["12:03 Coordinators", "12:06 all", "12:11 all"], told);
    }

    [Fact]
    public void After_an_outage_the_missed_steps_are_told_together_once()
    {
        var look = Escalation.Look(Open(), Policy, Everybody, Noon + Duration.FromMinutes(7));

        Assert.Equal((EscalationMove.Tell, 2), (look.Move, look.Next.Step));
        Assert.Equal([EscalationStep.OnCall, EscalationStep.Subscribers], look.Steps);
        Assert.Equal(Noon + Duration.FromMinutes(10), look.Next.LookAt);

        var late = Escalation.Look(Open(), Policy, Everybody, Noon + Duration.FromDays(3));
        Assert.Equal((EscalationMove.Repeat, 5), (late.Move, late.Next.Step));
    }

    [Fact]
    public void Whoever_has_it_is_asked_and_without_an_answer_it_is_open_again()
    {
        var taken = Taken(Noon);

        Assert.Equal(EscalationMove.Nothing, Escalation.Look(taken, Policy, Everybody, Noon + Duration.FromMinutes(59)).Move);
        var asked = Escalation.Look(taken, Policy, Everybody, Noon + Duration.FromMinutes(60));
        Assert.Equal(EscalationMove.Ask, asked.Move);
        Assert.Equal(EscalationMove.Nothing, Escalation.Look(asked.Next, Policy, Everybody, Noon + Duration.FromMinutes(74)).Move);
        var open = Escalation.Look(asked.Next, Policy, Everybody, Noon + Duration.FromMinutes(75));
        Assert.Equal((EscalationMove.OpenAgain, Handling.Open, 0), (open.Move, open.Next.Handling, open.Next.Step));
        Assert.Null(open.Next.TakenBy);
    }

    [Fact]
    public void However_long_we_were_down_nothing_is_taken_away_from_somebody_who_was_not_asked() =>
        Assert.Equal(EscalationMove.Ask, Escalation.Look(Taken(Noon), Policy, Everybody, Noon + Duration.FromDays(2)).Move);

    [Fact]
    public void What_is_closed_is_never_looked_at_again() =>
        Assert.Null(Escalation.Look(Open() with { Handling = Handling.Closed }, Policy, Everybody, Noon + Duration.FromDays(1)).Next.LookAt);

    [Fact]
    public void It_is_never_silent_while_open_never_earlier_than_the_policy_and_only_goes_on() => Property.ForAll(AnyNight, night =>
    {
        var (incident, policy, reaches, looks) = night;
        var shortest = Duration.Min(policy.NextStepAfter, policy.RepeatEvery);
        var longest = Duration.Max(policy.NextStepAfter, policy.RepeatEvery);
        var last = incident.OpenedAt;
        foreach (var now in looks)
        {
            var before = incident;
            var look = Escalation.Look(incident, policy, reaches.Contains, now);
            incident = look.Next;

            Assert.NotNull(incident.LookAt);
            Assert.True(incident.Step >= before.Step);
            if (look.Move == EscalationMove.Nothing)
            {
                Assert.True(now < before.LookAt && now - last < longest);
                Assert.Equal(before, incident);
                continue;
            }

            Assert.True(look.Move is EscalationMove.Tell or EscalationMove.Repeat);
            Assert.True(now - last >= shortest);
            Assert.InRange(incident.LookAt!.Value - now, shortest, longest);
            Assert.True(incident.Step > before.Step);
            Assert.All(look.Steps, step => Assert.Contains(step, reaches));
            Assert.True(look.Move == EscalationMove.Repeat || look.Steps.Count > 0);
            last = now;
        }
    });

    private static (Incident Incident, IncidentPolicy Policy, HashSet<EscalationStep> Reaches, List<Instant> Looks) AnyNight(Random random)
    {
        var all = Enum.GetValues<EscalationStep>();
        var policy = Policy with
        {
            Steps = all.OrderBy(_ => random.Next()).Take(random.Next(1, 5)).ToList(),
            NextStepAfter = Duration.FromSeconds(random.Next(5, 600)),
            RepeatEvery = Duration.FromSeconds(random.Next(5, 600)),
        };
        // Looks come every few seconds, and now and then after an outage of hours.
        var looks = new List<Instant>();
        var now = Noon;
        for (var i = 0; i < 60; i++)
            looks.Add(now += Duration.FromSeconds(random.Next(20) == 0 ? random.Next(50_000) : random.Next(1, 200)));
        return (Open() with { LookAt = Noon + policy.NextStepAfter }, policy, all.Where(_ => random.Next(2) == 0).ToHashSet(), looks);
    }

    private static Incident Open() => new(IncidentId.New(), IncidentCode.New(), null, ReportKind.Arrested, Noon)
    {
        LookAt = Noon + Policy.NextStepAfter,
    };

    private static Incident Taken(Instant at) => Open() with
    {
        Handling = Handling.Taken,
        TakenBy = PersonId.New(),
        TakenAt = at,
        LookAt = at + Policy.StillOnItAfter,
    };

    private static bool Everybody(EscalationStep step) => true;

    // What is told when, for a job that looks every five seconds.
    private static List<string> Play(Incident incident, Func<EscalationStep, bool> reaches, Instant until)
    {
        var told = new List<string>();
        for (var now = incident.OpenedAt; now <= until; now += Duration.FromSeconds(5))
        {
            var look = Escalation.Look(incident, Policy, reaches, now);
            incident = look.Next;
            if (look.Move != EscalationMove.Nothing)
                told.Add($"{now.InUtc().TimeOfDay:HH:mm} {(look.Move == EscalationMove.Repeat ? "all" : string.Join('+', look.Steps))}");
        }

        return told;
    }
}
