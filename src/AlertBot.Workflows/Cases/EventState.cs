using AlertBot.Domain.Cases;
using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// What has been told of an event so far, every date as it was written. It is saved after every step. Prints as a mask.
/// </summary>
public sealed record EventState
{
    /// <summary>Number of the open question.</summary>
    public int Turn { get; init; }

    public EventAt At { get; init; }

    /// <summary>Of the case, once it is known and the person may see it.</summary>
    public string? Code { get; init; }

    /// <summary>Of the case: what is told is local time there.</summary>
    public string? Zone { get; init; }

    /// <summary>The group of kinds that is open.</summary>
    public string? Group { get; init; }

    public string? Kind { get; init; }

    public string? Date { get; init; }

    /// <summary>True: it was said that nobody knows the date.</summary>
    public bool IsDateUnknown { get; init; }

    public Precision? Precision { get; init; }

    public string? Served { get; init; }

    public string? Known { get; init; }

    public string? Sets { get; init; }

    /// <summary>The court, committee or authority it went to, or that decided.</summary>
    public string? Body { get; init; }

    /// <summary>Id of the decision that a filing is about.</summary>
    public string? About { get; init; }

    /// <summary>What a filing could be about, when more than one could be meant: <c>e.ID</c> for a decision, <c>b.CODE</c> for a body.</summary>
    public IReadOnlyList<string> Meant { get; init; } = [];

    /// <summary>True: it was asked, and nobody knows.</summary>
    public bool IsMeantUnknown { get; init; }

    /// <summary>A part of the note that looks like a time or a date: to be asked about.</summary>
    public string? Leftover { get; init; }

    /// <summary>A date that looks like a slip; it was asked about, and is kept if it is said again.</summary>
    public string? Doubted { get; init; }

    /// <summary>What was most likely meant by what could not be read; it is one press away.</summary>
    public string? Near { get; init; }

    /// <summary>Unusual dates that somebody said are right.</summary>
    public IReadOnlyList<string> Sure { get; init; } = [];

    public string? Place { get; init; }

    public string? Source { get; init; }

    public string? Note { get; init; }

    public DateTimeZone ZoneOfCase => DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone ?? "") ?? DateTimeZone.Utc;

    /// <summary>When it happened; null while unknown.</summary>
    public When? When => Date is null || IsDateUnknown ? null : WhenText.Read(Date, ZoneOfCase, Precision);

    public override string ToString() => $"(event being told, at {At})";
}

/// <summary>Questions in their order.</summary>
public enum EventAt
{
    Case,
    Kind,
    Date,
    Precision,
    Served,
    Known,
    Sets,
    Body,
    Place,
    Source,
    Note,
    Leftover,
    Check,

    /// <summary>Asked only where more than one decision or body could be meant.</summary>
    Meant,
}

/// <summary>An event to be put on file. Prints as a mask.</summary>
public sealed record EventAnswer(string Code, EventKind Kind, When? When)
{
    public LocalDate? Served { get; init; }

    public LocalDate? Known { get; init; }

    public When? Sets { get; init; }

    public string? Body { get; init; }

    public EventId? About { get; init; }

    public EventDetail Detail { get; init; } = EventDetail.None;

    public CaseEvent ToEvent() => new(EventId.New(), Kind, When)
    {
        Served = Served,
        Known = Known,
        Sets = Sets,
        Body = Body,
        About = About,
        Detail = Detail,
    };

    public override string ToString() => $"(event {Kind})";
}
