using AlertBot.Domain.Cases;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Configuration;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Replaying;

/// <summary>Reads one file of <c>config/scenarios</c>. A file with any mistake is left out, since half a history proves nothing.</summary>
public sealed class ScenarioFile
{
    private static readonly LocalTime Noon = new(12, 0);
    private static readonly string[] EventKeys =
    [
        "told", "confirmed", "title", "kind", "at", "precision", "until", "zone", "known", "served", "sets", "jurisdiction", "body", "about", "place",
        "source", "authority", "note", "history", "same_fact_as", "preferred",
    ];

    private static readonly string[] ExpectationKeys =
    [
        "on", "from", "to", "alert", "never", "status", "deadline", "limit", "rule", "rung", "event", "earliest", "latest", "state", "silence", "why",
    ];

    private readonly YamlSource _source;
    private DateTimeZone _zone = DateTimeZone.Utc;

    private ScenarioFile(YamlSource source) => _source = source;

    public static (Scenario? Scenario, IReadOnlyList<Problem> Problems) Load(string path)
    {
        var problems = new List<Problem>();
        try
        {
            var scenario = new ScenarioFile(new YamlSource(path, problems)).Read(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));
            return (problems.Count == 0 ? scenario : null, problems);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return (null, [new Problem(path, 1, "the file cannot be read")]);
        }
    }

    private Scenario? Read(string name, string text)
    {
        if (_source.Parse(text) is not { } file)
            return null;

        file.AllowOnly("title", "source", "case", "until", "events", "expect");
        var title = file.Required("title", "say what it is about, without a name") ?? "";
        var cited = file.Required("source", "say where it is public") ?? "";
        var @case = file.Map("case");
        if (@case is null)
            file.Report("case", "'case' is missing: code, names, zone, jurisdictions");
        @case?.AllowOnly("code", "names", "zone", "jurisdictions");
        _zone = Zone(@case) ?? DateTimeZone.Utc;

        if (!CaseCode.TryParse(@case?.Text("code"), out var code))
            @case?.Report("code", "'code' must be a case code such as K-7F3Q");
        var events = file.Maps("events").Select(ReadEvent).OfType<ToldEvent>().OrderBy(one => one.Told).ToList();
        var until = Day(file, "until");
        if (until is null)
            file.Report("until", "'until' is missing: the last day that is played");
        var expectations = file.Maps("expect").Select(ReadExpectation).OfType<Expectation>().ToList();
        if (expectations.Count == 0)
            file.Report("expect", "'expect' is missing: a history without expectations proves nothing");

        var document = new CaseDocument
        {
            Code = code.Text,
            Names = @case?.Texts("names").Select(one => one.Text).ToList() ?? [],
            Zone = _zone.Id,
            Jurisdictions = @case?.Texts("jurisdictions").Select(one => one.Text).ToList() ?? [],
        };
        return until is null ? null : new Scenario(name, title, cited, code, _zone, document, events, expectations, until.Value);
    }

    private ToldEvent? ReadEvent(YamlMap map)
    {
        map.AllowOnly(EventKeys);
        var told = Moment(map, "told");
        if (map.Text("told") is null)
            map.Report("told", "'told' is missing: the day the bot is told of it");

        var draft = new EventDraft(map.Required("kind", "what happened") ?? "")
        {
            At = map.Text("at"),
            Precision = map.Text("precision"),
            Until = map.Text("until"),
            Zone = map.Text("zone"),
            Known = map.Text("known"),
            Served = map.Text("served"),
            Sets = map.Text("sets"),
            Jurisdiction = map.Text("jurisdiction"),
            Body = map.Text("body"),
            About = NumberOf(map, "about"),
            Place = map.Text("place"),
            Source = map.Text("source"),
            Authority = map.Text("authority"),
            Note = map.Text("note"),
            History = map.Flag("history"),
            SameFactAs = NumberOf(map, "same_fact_as"),
            Preferred = map.Text("preferred") is null || map.Flag("preferred"),
        };
        if (draft.Read(_zone) is { Problem: { } problem })
            map.Report("kind", problem);
        return told is { } at ? new ToldEvent(at, draft, Moment(map, "confirmed"), map.Text("title")) : null;
    }

    private static int? NumberOf(YamlMap map, string key) =>
        int.TryParse(map.Text(key), System.Globalization.NumberStyles.None, null, out var number) ? number : null;

    private Expectation? ReadExpectation(YamlMap map)
    {
        map.AllowOnly(ExpectationKeys);
        var (on, from, to) = (Day(map, "on"), Day(map, "from"), Day(map, "to"));
        var pattern = new AlertPattern(map.Text("alert") ?? map.Text("never"), map.Text("rule"), map.Text("rung"), map.Text("event"));
        if (map.Text("never") is not null)
            return new Expectation(ExpectationKind.Never, map.Line, on ?? from, on ?? to, pattern) { Why = map.Text("why") };
        if (NumberOf(map, "silence") is { } days)
            return new Expectation(ExpectationKind.Silence, map.Line, null, null) { Days = days, Why = map.Text("why") };
        if ((on ?? to) is not { } last)
        {
            _source.Report(map.Line, "say when: 'on' a day, or 'from' and 'to'");
            return null;
        }

        if (map.Text("status") is { } status)
        {
            if (Words.Read<CaseStatus>(status) is { } known)
                return new Expectation(ExpectationKind.Status, map.Line, last, last) { Status = known, Why = map.Text("why") };
            map.Report("status", $"unknown status '{status}': use open, watch or closed");
            return null;
        }

        if (map.Text("deadline") is { } rule)
        {
            return new Expectation(ExpectationKind.Deadline, map.Line, last, last)
            {
                Deadline = new ExpectedDeadline(rule, map.Text("limit"), map.Text("earliest"), map.Text("latest"), map.Text("state")),
                Why = map.Text("why"),
            };
        }

        if (map.Text("alert") is null)
            map.Report("on", "say what is expected: 'alert', 'never', 'status' or 'deadline'");
        return new Expectation(ExpectationKind.Alert, map.Line, on ?? from ?? last, last, pattern) { Why = map.Text("why") };
    }

    private static DateTimeZone? Zone(YamlMap? map)
    {
        if (map?.Required("zone", "the time zone of the place, e.g. Asia/Almaty") is not { } id)
            return null;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone)
            return zone;
        map.Report("zone", $"unknown time zone '{id}'{Nearest.Hint(id, DateTimeZoneProviders.Tzdb.Ids)}");
        return null;
    }

    private static LocalDate? Day(YamlMap map, string key)
    {
        if (map.Text(key) is not { } text)
            return null;
        if (LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var day))
            return day;
        map.Report(key, $"'{text}' is no day: write it as 2024-03-26");
        return null;
    }

    // A day without a time means noon.
    private LocalDateTime? Moment(YamlMap map, string key)
    {
        if (map.Text(key) is not { } text)
            return null;
        if (WhenText.Read(text, _zone) is { } when)
            return when.Day.At(when.Time ?? Noon);
        map.Report(key, $"'{text}' is no time: write it as 2024-03-26 or 2024-03-26T10:00");
        return null;
    }
}
