namespace AlertBot.Domain.Incidents;

/// <summary>An act on an incident, as its history stores it. The words for each are under <c>ack.act</c> in the texts.</summary>
public enum IncidentAct
{
    Reported,
    Added,
    Withdrawn,
    Verified,
    Attached,
    FalseAlarm,
    Corrected,

    /// <summary>It repeats another incident, in whose history <see cref="Merged"/> stands.</summary>
    Duplicate,
    Merged,

    /// <summary>A coordinator asked a reporter; the reply is an <see cref="Answer"/>.</summary>
    Question,
    Answer,

    /// <summary>It may be about a registered person.</summary>
    Perhaps,

    /// <summary>It names a registered person besides the one it is about.</summary>
    Also,

    /// <summary>The full alert was sent because a coordinator verified the incident.</summary>
    ToldVerified,

    /// <summary>The full alert was sent because independent reporters tell the same.</summary>
    ToldCorroborated,

    /// <summary>The full alert was sent because nobody verified or dismissed the incident in the policy's time.</summary>
    ToldAtLimit,

    /// <summary>The escalation told the people of its next steps.</summary>
    Told,
    Taken,
    Cannot,
    Asked,
    Still,
    OpenedAgain,
    HandedOn,

    /// <summary>A note in somebody's words.</summary>
    Note,

    /// <summary>The note that a lawyer is on the way, made by a button and so shown in every reader's language.</summary>
    Lawyer,
    Closed,

    /// <summary>The person who took it says that it is over, and how; a coordinator decides.</summary>
    Proposed,

    /// <summary>A coordinator decided that it is not over.</summary>
    GoesOn,

    /// <summary>It was closed but is not over.</summary>
    Reopened,

    /// <summary>It turned out to be about somebody else.</summary>
    Detached,

    /// <summary>Its outcome was recorded in the case.</summary>
    Recorded,

    /// <summary>It was closed, and a reporter told more.</summary>
    OpenedByWords,

    /// <summary>A report of something else was taken out of it.</summary>
    Parted,

    /// <summary>Somebody decided that a later report tells of the same.</summary>
    Same,

    /// <summary>The reporter says that it was sent by mistake.</summary>
    NotMeant,

    /// <summary>It was told in a digest, whose key is stored.</summary>
    Digest,

    /// <summary>A coordinator had more people told.</summary>
    ToldTo,

    /// <summary>Somebody opened it.</summary>
    Read,

    /// <summary>The silent person of a check-in has answered.</summary>
    SaidWell,
    CheckInEnded,
}
