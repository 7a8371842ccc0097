namespace AlertBot.Domain.Incidents;

/// <summary>What was done about an incident, as its history keeps it. The words for each stand under <c>ack.act</c> in the texts.</summary>
public enum IncidentAct
{
    Reported,
    Added,
    Withdrawn,
    Verified,
    Attached,
    FalseAlarm,
    Corrected,

    /// <summary>It is another report of what a second incident tells; on that one stands <see cref="Merged"/>.</summary>
    Duplicate,
    Merged,

    /// <summary>A coordinator asked a reporter; what came back is an <see cref="Answer"/>.</summary>
    Question,
    Answer,

    /// <summary>Somebody registered may be meant by it.</summary>
    Perhaps,

    /// <summary>Somebody registered is named in it beside the person it is about.</summary>
    Also,

    /// <summary>The full alert went out: a coordinator verified it.</summary>
    ToldVerified,

    /// <summary>The full alert went out: reporters who do not depend on each other tell the same.</summary>
    ToldCorroborated,

    /// <summary>The full alert went out: nobody could verify or dismiss it in the time that the policy gives.</summary>
    ToldAtLimit,

    /// <summary>The escalation told its next steps.</summary>
    Told,
    Taken,
    Cannot,
    Asked,
    Still,
    OpenedAgain,
    HandedOn,

    /// <summary>A note in somebody's words.</summary>
    Note,

    /// <summary>The note that a lawyer is on the way, said by a button and so in every reader's language.</summary>
    Lawyer,
    Closed,

    /// <summary>How it ended was put on the case.</summary>
    Recorded,

    /// <summary>It was over, and a reporter says more.</summary>
    OpenedByWords,

    /// <summary>A report of something else was taken out of it.</summary>
    Parted,

    /// <summary>Somebody said that a later report tells of the same.</summary>
    Same,

    /// <summary>Whoever sent it says that it was not meant.</summary>
    NotMeant,

    /// <summary>It stood in a digest, by the key of that.</summary>
    Digest,

    /// <summary>A coordinator had more people told.</summary>
    ToldTo,

    /// <summary>Somebody opened it.</summary>
    Read,

    /// <summary>The person whose silence it is answered.</summary>
    SaidWell,
    CheckInEnded,
}
