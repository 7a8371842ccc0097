using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Workflows.Configuration;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Workflows.Law;

/// <summary>Reads one <c>config/law/&lt;jurisdiction&gt;/rules.yaml</c>. A rule with a mistake is left out and reported; the others load.</summary>
internal sealed class RuleFile(YamlSource source)
{
    private static readonly string[] FileKeys = ["jurisdiction", "name", "zones", "members", "dates", "rules"];

    private static readonly string[] RuleKeys =
    [
        "id", "trigger", "runs_from", "starts", "stops", "superseded_on", "superseded_by", "suspended_on", "restarts_on", "before",
        "length", "counting", "kind", "repeats", "also", "zones", "citation", "source", "seen", "confidence", "tier",
        "bodies", "about", "while", "reminders", "overdue", "duty",
        "applies", "applies_from", "applies_until", "applies_by", "steps_from", "replaced_by", "not_in_asylum_cases", "extension", "note",
    ];

    private static readonly string[] AlsoKeys =
        ["name", "length", "counting", "kind", "after", "other_reading", "note_only", "repeats", "duty", "note"];

    // A longer limit is a typing error, and would lead to dates beyond all calendars.
    private const double LongestInDays = 36_525;

    private readonly Dictionary<string, LocalDate> _dates = new(StringComparer.Ordinal);

    private IReadOnlyList<string> _members = [];

    /// <summary>The rules with their places in the file, for messages about references between them.</summary>
    public IReadOnlyList<ReadRule> Read(string text)
    {
        if (source.Parse(text) is not { } file)
            return [];

        file.AllowOnly(FileKeys);
        var jurisdiction = file.Required("jurisdiction", "give the code that cases use, e.g. KZ") ?? "";
        var zones = Zones(file);
        _members = file.Texts("members").Select(member => member.Text).ToList();
        ReadDates(file);

        var rules = new List<ReadRule>();
        var maps = file.Maps("rules");
        if (maps.Count == 0)
            file.Report("rules", "no rule is given under 'rules': no deadline would be computed by this file");

        foreach (var map in maps)
        {
            var before = source.ProblemCount;
            var rule = ReadRule(map, jurisdiction, zones);
            if (rule is not null && source.ProblemCount == before && jurisdiction.Length > 0)
                rules.Add(new ReadRule(rule, map, source));
        }

        return rules;
    }

    private Rule? ReadRule(YamlMap map, string jurisdiction, IReadOnlyList<DateTimeZone> fileZones)
    {
        map.AllowOnly(RuleKeys);
        var id = map.Required("id", "every rule needs a name that is unique over all files");
        var citation = map.Required("citation", "name the law and article, or say '(not seen)'");
        var trigger = map.Required("trigger", "say in words what starts the clock");
        var tier = Word<Tier>(map, "tier", required: true);
        var main = ReadLimit(map, null);
        var also = map.Maps("also").Select(entry => ReadAlso(entry, main)).ToList();
        RuleChecks.CheckNames(map, also);

        if (id is null || main is null || tier is null)
            return null;

        var rule = new Rule(id, jurisdiction, main, tier.Value)
        {
            Also = also.OfType<RuleLimit>().ToList(),
            Trigger = trigger ?? "",
            RunsFrom = Word<RunsFrom>(map, "runs_from") ?? RunsFrom.Event,
            Starts = Events(map, "starts"),
            Stops = Events(map, "stops"),
            SupersededOn = Events(map, "superseded_on"),
            SupersededBy = map.Text("superseded_by"),
            SuspendedOn = Events(map, "suspended_on"),
            RestartsOn = Events(map, "restarts_on"),
            Before = map.Text("before"),
            Zones = map.Texts("zones").Count > 0 ? Zones(map) : fileZones,
            Members = _members,
            Citation = citation ?? "",
            Source = map.Text("source") ?? "",
            Seen = OneOf(map, "seen", "text", "secondary", "memory"),
            Confidence = OneOf(map, "confidence", "high", "medium", "low"),
            Applies = map.Text("applies") ?? "",
            AppliesFrom = Date(map, "applies_from"),
            AppliesUntil = Date(map, "applies_until"),
            StepsFrom = Date(map, "steps_from"),
            AppliesBy = Word<AppliesBy>(map, "applies_by") ?? AppliesBy.Trigger,
            ReplacedBy = map.Text("replaced_by"),
            NotInAsylumCases = map.Flag("not_in_asylum_cases"),
            Extension = map.Text("extension") ?? "",
            Bodies = map.Texts("bodies").Select(body => body.Text).ToList(),
            About = Events(map, "about"),
            While = Events(map, "while"),
            IsQuiet = OnlyWord(map, "reminders", "none"),
            IsNeverOverdue = OnlyWord(map, "overdue", "never"),
            Note = map.Text("note") ?? "",
        };

        RuleChecks.CheckWhole(map, rule);
        return rule;
    }

    private RuleLimit? ReadAlso(YamlMap map, RuleLimit? main)
    {
        map.AllowOnly(AlsoKeys);
        return ReadLimit(map, main);
    }

    // A further limit inherits from the main one what it does not say itself.
    private RuleLimit? ReadLimit(YamlMap map, RuleLimit? main)
    {
        var length = ReadLength(map);
        var counting = ReadCounting(map, main, length);
        var kind = Word<DeadlineKind>(map, "kind", required: main is null) ?? main?.Kind;

        if (length is null || counting is null || kind is null)
            return null;

        return new RuleLimit(main is null ? null : map.Text("name") ?? NameOf(length.Value), length.Value, counting.Value, kind.Value)
        {
            After = main is null ? [] : Events(map, "after"),
            IsOtherReading = main is not null && map.Flag("other_reading"),
            IsNoteOnly = main is not null && map.Flag("note_only"),
            Duty = Word<Duty>(map, "duty") ?? main?.Duty ?? DutyOf(kind.Value),
            Repeats = map.Flag("repeats"),
            Note = main is null ? "" : map.Text("note") ?? "",
        };
    }

    // By default the duty belongs to the party whom such a limit usually binds.
    private static Duty DutyOf(DeadlineKind kind) => kind switch
    {
        DeadlineKind.AppealDue or DeadlineKind.ApplicationDue or DeadlineKind.DocumentExpires => Duty.Person,
        DeadlineKind.SoftLimit or DeadlineKind.UrgentAction or DeadlineKind.ConfirmFact or DeadlineKind.Watch or DeadlineKind.NoNextDate =>
            Duty.Advocate,
        _ => Duty.Authority,
    };

    private static string NameOf(Length length) => $"{length.Value}-{LengthCodes.CodeOf(length.Unit).Replace('_', '-')}";

    private static Length? ReadLength(YamlMap map)
    {
        if (map.Required("length", "write a number and a unit, e.g. '72 hours', or 'none'") is not { } text)
            return null;

        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words is ["none"])
            return new Length(0, LengthUnit.None);

        if (words.Length != 2 || !int.TryParse(words[0], System.Globalization.NumberStyles.None, null, out var value) || value is < 1 or > 10_000)
        {
            map.Report("length", $"'{text}' is no length: write a whole number and a unit, e.g. '72 hours', or 'none'");
            return null;
        }

        if (LengthCodes.Find(words[1]) is { } unit && unit != LengthUnit.None)
        {
            var length = new Length(value, unit);
            if (length.RoughDays <= LongestInDays)
                return length;

            map.Report("length", $"'{text}' is longer than a hundred years: check the number and the unit");
            return null;
        }

        map.Report("length", $"bad unit '{words[1]}'{Nearest.Hint(words[1], LengthCodes.All)}; units are: {string.Join(", ", LengthCodes.All)}");
        return null;
    }

    private static Counting? ReadCounting(YamlMap map, RuleLimit? main, Length? length)
    {
        // Hours are counted the same way everywhere, so another reading in hours need not name a convention.
        var inherited = length is { IsInHours: true } ? Counting.Hours : main?.Counting;
        if (map.Text("counting") is not { } code)
        {
            if (inherited is null || main is null)
                map.Report("counting", $"'counting' is missing: say how days are counted, one of {string.Join(", ", CountingCodes.All)}");
            return main is null ? null : inherited;
        }

        if (CountingCodes.Find(code) is { } counting)
            return counting;

        map.Report(
            "counting", $"unknown counting code '{code}'{Nearest.Hint(code, CountingCodes.All)}; codes are: {string.Join(", ", CountingCodes.All)}");
        return null;
    }

    private List<EventKind> Events(YamlMap map, string key)
    {
        var kinds = new List<EventKind>();
        foreach (var (code, line) in map.Texts(key))
        {
            if (EventKinds.Find(code) is { } kind)
                kinds.Add(kind);
            else
                source.Report(line, $"unknown event kind '{code}' in '{key}'{Nearest.Hint(code, EventKinds.KnownCodes)}");
        }

        return kinds;
    }

    private List<DateTimeZone> Zones(YamlMap map)
    {
        var zones = new List<DateTimeZone>();
        foreach (var (id, line) in map.Texts("zones"))
        {
            if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone)
                zones.Add(zone);
            else if (id != "place")
                source.Report(
                    line,
                    $"unknown time zone '{id}'{Nearest.Hint(id, DateTimeZoneProviders.Tzdb.Ids)}; use a name of the tz database, or 'place' for "
                    + $"wherever it happens");
        }

        return zones;
    }

    private void ReadDates(YamlMap file)
    {
        if (file.Map("dates") is not { } dates)
            return;

        foreach (var name in dates.Keys)
        {
            if (Date(dates, name) is { } date)
                _dates[name] = date;
        }
    }

    private LocalDate? Date(YamlMap map, string key)
    {
        if (map.Text(key) is not { } text)
            return null;

        // "The day before reform" is written reform-1, so that the parameter stays in one place.
        var dayBefore = text.EndsWith("-1", StringComparison.Ordinal) && _dates.ContainsKey(text[..^2]);
        if (_dates.TryGetValue(dayBefore ? text[..^2] : text, out var named))
            return dayBefore ? named.PlusDays(-1) : named;

        if (LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var date))
            return date;

        map.Report(key, $"'{text}' is no date: write it as 2026-07-01, or use a name from 'dates' of this file");
        return null;
    }

    private static T? Word<T>(YamlMap map, string key, bool required = false)
        where T : struct, Enum
    {
        var known = Enum.GetValues<T>().ToDictionary(value => Words.Snake(value.ToString()), value => value, StringComparer.OrdinalIgnoreCase);
        var text = required ? map.Required(key, $"one of {string.Join(", ", known.Keys)}") : map.Text(key);

        if (text is null)
            return null;
        if (known.TryGetValue(text, out var found))
            return found;

        map.Report(key, $"unknown {key} '{text}'{Nearest.Hint(text, known.Keys)}; known are: {string.Join(", ", known.Keys)}");
        return null;
    }

    private static bool OnlyWord(YamlMap map, string key, string word)
    {
        if (map.Text(key) is not { } text)
            return false;
        if (text != word)
            map.Report(key, $"unknown {key} '{text}': write {word}, or leave the line out");
        return true;
    }

    private static string OneOf(YamlMap map, string key, params string[] known)
    {
        var text = map.Required(key, $"one of {string.Join(", ", known)}");
        if (text is not null && !known.Contains(text, StringComparer.Ordinal))
            map.Report(key, $"unknown {key} '{text}'{Nearest.Hint(text, known)}; known are: {string.Join(", ", known)}");
        return text ?? "";
    }
}

/// <summary>A rule and its place in the file.</summary>
internal sealed record ReadRule(Rule Rule, YamlMap Map, YamlSource Source);
