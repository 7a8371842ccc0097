using System.Globalization;
using AlertBot.Domain.Cases;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Configuration;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Replaying.Chats;

/// <summary>
/// Reads a file of <c>config/scenarios</c> that has a <c>script</c>, or that plays another file's script on other phones. A file with any mistake is
/// left out.
/// </summary>
public sealed class ChatScenarioFile
{
    private static readonly LocalDateTimePattern Moment = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    private static readonly string[] StepKeys =
        ["at", "who", "says", "presses", "in", "where", "sees", "never", "times", "flood", "accounts", "incidents", "why"];

    private readonly YamlSource _source;

    private ChatScenarioFile(YamlSource source) => _source = source;

    /// <summary>Whether the file has a script; the other histories have none.</summary>
    public static bool IsOne(string path) => File.ReadLines(path).Any(
        line => line.StartsWith("script:", StringComparison.Ordinal) || line.StartsWith("like:", StringComparison.Ordinal));

    public static (ChatScenario? Scenario, IReadOnlyList<Problem> Problems) Load(string path)
    {
        var problems = new List<Problem>();
        var scenario = new ChatScenarioFile(new YamlSource(path, problems)).Read(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));
        return (problems.Count == 0 ? scenario : null, problems);
    }

    private ChatScenario? Read(string name, string text)
    {
        if (_source.Parse(text) is not { } file)
            return null;

        if (file.Text("like") is { } other)
            return Variant(name, file, other);

        file.AllowOnly("title", "source", "zone", "people", "cases", "script", "until");
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(file.Text("zone") ?? "");
        if (zone is null)
            file.Report("zone", "'zone' must be a zone of the tz database, such as Asia/Almaty");
        var until = At(file, "until");
        var people = file.Maps("people").Select(Person).ToList();
        var cases = file.Maps("cases").Select(Case).OfType<ChatCase>().ToList();
        var steps = file.Maps("script").Select(Step).OfType<ChatStep>().OrderBy(step => step.At).ToList();
        if (steps.Count == 0)
            file.Report("script", "'script' is empty: nothing would happen");
        return zone is null || until is null ? null : new ChatScenario(
            name, file.Required("title", "say what it is about, without a name") ?? "",
            file.Required("source", "say where it is public, or that it is invented") ?? "",
            zone, people, cases, steps, until.Value);
    }

    // A variant plays the same night on other phones, with the same expectations.
    private ChatScenario? Variant(string name, YamlMap file, string like)
    {
        file.AllowOnly("title", "like", "signal", "both", "telegram", "patience");
        var path = Path.Combine(Path.GetDirectoryName(_source.File) ?? "", like + ".yaml");
        if (like.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || like == name || !File.Exists(path) || Load(path) is not { Scenario: { } night })
        {
            file.Report("like", "'like' must name a script beside this file, without its ending");
            return null;
        }

        if (file.Text("telegram") is not (null or "down"))
            file.Report("telegram", "'telegram' can be 'down', or be left out");
        return night with
        {
            Name = name,
            Title = file.Required("title", "say what is different") ?? "",
            OnSignal = file.Texts("signal").Select(one => one.Text).ToList(),
            OnBoth = file.Texts("both").Select(one => one.Text).ToList(),
            IsTelegramDown = file.Text("telegram") == "down",
            Patience = Duration.FromMinutes(Number(file, "patience") ?? 0),
        };
    }

    private static ChatPerson Person(YamlMap map)
    {
        map.AllowOnly("name", "language");
        return new ChatPerson(map.Required("name", "how the script calls them") ?? "", map.Text("language") ?? "en");
    }

    private static ChatCase? Case(YamlMap map)
    {
        map.AllowOnly("code", "names", "zone", "jurisdictions", "followers");
        if (!CaseCode.TryParse(map.Text("code"), out var code))
        {
            map.Report("code", "'code' must be a case code such as K-7F3Q");
            return null;
        }

        var document = new CaseDocument
        {
            Code = code.Text,
            Names = map.Texts("names").Select(one => one.Text).ToList(),
            Zone = map.Text("zone") ?? "Asia/Almaty",
            Jurisdictions = map.Texts("jurisdictions").Select(one => one.Text).ToList(),
        };
        return new ChatCase(code, document, map.Texts("followers").Select(one => one.Text).ToList());
    }

    private ChatStep? Step(YamlMap map)
    {
        map.AllowOnly(StepKeys);
        if (At(map, "at") is not { } at)
            return null;
        if (Number(map, "flood") is { } reports)
            return new ChatStep.Flood(map.Line, at, reports, Number(map, "accounts") ?? reports, map.Required("says", "what they write") ?? "");
        if (Number(map, "incidents") is { } incidents)
            return new ChatStep.Incidents(map.Line, at, incidents, map.Text("why"));

        var who = map.Required("who", "whose phone it is") ?? "";
        if (map.Text("says") is { } says)
            return new ChatStep.Says(map.Line, at, who, says);
        if (map.Text("presses") is { } button)
            return new ChatStep.Presses(map.Line, at, who, button, map.Text("in"), map.Text("where"));
        if (Words(map, "sees") is { Count: > 0 } words)
            return new ChatStep.Sees(map.Line, at, who, words, Number(map, "times"), map.Text("why"));
        if (Words(map, "never") is { Count: > 0 } never)
            return new ChatStep.Sees(map.Line, at, who, never, 0, map.Text("why"));

        _source.Report(map.Line, "say what happens: says, presses, sees, never, flood or incidents");
        return null;
    }

    private static List<string> Words(YamlMap map, string key) =>
        map.IsList(key) ? map.Texts(key).Select(one => one.Text).ToList() : map.Text(key) is { } one ? [one] : [];

    private static int? Number(YamlMap map, string key)
    {
        if (map.Text(key) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        map.Report(key, $"'{key}' must be a number");
        return null;
    }

    private static LocalDateTime? At(YamlMap map, string key)
    {
        if (Moment.Parse(map.Text(key) ?? "") is { Success: true, Value: var at })
            return at;
        map.Report(key, $"'{key}' must be a time such as 2022-09-13T22:40");
        return null;
    }
}
