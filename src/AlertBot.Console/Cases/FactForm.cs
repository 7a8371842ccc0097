using AlertBot.Domain.Cases;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Desk.Cases;

/// <summary>A fact as typed into the form. Prints as a mask.</summary>
public sealed class FactForm
{
    private static readonly LocalTimePattern Hour = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public string? Kind { get; set; }

    public string? Day { get; set; }

    public string? Time { get; set; }

    public string? Precision { get; set; }

    public string? Served { get; set; }

    public string? Known { get; set; }

    public string? SetsDay { get; set; }

    public string? SetsTime { get; set; }

    public string? Body { get; set; }

    public string? Place { get; set; }

    public string? Authority { get; set; }

    public string? Source { get; set; }

    public string? Note { get; set; }

    /// <summary>The event of which this is another account.</summary>
    public string? Same { get; set; }

    /// <summary><c>true</c>: it did not happen.</summary>
    public string? Withdrawn { get; set; }

    /// <summary><c>true</c>: what was previewed is to be saved.</summary>
    public string? Save { get; set; }

    /// <summary>What the reader saw of the fact and of the dates that it moves, see <see cref="SeenFact"/>; null: nothing yet.</summary>
    public string? Seen { get; set; }

    /// <summary>The form that shows what is on file.</summary>
    public static FactForm Of(CaseEvent known) => new()
    {
        Kind = known.Kind.Code,
        Day = TextOf(known.When?.Day),
        Time = known.When?.Time is { } time ? Hour.Format(time) : null,
        Precision = known.When is { } when ? Words.Snake(when.Precision.ToString()) : null,
        Served = TextOf(known.Served),
        Known = TextOf(known.Known),
        SetsDay = TextOf(known.Sets?.Day),
        SetsTime = known.Sets?.Time is { } hour ? Hour.Format(hour) : null,
        Body = known.Body,
        Place = known.Detail.Place,
        Authority = known.Detail.Authority,
        Source = known.Detail.Source,
        Note = known.Detail.Note,
    };

    /// <summary>Reads it onto an event: a new one, or one that is put right.</summary>
    /// <param name="before">The event with what the form does not show.</param>
    /// <param name="today">The day where the law applies: what has happened does not lie ahead of it.</param>
    /// <returns>The event, or what is wrong with it.</returns>
    public (CaseEvent? Event, Line? Problem) Read(CaseEvent before, DateTimeZone zone, LocalDate today, bool mayLieAhead)
    {
        if (TooLong(before) is { } limit)
            return (null, new Line("talk.too-long", ("limit", limit)));
        if (EventKinds.Find(Kind ?? "") is not { } kind)
            return (null, new Line("desk.fact.kind-wrong"));
        if (!IsRead(Day, out var day) || !IsRead(Served, out var served) || !IsRead(Known, out var known) || !IsRead(SetsDay, out var sets)
            || !IsHour(Time, out var time) || !IsHour(SetsTime, out var hour)
            || (time is not null && day is null) || (hour is not null && sets is null))
            return (null, new Line("desk.fact.date-wrong"));
        if (new[] { mayLieAhead ? null : day, served, known }.Any(one => one > today.PlusDays(1)))
            return (null, new Line("desk.fact.ahead"));
        if (sets is not null && day is not null && sets < day)
            return (null, new Line("desk.fact.sets-wrong"));

        var precision = Words.Read<Precision>(Precision) ?? (time is null ? Domain.Time.Precision.Day : Domain.Time.Precision.Exact);
        // An hour says more than "the day is known".
        if (time is not null && precision == Domain.Time.Precision.Day)
            precision = Domain.Time.Precision.Exact;
        return (before with
        {
            Kind = kind,
            When = day is { } on
                ? new When(on, time, before.When?.Zone ?? zone, precision, before.When is { } old && old.Day == on ? old.Until : null)
                : null,
            Served = served,
            Known = known,
            Sets = sets is { } named
                ? new When(named, hour, before.Sets?.Zone ?? zone, hour is null ? Domain.Time.Precision.Day : Domain.Time.Precision.Exact)
                : null,
            Body = Said(Body)?.ToUpperInvariant(),
            IsWithdrawn = Withdrawn is "true",
            Detail = new[] { Place, Authority, Source, Note }.All(one => Said(one) is null)
                ? EventDetail.None
                : new EventDetail(Said(Place), Said(Source), Said(Authority), Said(Note)),
        }, null);
    }

    public override string ToString() => "(fact)";

    // The limits of the chat. What is longer on file already, as an import may have it, may stay.
    private int? TooLong(CaseEvent before)
    {
        var fields = new (string? Told, string? Was, int Limit)[]
        {
            (Place, before.Detail.Place, EventTalk.ShortLimit), (Authority, before.Detail.Authority, EventTalk.ShortLimit),
            (Source, before.Detail.Source, EventTalk.ShortLimit), (Note, before.Detail.Note, EventTalk.NoteLimit),
            (Body, before.Body, EventTalk.BodyLimit),
        };
        return fields.Where(one => Said(one.Told) is { } told && told.Length > one.Limit && told != one.Was)
            .Select(one => (int?)one.Limit).FirstOrDefault();
    }

    private static string? TextOf(LocalDate? day) => day is { } known ? LocalDatePattern.Iso.Format(known) : null;

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim().ReplaceLineEndings("\n");

    private static bool IsRead(string? text, out LocalDate? day)
    {
        day = Said(text) is { } said ? WhenText.ReadDay(said) : null;
        return day is not null || Said(text) is null;
    }

    private static bool IsHour(string? text, out LocalTime? time)
    {
        time = Said(text) is { } said ? WhenText.ReadTime(said) : null;
        return time is not null || Said(text) is null;
    }
}
