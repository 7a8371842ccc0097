using System.Globalization;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Reports;
using AlertBot.Workflows.Configuration;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Workflows.Policies;

/// <summary>
/// The section <c>incidents</c> of <c>config/policies.yaml</c>. A value with a mistake is as it usually is, and the mistake is
/// reported: nobody must wait longer for help because of a slip.
/// </summary>
public sealed record IncidentPolicyFile(IncidentPolicy Policy, IReadOnlyList<Problem> Problems)
{
    private const string Section = "incidents";

    private static readonly string[] Known =
    [
        "draft_silence", "gather_within", "tell_fully_after", "independent_reporters", "grave", "steps", "next_step_after", "repeat_every",
        "still_on_it_after", "open_again_after", "other_channel_after", "hand_over", "hand_over_zone",
    ];

    public static IncidentPolicyFile Load(string file)
    {
        try
        {
            return Read(file, File.ReadAllText(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new IncidentPolicyFile(IncidentPolicy.Usual, [new Problem(file, 1, "the file cannot be read: " + unreadable.Message)]);
        }
    }

    public static IncidentPolicyFile Read(string file, string text)
    {
        var problems = new List<Problem>();
        var policy = IncidentPolicy.Usual;
        if (new YamlSource(file, problems).Parse(text) is { } root)
        {
            if (root.Map(Section) is { } map)
                policy = Read(map);
            else
                root.Report(Section, $"the section '{Section}' is missing: say how reports are told and followed up");
        }

        return new IncidentPolicyFile(policy, problems);
    }

    private static IncidentPolicy Read(YamlMap map)
    {
        map.AllowOnly(Known);
        var usual = IncidentPolicy.Usual;
        var (day, time) = HandOver(map) ?? (usual.HandOverDay, usual.HandOverAt);
        return usual with
        {
            DraftSilence = Length(map, "draft_silence", usual.DraftSilence),
            GatherWithin = Length(map, "gather_within", usual.GatherWithin),
            TellFullyAfter = Length(map, "tell_fully_after", usual.TellFullyAfter),
            IndependentReporters = Count(map, "independent_reporters", usual.IndependentReporters),
            Grave = Codes<ReportKind>(map, "grave", "kind of report") is { Count: > 0 } grave ? grave.ToHashSet() : usual.Grave,
            Steps = Codes<EscalationStep>(map, "steps", "step") is { Count: > 0 } steps ? steps : usual.Steps,
            NextStepAfter = Length(map, "next_step_after", usual.NextStepAfter),
            RepeatEvery = Length(map, "repeat_every", usual.RepeatEvery),
            StillOnItAfter = Length(map, "still_on_it_after", usual.StillOnItAfter),
            OpenAgainAfter = Length(map, "open_again_after", usual.OpenAgainAfter),
            OtherChannelAfter = Length(map, "other_channel_after", usual.OtherChannelAfter),
            HandOverDay = day,
            HandOverAt = time,
            HandOverZone = Zone(map) ?? usual.HandOverZone,
        };
    }

    internal static Duration Length(YamlMap map, string key, Duration usual)
    {
        if (map.Text(key) is not { } text)
            return usual;
        if (LengthOf(text) is { } length)
            return length;
        map.Report(key, $"'{text}' is no length of time for '{key}': write 30s, 5m or 24h, more than nothing and less than a month");
        return usual;
    }

    private static Duration? LengthOf(string text)
    {
        if (!int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            return null;
        Duration? length = text[^1] switch
        {
            's' => Duration.FromSeconds(number),
            'm' => Duration.FromMinutes(number),
            'h' => Duration.FromHours(number),
            'd' => Duration.FromDays(number),
            _ => null,
        };
        return length < Duration.FromDays(30) ? length : null;
    }

    internal static int Count(YamlMap map, string key, int usual)
    {
        if (map.Text(key) is not { } text)
            return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and < 100)
            return count;
        map.Report(key, $"'{text}' is no number of people for '{key}': write 2, or another number up to 99");
        return usual;
    }

    // Null: not given, or with a mistake. Silence is never what somebody meant: an empty list is a slip.
    private static List<T>? Codes<T>(YamlMap map, string key, string what)
        where T : struct, Enum
    {
        if (!map.Keys.Contains(key))
            return null;

        var known = Enum.GetValues<T>().ToDictionary(value => Words.Snake(value.ToString()), StringComparer.Ordinal);
        var read = new List<T>();
        var isGood = true;
        foreach (var (text, line) in map.Texts(key))
        {
            if (!known.TryGetValue(text, out var value))
                map.Source.Report(line, $"unknown {what} '{text}'{Nearest.Hint(text, known.Keys)}; known are: {string.Join(", ", known.Keys)}");
            else if (read.Contains(value))
                map.Source.Report(line, $"'{text}' stands twice in this list");
            else
            {
                read.Add(value);
                continue;
            }

            isGood = false;
        }

        if (isGood && read.Count == 0)
            map.Report(key, $"'{key}' is empty: write at least one {what}");
        return isGood ? read : null;
    }

    private static (IsoDayOfWeek Day, LocalTime At)? HandOver(YamlMap map)
    {
        if (map.Text("hand_over") is not { } text)
            return null;
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var word, var time]
            && Enum.TryParse<IsoDayOfWeek>(word, ignoreCase: true, out var day) && day != IsoDayOfWeek.None && !char.IsDigit(word[0])
            && LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).TryGetValue(default, out var at))
            return (day, at);
        map.Report("hand_over", $"'{text}' is no weekly hand-over: write monday 09:00");
        return null;
    }

    private static DateTimeZone? Zone(YamlMap map)
    {
        if (map.Text("hand_over_zone") is not { } text)
            return null;
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(text);
        if (zone is null)
            map.Report("hand_over_zone", $"unknown time zone '{text}'{Nearest.Hint(text, DateTimeZoneProviders.Tzdb.Ids)}");
        return zone;
    }
}
