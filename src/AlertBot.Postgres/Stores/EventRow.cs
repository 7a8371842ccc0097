using System.Text.Json;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>One row of <c>case_event</c>.</summary>
internal sealed class EventRow
{
    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public string Kind { get; init; } = "";
    public LocalDate? AtDay { get; init; }
    public LocalTime? AtTime { get; init; }
    public string? AtZone { get; init; }
    public string? AtPrecision { get; init; }
    public LocalDate? AtUntil { get; init; }
    public LocalDate? Served { get; init; }
    public LocalDate? Known { get; init; }
    public LocalDate? SetsDay { get; init; }
    public LocalTime? SetsTime { get; init; }
    public string? SetsZone { get; init; }
    public string? SetsPrecision { get; init; }
    public LocalDate? SetsUntil { get; init; }
    public string? Jurisdiction { get; init; }
    public string? Body { get; init; }
    public Guid? About { get; init; }
    public bool StartsClocks { get; init; }
    public bool IsWithdrawn { get; init; }
    public Guid? SameFactAs { get; init; }
    public bool Preferred { get; init; }
    public Guid? RecordedBy { get; init; }
    public Instant RecordedAt { get; init; }
    public Guid? ConfirmedBy { get; init; }
    public byte[]? Detail { get; init; }

    public static DateTimeZone ZoneOf(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)
        ?? throw new InvalidOperationException("The database names a time zone that this program's tz database does not know.");

    public CaseEvent ToEvent(Access access) => new(new EventId(Id), new EventKind(Kind), WhenOf(AtDay, AtTime, AtZone, AtPrecision, AtUntil))
    {
        Served = Served,
        Known = Known,
        Sets = WhenOf(SetsDay, SetsTime, SetsZone, SetsPrecision, SetsUntil),
        Jurisdiction = Jurisdiction,
        Body = Body,
        About = About is { } decision ? new EventId(decision) : null,
        MayStartClocks = StartsClocks,
        IsWithdrawn = IsWithdrawn,
        SameFactAs = SameFactAs is { } same ? new EventId(same) : null,
        Preferred = Preferred,
        RecordedBy = RecordedBy is { } recorder ? new PersonId(recorder) : null,
        RecordedAt = RecordedAt,
        ConfirmedBy = ConfirmedBy is { } second ? new PersonId(second) : null,
        Detail = access.Open("case_event.detail", Id, Detail) is { } json
            ? JsonSerializer.Deserialize<EventDetail>(json, StoredJson.Options) ?? EventDetail.None
            : EventDetail.None,
    };

    private static When? WhenOf(LocalDate? day, LocalTime? time, string? zone, string? precision, LocalDate? until) =>
        day is { } known && zone is not null && precision is not null
            ? new When(known, time, ZoneOf(zone), Codes.Read<Precision>(precision), until)
            : null;

    public override string ToString() => "(event row)";
}
