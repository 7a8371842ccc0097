using AlertBot.Domain.Cases;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Configuration;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Workflows.Cases;

/// <summary>An event as a file tells it, every value as written. Prints as a mask.</summary>
public sealed record EventDraft(string Kind)
{
    /// <summary>When it happened: <c>2024-03-26</c>, <c>2024-03-26T00:20</c>, <c>2024-03</c>, <c>2024</c>. Null: not known.</summary>
    public string? At { get; init; }

    public string? Precision { get; init; }

    /// <summary>The last day it may have been.</summary>
    public string? Until { get; init; }

    /// <summary>Time zone of the place; null: that of the case.</summary>
    public string? Zone { get; init; }

    public string? Known { get; init; }

    public string? Served { get; init; }

    /// <summary>The date it fixes: of a hearing, the last day printed on a paper.</summary>
    public string? Sets { get; init; }

    public string? Jurisdiction { get; init; }

    /// <summary>The court, committee or authority: <c>ECHR</c>, <c>HRC</c>, a State's code.</summary>
    public string? Body { get; init; }

    /// <summary>Of a filing or its answer: the number, counted from 1, of the event in the same file that it is about.</summary>
    public int? About { get; init; }

    public string? Place { get; init; }

    public string? Source { get; init; }

    public string? Authority { get; init; }

    public string? Note { get; init; }

    /// <summary>True: a fact of the past that starts no clock.</summary>
    public bool History { get; init; }

    /// <summary>Another account of the event with this number in the same file, counted from 1.</summary>
    public int? SameFactAs { get; init; }

    /// <summary>True: a date that looks like a slip (before 1990, far from the event) is right.</summary>
    public bool Sure { get; init; }

    /// <summary>False: the other account was preferred.</summary>
    public bool Preferred { get; init; } = true;

    /// <summary>Reads it into an event.</summary>
    /// <returns>The event, or a sentence that says what is wrong with it.</returns>
    /// <param name="now">What has happened does not lie ahead of it; null: that is not looked at.</param>
    public (CaseEvent? Event, string? Problem) Read(DateTimeZone caseZone, Instant? now = null)
    {
        if (EventKinds.Find(Kind) is not { } kind)
            return (null, $"unknown kind of event '{Kind}'{Nearest.Hint(Kind, EventKinds.KnownCodes)}");
        if ((Zone is null ? caseZone : ZoneId.Read(Zone)) is not { } zone)
            return (null, ZoneId.Unknown(Zone!));

        Precision? precision = null;
        if (Precision is { } said && (precision = WhenText.ReadPrecision(said)) is null)
            return (null, $"unknown precision '{said}': use exact, night, day, month, year or unknown");

        foreach (var (name, text) in new[] { ("until", Until), ("known", Known), ("served", Served) })
        {
            if (text is not null && WhenText.ReadDay(text) is null)
                return (null, $"'{name}' is no day: '{text}'; write it as 2024-03-26");
        }

        var until = Until is null ? null : WhenText.ReadDay(Until);
        var when = At is null ? null : WhenText.Read(At, zone, precision, until);
        if (At is not null && when is null)
            return (null, $"cannot read the time '{At}': write 2024-03-26, 2024-03-26T00:20, 2024-03 or 2024, and no 'until' before it");
        var sets = Sets is null ? null : WhenText.Read(Sets, zone);
        if (Sets is not null && sets is null)
            return (null, $"cannot read the time '{Sets}' that the event sets");
        if (SlipIn(kind, when, sets, now?.InZone(zone).Date) is { } slip)
            return (null, slip);

        return (new CaseEvent(EventId.New(), kind, when)
        {
            Known = Known is null ? null : WhenText.ReadDay(Known),
            Served = Served is null ? null : WhenText.ReadDay(Served),
            Sets = sets,
            Jurisdiction = Jurisdiction,
            Body = Body?.Trim().ToUpperInvariant(),
            MayStartClocks = !History,
            Preferred = Preferred,
            Detail = (Place ?? Source ?? Authority ?? Note) is null ? EventDetail.None : new EventDetail(Place, Source, Authority, Note),
        }, null);
    }

    private const string Override = "\"sure\": true to the event";

    private string? SlipIn(EventKind kind, When? when, When? sets, LocalDate? today)
    {
        var mayLieAhead = EventMenu.MayLieAhead(kind.Code);
        foreach (var (name, day) in new[]
        {
            ("at", mayLieAhead ? null : when?.Window?.FirstDay), ("known", Known is null ? null : WhenText.ReadDay(Known)),
            ("served", Served is null ? null : WhenText.ReadDay(Served)),
        })
        {
            if (day > today)
                return $"'{name}' lies ahead: {LocalDatePattern.Iso.Format(day.Value)} is still to come, and the event has happened";
            if (!Sure && day is { Year: < DateDoubt.Oldest })
                return $"'{name}' lies before {DateDoubt.Oldest}: if {LocalDatePattern.Iso.Format(day.Value)} is right, add {Override}";
        }

        return Sure || sets?.Window is not { } set || DateDoubt.OfSet(set, when?.Window, today ?? when?.Window?.LastDay ?? set.LastDay) is null
            ? null
            : $"'sets' lies before the event, or more than twenty years away: if '{Sets}' is right, add {Override}";
    }

    public override string ToString() => $"(event draft {Kind})";
}
