using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Domain.CheckIns;

/// <summary>
/// A person at risk who is asked, by their own schedule, whether all is well. If they are silent, they are asked again, then their contacts
/// are told, then the coordinators.
/// </summary>
/// <param name="Person">The person who is asked.</param>
public sealed record CheckIn(CheckInId Id, PersonId Person)
{
    /// <summary>A look later than this means that the program was down, so the person's silence proves nothing.</summary>
    public static readonly Duration LateIsOurFault = Duration.FromMinutes(10);

    /// <summary>The name that contacts and coordinators read, if any.</summary>
    public PersonName? Called { get; init; }

    /// <summary>Null until chosen.</summary>
    public CheckInSchedule? Schedule { get; init; }

    /// <summary>How long each step waits for an answer.</summary>
    public Duration Grace { get; init; } = CheckInPolicy.UsualGrace;

    /// <summary>True during a pause that the person chose. The next question ends it.</summary>
    public bool IsPaused { get; init; }

    public CheckInStep Step { get; init; }

    /// <summary>The number of the question, which tells the messages of one question from those of the next.</summary>
    public int Round { get; init; }

    /// <summary>True once the question was repeated because the program was down. Each question is repeated so at most once.</summary>
    public bool IsExcused { get; init; }

    /// <summary>Null if no question is open.</summary>
    public Instant? AskedAt { get; init; }

    /// <summary>When to look next; null if nothing is planned.</summary>
    public Instant? LookAt { get; init; }

    /// <summary>The incident that was opened because of this silence.</summary>
    public IncidentId? Incident { get; init; }

    /// <summary>The change that waits until the person has answered one more question, if any.</summary>
    public CheckInWish? Wish { get; init; }

    /// <summary>The number of the question during which they asked for the change.</summary>
    public int WishRound { get; init; }

    /// <summary>True if the person has a word that lets a change take effect at once, and a word of duress.</summary>
    public bool HasWords { get; init; }

    /// <summary>Whether a later question was asked since, so that its answer lets the change take effect.</summary>
    public bool IsWishDue => Wish is not null && Round > WishRound;

    /// <summary>True while a question waits for an answer, including after people were told that none came.</summary>
    public bool IsOpen => Step != CheckInStep.Resting;

    /// <summary>Whether a question waits for an answer and nobody else was told yet.</summary>
    public bool IsAsking => Step is CheckInStep.Asked or CheckInStep.AskedAgain;

    /// <summary>Closes the open question and plans the next one from now.</summary>
    public CheckIn Rested(Instant now, DateTimeZone zone) => this with
    {
        Step = CheckInStep.Resting,
        IsPaused = false,
        IsExcused = false,
        AskedAt = null,
        Incident = null,
        LookAt = Schedule?.NextAfter(now, zone),
    };

    /// <summary>Asks nothing until then, and afterwards goes on by itself.</summary>
    public CheckIn PausedUntil(Instant until, DateTimeZone zone) => Rested(until, zone) with { IsPaused = true };

    /// <summary>
    /// After the clock went back: nothing waits longer than if the last step were done now. A pause keeps its end, which was chosen.
    /// </summary>
    public CheckIn BroughtBack(Instant now, DateTimeZone zone)
    {
        var longest = IsOpen ? now + Grace : IsPaused ? null : Schedule?.NextAfter(now, zone);
        return this with { AskedAt = AskedAt > now ? now : AskedAt, LookAt = LookAt > longest ? longest : LookAt };
    }

    /// <summary>The question left late because the messenger was down, so the time to answer counts from then.</summary>
    public CheckIn WentOutAt(Instant sent) => IsAsking && LookAt < sent + Grace ? this with { LookAt = sent + Grace } : this;

    /// <summary>What to do now, and the check-in after it. It takes one step at a time, each with its own grace.</summary>
    public (CheckInAct Act, CheckIn Next) Due(Instant now, bool hasContacts)
    {
        if (LookAt is not { } due || now < due)
            return (CheckInAct.Nothing, this);

        if (IsAsking && !IsExcused && now > due + LateIsOurFault)
            return (CheckInAct.AskAgain, this with { IsExcused = true, LookAt = now + Grace });

        return Step switch
        {
            CheckInStep.Resting => (CheckInAct.Ask, this with
            {
                Step = CheckInStep.Asked,
                Round = Round + 1,
                IsPaused = false,
                AskedAt = now,
                LookAt = now + Grace,
            }),
            CheckInStep.Asked => (CheckInAct.AskAgain, this with { Step = CheckInStep.AskedAgain, LookAt = now + Grace }),
            CheckInStep.AskedAgain when hasContacts => (CheckInAct.TellContacts, this with { Step = CheckInStep.ContactsTold, LookAt = now + Grace }),
            CheckInStep.AskedAgain or CheckInStep.ContactsTold => (CheckInAct.Alarm, this with { Step = CheckInStep.Alarmed, LookAt = null }),
            _ => (CheckInAct.Nothing, this with { LookAt = null }),
        };
    }

    public override string ToString() => "(check-in)";
}

public readonly record struct CheckInId(Guid Value)
{
    public static CheckInId New() => new(Guid.CreateVersion7());
}

/// <summary>The stage of a silence.</summary>
public enum CheckInStep
{
    Resting,
    Asked,
    AskedAgain,
    ContactsTold,
    Alarmed,
}

/// <summary>What the job does.</summary>
public enum CheckInAct
{
    Nothing,
    Ask,
    AskAgain,
    TellContacts,
    Alarm,
}
