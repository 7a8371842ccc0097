using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Domain.CheckIns;

/// <summary>
/// A person at risk who wants to be asked, by their own schedule, whether all is well. When they are silent, they are
/// asked again, then their contacts are told, then the coordinators.
/// </summary>
/// <param name="Person">Who is asked.</param>
public sealed record CheckIn(CheckInId Id, PersonId Person)
{
    /// <summary>A look later than this means that the program was away. The person's silence then says nothing.</summary>
    public static readonly Duration LateIsOurFault = Duration.FromMinutes(10);

    /// <summary>The name that contacts and coordinators read; null: none.</summary>
    public PersonName? Called { get; init; }

    /// <summary>Null: not chosen yet.</summary>
    public CheckInSchedule? Schedule { get; init; }

    /// <summary>How long each step waits for an answer.</summary>
    public Duration Grace { get; init; } = CheckInPolicy.UsualGrace;

    /// <summary>True during a pause that the person chose. The next question ends it.</summary>
    public bool IsPaused { get; init; }

    public CheckInStep Step { get; init; }

    /// <summary>Grows with each first question, and tells the messages of one question from those of the next.</summary>
    public int Round { get; init; }

    /// <summary>True once the question was repeated because the program was away. Each question is repeated so once.</summary>
    public bool IsExcused { get; init; }

    /// <summary>Null: nothing is open.</summary>
    public Instant? AskedAt { get; init; }

    /// <summary>When to look next; null: nothing is planned.</summary>
    public Instant? LookAt { get; init; }

    /// <summary>The incident that this silence opened.</summary>
    public IncidentId? Incident { get; init; }

    /// <summary>What is to change once they have answered one more question; null: nothing.</summary>
    public CheckInWish? Wish { get; init; }

    /// <summary>The round in which they wished for it.</summary>
    public int WishRound { get; init; }

    /// <summary>True when they have a word that lets a change take effect at once, and one for duress.</summary>
    public bool HasWords { get; init; }

    /// <summary>Whether a later question was asked, so that this answer lets the wish take effect.</summary>
    public bool IsWishDue => Wish is not null && Round > WishRound;

    /// <summary>True while a question waits for an answer, and after people were told that none came.</summary>
    public bool IsOpen => Step != CheckInStep.Resting;

    /// <summary>Whether it waits for an answer to a question, and nobody else was told yet.</summary>
    public bool IsAsking => Step is CheckInStep.Asked or CheckInStep.AskedAgain;

    /// <summary>Closes what is open and plans the next question from here on.</summary>
    public CheckIn Rested(Instant now, DateTimeZone zone) => this with
    {
        Step = CheckInStep.Resting,
        IsPaused = false,
        IsExcused = false,
        AskedAt = null,
        Incident = null,
        LookAt = Schedule?.NextAfter(now, zone),
    };

    /// <summary>Asks nothing until then; afterwards it goes on by itself.</summary>
    public CheckIn PausedUntil(Instant until, DateTimeZone zone) => Rested(until, zone) with { IsPaused = true };

    /// <summary>The messenger was away and the question left only then, so the time to answer counts from there.</summary>
    public CheckIn WentOutAt(Instant sent) => IsAsking && LookAt < sent + Grace ? this with { LookAt = sent + Grace } : this;

    /// <summary>What to do now, and the check-in after that. It takes one step at a time, each with its own grace.</summary>
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

/// <summary>How far a silence has gone.</summary>
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
