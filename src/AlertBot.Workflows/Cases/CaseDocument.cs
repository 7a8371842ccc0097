using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Configuration;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Workflows.Cases;

/// <summary>A case with its timeline as a JSON file, to bring it in and to take it out. Holds names: keep it like the key.</summary>
public sealed record CaseDocument
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonDocumentOptions Leniently = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public string? Code { get; init; }

    public IReadOnlyList<string> Names { get; init; } = [];

    public string Zone { get; init; } = "";

    public IReadOnlyList<string> Jurisdictions { get; init; } = [];

    public IReadOnlyList<EventDraft> Events { get; init; } = [];

    /// <returns>The document, or a sentence that says where the text is wrong.</returns>
    public static (CaseDocument? Document, string? Problem) Parse(string json)
    {
        try
        {
            using var file = JsonDocument.Parse(json, Leniently);
            return CaseShape.Problem(file.RootElement) is { } problem
                ? (null, problem)
                : (file.RootElement.Deserialize<CaseDocument>(Options), null);
        }
        catch (Exception mistake) when (mistake is JsonException or InvalidOperationException)
        {
            var at = mistake as JsonException;
            // The library's own sentence may quote what stands there.
            return (null, json.All(char.IsWhiteSpace)
                ? "the file is empty"
                : $"line {(at?.LineNumber ?? 0) + 1}, sign {(at?.BytePositionInLine ?? 0) + 1}: this is not JSON; a case file looks like "
                    + """{ "names": ["..."], "zone": "Asia/Almaty", "jurisdictions": ["KZ"], "events": [{ "kind": "...", "at": "..." }] }""");
        }
    }

    public static string Write(CaseFile file, IReadOnlyList<PersonName> names)
    {
        // What was taken back is no fact of the case.
        var kept = file.Events.Where(@event => !@event.IsWithdrawn).ToList();
        var numbers = kept.Select((@event, index) => (@event.Id, Number: index + 1)).ToDictionary(pair => pair.Id, pair => pair.Number);
        return JsonSerializer.Serialize(
            new CaseDocument
            {
                Code = file.Code.Text,
                Names = names.Select(name => name.Reveal()).ToList(),
                Zone = file.Zone.Id,
                Jurisdictions = file.Jurisdictions,
                Events = kept.Select(@event => DraftOf(@event, numbers)).ToList(),
            },
            Options);
    }

    /// <summary>Reads the zone and the events.</summary>
    /// <param name="jurisdictions">Codes that the law book knows.</param>
    /// <param name="now">What has happened does not lie ahead of it; null: that is not looked at.</param>
    public (CaseContent? Content, string? Problem) Read(IReadOnlyCollection<string> jurisdictions, Instant? now = null)
    {
        if (ZoneId.Read(Zone) is not { } zone)
            return (null, Zone.Length == 0 ? "'zone' is missing: the time zone of the person, such as Asia/Almaty" : ZoneId.Unknown(Zone));
        if (Names.Count == 0 || Names.Any(VisibleText.IsBlank))
            return (null, "'names' must hold at least one name, and no empty one");
        var states = new List<string>();
        foreach (var code in Jurisdictions)
        {
            if (StateIn(jurisdictions, code) is not { } state)
                return (null, UnknownState(jurisdictions, code));
            states.Add(state);
        }

        if (Code is not null && !CaseCode.TryParse(Code, out _))
            return (null, $"'{Code}' is no case code: it looks like K-7F3Q");

        var events = new List<CaseEvent>();
        foreach (var (draft, number) in Events.Select((draft, index) => (draft, index + 1)))
        {
            var read = draft.Read(zone, now);
            if (read.Event is not { } @event)
                return (null, $"event {number}: {read.Problem}");
            if (draft.Jurisdiction is { } named && StateIn(jurisdictions, named) is null)
                return (null, $"event {number}: {UnknownState(jurisdictions, named)}");
            if (draft.SameFactAs is { } other && (other < 1 || other >= number))
                return (null, $"event {number}: sameFactAs must be the number of an earlier event");
            if (draft.About is { } decision && (decision < 1 || decision >= number))
                return (null, $"event {number}: about must be the number of an earlier event");
            events.Add(@event with
            {
                SameFactAs = draft.SameFactAs is { } same ? events[same - 1].Id : null,
                About = draft.About is { } about ? events[about - 1].Id : null,
                Jurisdiction = draft.Jurisdiction is { } state ? StateIn(jurisdictions, state) : null,
            });
        }

        return (new CaseContent(zone, Names.Select(name => new PersonName(name.Trim())).ToList(), states, events), null);
    }

    private static string? StateIn(IReadOnlyCollection<string> known, string code) =>
        known.FirstOrDefault(one => one.Equals(code.Trim(), StringComparison.OrdinalIgnoreCase));

    private static string UnknownState(IReadOnlyCollection<string> known, string code) =>
        $"unknown jurisdiction '{code}'{Nearest.Hint(code, known)}; known are: {string.Join(", ", known)}";

    public override string ToString() => "(case document)";

    private static EventDraft DraftOf(CaseEvent @event, Dictionary<EventId, int> numbers) => new(@event.Kind.Code)
    {
        At = TextOf(@event.When),
        Precision = @event.When is { } when ? Words.Snake(when.Precision.ToString()) : null,
        Until = @event.When?.Until is { } until ? LocalDatePattern.Iso.Format(until) : null,
        Zone = @event.When?.Zone.Id,
        Known = @event.Known is { } known ? LocalDatePattern.Iso.Format(known) : null,
        Served = @event.Served is { } served ? LocalDatePattern.Iso.Format(served) : null,
        Sets = TextOf(@event.Sets),
        Jurisdiction = @event.Jurisdiction,
        Body = @event.Body,
        About = @event.About is { } about && numbers.TryGetValue(about, out var decision) ? decision : null,
        Place = @event.Detail.Place,
        Source = @event.Detail.Source,
        Authority = @event.Detail.Authority,
        Note = @event.Detail.Note,
        History = !@event.MayStartClocks,
        Sure = IsOld(@event.When?.Day) || IsOld(@event.Known) || IsOld(@event.Served) || IsOld(@event.Sets?.Day)
            || (@event.Sets?.Window is { } set && DateDoubt.OfSet(set, @event.When?.Window, set.LastDay) is not null),
        SameFactAs = @event.SameFactAs is { } same && numbers.TryGetValue(same, out var number) ? number : null,
        Preferred = @event.Preferred,
    };

    private static bool IsOld(LocalDate? day) => day is { Year: < DateDoubt.Oldest };

    private static string? TextOf(When? when) => when switch
    {
        null => null,
        { Time: { } time } => Minute.Format(when.Day.At(time)),
        { Precision: Precision.Month } => YearMonthPattern.Iso.Format(when.Day.ToYearMonth()),
        { Precision: Precision.Year } => when.Day.Year.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => LocalDatePattern.Iso.Format(when.Day),
    };
}

/// <summary>A case document as read. Prints as a mask.</summary>
/// <param name="Jurisdictions">As the law book writes them.</param>
public sealed record CaseContent(
    DateTimeZone Zone, IReadOnlyList<PersonName> Names, IReadOnlyList<string> Jurisdictions, IReadOnlyList<CaseEvent> Events)
{
    public override string ToString() => "(case content)";
}
