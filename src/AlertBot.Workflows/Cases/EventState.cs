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
    Place,
    Source,
    Note,
    Check,
}

/// <summary>An event to be put on file. Prints as a mask.</summary>
public sealed record EventAnswer(string Code, EventKind Kind, When? When)
{
    public LocalDate? Served { get; init; }

    public LocalDate? Known { get; init; }

    public When? Sets { get; init; }

    public EventDetail Detail { get; init; } = EventDetail.None;

    public CaseEvent ToEvent() => new(EventId.New(), Kind, When) { Served = Served, Known = Known, Sets = Sets, Detail = Detail };

    public override string ToString() => $"(event {Kind})";
}
