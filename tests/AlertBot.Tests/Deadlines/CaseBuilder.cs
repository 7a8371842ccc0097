using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.Tests.Law;
using NodaTime;

namespace AlertBot.Tests.Deadlines;

/// <summary>Builds a case in a few lines: <c>Case.In("KZ").With("detention_start", "2024-03-26")</c>.</summary>
internal sealed record Case(CaseFile File, string ZoneId)
{
    public static Case In(params string[] jurisdictions) => new(
        new CaseFile(new CaseId(Guid.Empty), CaseCode.New(), ShippedLaw.Zone("Asia/Almaty"), jurisdictions, CaseStatus.Open, []), "Asia/Almaty");

    public Case InZone(string zone) => this with { ZoneId = zone };

    public Case With(string kind, string? at, Precision? precision = null, string? until = null, Func<CaseEvent, CaseEvent>? but = null)
    {
        // Ids in order, so that a test names events by their position.
        var id = new EventId(new Guid(File.Events.Count + 1, 0, 0, new byte[8]));
        var when = at is null ? null : ShippedLaw.At(at, ZoneId, precision, until);
        var @event = new CaseEvent(id, EventKinds.Find(kind) ?? throw new ArgumentException(kind, nameof(kind)), when)
        {
            RecordedAt = when?.Window?.Last ?? Instant.FromUtc(2020, 1, 1, 0, 0),
        };

        return this with { File = File with { Events = [.. File.Events, but is null ? @event : but(@event)] } };
    }

    /// <summary>The same case with its n-th event changed by a correction.</summary>
    public Case Corrected(int number, Func<CaseEvent, CaseEvent> but) => this with
    {
        File = File with { Events = File.Events.Select((@event, at) => at == number - 1 ? but(@event) : @event).ToList() },
    };

    /// <summary>The n-th event, from 1.</summary>
    public EventId Event(int number) => File.Events[number - 1].Id;

    public IReadOnlyList<Deadline> At(string utc) => At(Utc(utc));

    public IReadOnlyList<Deadline> At(Instant now) => CaseDeadlines.Compute(File, ShippedLaw.Book, now);

    public Deadline One(string ruleId, string utc, string? limit = null) => One(ruleId, Utc(utc), limit);

    /// <summary>The only deadline of a rule: its main limit, or the named one.</summary>
    public Deadline One(string ruleId, Instant now, string? limit = null) =>
        Assert.Single(
            At(now), deadline => deadline.RuleId == ruleId && deadline.Key.EndsWith(limit is null ? "" : ":" + limit, StringComparison.Ordinal)
            && (limit is not null || deadline.Key.Count(c => c == ':') == 1));

    public static Instant Utc(string text) =>
        NodaTime.Text.InstantPattern.General.Parse(text.Contains('T', StringComparison.Ordinal) ? text : text + "T00:00:00Z").Value;

    public static PersonId Somebody { get; } = new(new Guid(7, 0, 0, new byte[8]));
}
