using NodaTime;

namespace AlertBot.Domain.Incidents;

/// <summary>
/// Pursues an incident until it is closed. While nobody has taken it, it tells ever more people, then all of them again and again. It asks the person
/// who took it whether they are still on it. Every look sets the time of the next one.
/// </summary>
public static class Escalation
{
    /// <param name="reaches">Whether a step reaches anybody now. A step that reaches nobody is skipped at once.</param>
    public static EscalationLook Look(Incident incident, IncidentPolicy policy, Func<EscalationStep, bool> reaches, Instant now) => incident switch
    {
        { Handling: Handling.Closed } => new EscalationLook(EscalationMove.Nothing, incident with { LookAt = null }),
        { LookAt: { } at } when now < at => new EscalationLook(EscalationMove.Nothing, incident),
        { Handling: Handling.Open } => LookAtOpen(incident, policy, reaches, now),
        // Nobody loses an incident without being asked first, however long the program was down.
        { AskedAt: null } => new EscalationLook(EscalationMove.Ask, incident with { AskedAt = now, LookAt = now + policy.OpenAgainAfter }),
        _ => new EscalationLook(EscalationMove.OpenAgain, OpenAgain(incident, policy, now)),
    };

    /// <summary>Nobody has it any more: everybody is told at once, and the steps begin anew.</summary>
    public static Incident OpenAgain(Incident incident, IncidentPolicy policy, Instant now) => incident with
    {
        Handling = Handling.Open,
        TakenBy = null,
        TakenAt = null,
        AskedAt = null,
        Step = 0,
        LookAt = now + policy.NextStepAfter,
    };

    /// <summary>The person who took it is still on it.</summary>
    public static Incident StillOnIt(Incident incident, IncidentPolicy policy, Instant now) => incident with
    {
        AskedAt = null,
        LookAt = now + policy.StillOnItAfter,
    };

    // After downtime several steps may be overdue: their people are told together, once. An overdue repeat reaches all of them.
    private static EscalationLook LookAtOpen(Incident incident, IncidentPolicy policy, Func<EscalationStep, bool> reaches, Instant now)
    {
        var due = incident.LookAt ?? now;
        var step = incident.Step;
        var told = new List<EscalationStep>();
        while (step < policy.Steps.Count && due <= now)
        {
            var next = policy.Steps[step++];
            if (!reaches(next))
                continue;
            told.Add(next);
            due += WaitAfter(step, policy);
        }

        if (due > now)
            return new EscalationLook(EscalationMove.Tell, incident with { Step = step, LookAt = now + WaitAfter(step, policy) }) { Steps = told };
        return new EscalationLook(
            EscalationMove.Repeat, incident with { Step = Math.Max(incident.Step, policy.Steps.Count) + 1, LookAt = now + policy.RepeatEvery });
    }

    private static Duration WaitAfter(int step, IncidentPolicy policy) => step < policy.Steps.Count ? policy.NextStepAfter : policy.RepeatEvery;
}

/// <param name="Next">The incident after the move, with the time of the next look.</param>
public sealed record EscalationLook(EscalationMove Move, Incident Next)
{
    /// <summary>Whom to tell, for <see cref="EscalationMove.Tell"/>.</summary>
    public IReadOnlyList<EscalationStep> Steps { get; init; } = [];
}

/// <summary>What to do about an incident now.</summary>
public enum EscalationMove
{
    Nothing,

    /// <summary>Tell the next people.</summary>
    Tell,

    /// <summary>Tell everybody again: all steps are done.</summary>
    Repeat,

    /// <summary>Ask the person who took it: still on it?</summary>
    Ask,

    /// <summary>Open it again and tell everybody: there was no answer.</summary>
    OpenAgain,
}
