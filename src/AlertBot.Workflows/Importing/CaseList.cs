using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Importing;

/// <summary>
/// Reads cases from a table, one a line. Beside the columns of a case each kind of event may be a column, with its date in it:
/// <c>detention_start</c>,
/// <c>hearing_set</c>. What the file does not say of place and law comes from whoever brings it in.
/// </summary>
public sealed class CaseList(IReadOnlyList<string> jurisdictions, Instant now)
{
    /// <summary>The columns of a case itself, as people are told them.</summary>
    public static readonly IReadOnlyList<string> Columns = ["code", "names", "zone", "laws", "place", "authority", "source", "note"];

    private const int MostNames = 20;
    private const int LongestField = 300;
    private const int LongestNote = 4000;
    private static readonly char[] BetweenNames = [';', '\n', '\r'];
    private static readonly char[] BetweenLaws = [';', ',', ' ', '\n', '\r'];

    // The words of case files are understood too.
    private static readonly IReadOnlyList<string> Others = ["name", "time_zone", "law", "jurisdictions"];

    /// <summary>Every column that is read.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. Columns, .. Others, .. EventKinds.KnownCodes];

    /// <summary>The time zone of cases whose line names none.</summary>
    public string Zone { get; init; } = "";

    /// <summary>Whose law applies to cases whose line names none.</summary>
    public string Laws { get; init; } = "";

    /// <returns>The case of the line, or what is wrong with the line.</returns>
    public (CaseDocument? Document, Line? Problem) Read(CsvRow row)
    {
        if (row.Fields.Any(field => field.Length > LongestNote) || Limited(row) is not null)
            return (null, Limited(row) ?? new Line("import.long", ("limit", LongestNote)));
        var names = First(row, "names", "name").Split(BetweenNames, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(InsertedText.Clean).Where(name => !VisibleText.IsBlank(name)).ToList();
        if (names.Count is 0 or > MostNames)
            return (null, new Line("import.names", ("most", MostNames)));
        var place = First(row, "zone", "time_zone") is { Length: > 0 } named ? named : Zone;
        if (ZoneId.Read(place) is not { } zone)
            return (null, place.Length == 0 ? new Line("import.zone-missing") : UnknownZone(place));
        var written = (First(row, "laws", "law", "jurisdictions") is { Length: > 0 } said ? said : Laws)
            .Split(BetweenLaws, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var known = written.Select(law => jurisdictions.FirstOrDefault(one => one.Equals(law, StringComparison.OrdinalIgnoreCase))).ToList();
        if (written.Length == 0 || known.Contains(null))
            return (null, new Line(
                "import.law", ("word", written.ElementAtOrDefault(known.IndexOf(null)) ?? "–"), ("words", string.Join(", ", jurisdictions))));
        if (row.Of("code") is { Length: > 0 } code && !CaseCode.TryParse(code, out _))
            return (null, new Line("import.code", ("word", code)));

        var (events, problem) = Events(row, zone);
        return problem is not null ? (null, problem) : (new CaseDocument
        {
            Code = row.Of("code") is { Length: > 0 } given ? given : null,
            Names = names,
            Zone = zone.Id,
            Jurisdictions = known.OfType<string>().Distinct(StringComparer.Ordinal).ToList(),
            Events = events,
        }, null);
    }

    internal static Line UnknownZone(string word) => new("import.zone", ("word", word));

    private static string First(CsvRow row, params string[] columns) => columns.Select(row.Of).FirstOrDefault(text => text.Length > 0) ?? "";

    private static Line? Limited(CsvRow row) => Columns.Where(column => column is not ("note" or "names")).Concat(Others.Skip(1))
        .Any(column => row.Of(column).Length > LongestField)
            ? new Line("import.long", ("limit", LongestField))
            : null;

    private (List<EventDraft> Events, Line? Problem) Events(CsvRow row, DateTimeZone zone)
    {
        var events = new List<EventDraft>();
        foreach (var kind in (row.Columns ?? []).OfType<string>().Where(column => EventKinds.Find(column) is not null && row.Of(column).Length > 0))
        {
            var code = EventKinds.Find(kind)!.Value.Code;
            var setsDate = EventMenu.QuestionOfDateSet(code) == "event.ask-set-for";
            if (Doubt(kind, code, row.Of(kind), zone, setsDate) is { } problem)
                return ([], problem);
            events.Add(new EventDraft(code)
            {
                At = setsDate ? null : row.Of(kind),
                Sets = setsDate ? row.Of(kind) : null,
                Source = Words(row, "source"),
            });
        }

        // What is said of a case without a date is kept too.
        if (events.Count == 0 && Columns.Skip(4).Any(column => row.Of(column).Length > 0))
            events.Add(new EventDraft("status_note") { Source = Words(row, "source") });
        if (events.Count > 0)
            events[0] = events[0] with { Place = Words(row, "place"), Authority = Words(row, "authority"), Note = Words(row, "note") };
        return (events, null);
    }

    private Line? Doubt(string column, string kind, string text, DateTimeZone zone, bool setsDate)
    {
        if (WhenText.Read(text, zone)?.Window is not { } window)
            return new Line("import.date", ("word", text), ("column", column));
        var today = now.InZone(zone).Date;
        var doubt = setsDate ? DateDoubt.OfSet(window, null, today) : DateDoubt.OfWhatHappened(window, today, EventMenu.MayLieAhead(kind));
        return doubt is null ? null
            : new Line(DateDoubt.MayBeSo(doubt) ? "import.date-doubt" : "import.date-ahead", ("word", text), ("column", column));
    }

    private static string? Words(CsvRow row, string column) =>
        row.Of(column) is { Length: > 0 } text && InsertedText.Show(text, keepLines: true) is var shown && !VisibleText.IsBlank(shown) ? shown : null;
}
