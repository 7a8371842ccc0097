using AlertBot.Domain.Incidents;
using AlertBot.Domain.Reports;
using AlertBot.Workflows.Configuration;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Workflows.Policies;

/// <summary>The section <c>incidents</c>: how reports are told and followed up.</summary>
internal static class IncidentSection
{
    public const string Name = "incidents";

    private static readonly string[] Known =
    [
        "draft_silence", "gather_within", "tell_fully_after", "independent_reporters", "grave", "steps", "next_step_after", "repeat_every",
        "still_on_it_after", "open_again_after", "other_channel_after", "hand_over", "hand_over_zone",
    ];

    public static IncidentPolicy Read(YamlMap root)
    {
        if (root.Map(Name) is { } map)
            return ReadSection(map);

        root.Report(Name, $"the section '{Name}' is missing: say how reports are told and followed up");
        return IncidentPolicy.Usual;
    }

    private static IncidentPolicy ReadSection(YamlMap map)
    {
        map.AllowOnly(Known);
        var usual = IncidentPolicy.Usual;
        var (day, time) = HandOver(map) ?? (usual.HandOverDay, usual.HandOverAt);
        return usual with
        {
            DraftSilence = map.Length("draft_silence", usual.DraftSilence),
            GatherWithin = map.Length("gather_within", usual.GatherWithin),
            TellFullyAfter = map.Length("tell_fully_after", usual.TellFullyAfter),
            IndependentReporters = map.Count("independent_reporters", usual.IndependentReporters, least: 1, most: 99),
            Grave = Codes<ReportKind>(map, "grave", "kind of report") is { Count: > 0 } grave ? grave.ToHashSet() : usual.Grave,
            Steps = Codes<EscalationStep>(map, "steps", "step") is { Count: > 0 } steps ? steps : usual.Steps,
            NextStepAfter = map.Length("next_step_after", usual.NextStepAfter),
            RepeatEvery = map.Length("repeat_every", usual.RepeatEvery),
            StillOnItAfter = map.Length("still_on_it_after", usual.StillOnItAfter),
            OpenAgainAfter = map.Length("open_again_after", usual.OpenAgainAfter),
            OtherChannelAfter = map.Length("other_channel_after", usual.OtherChannelAfter),
            HandOverDay = day,
            HandOverAt = time,
            HandOverZone = Zone(map) ?? usual.HandOverZone,
        };
    }

    // Null if not given, or with a mistake. Nobody means silence, so an empty list counts as a mistake.
    private static List<T>? Codes<T>(YamlMap map, string key, string what)
        where T : struct, Enum
    {
        if (!map.Keys.Contains(key))
        {
            map.Source.Report(map.Line, $"'{key}' is missing: until it is written down, the usual list counts");
            return null;
        }

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
        if (map.Given("hand_over", "monday 09:00") is not { } text)
            return null;
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var word, var time]
            && Words.Read<IsoDayOfWeek>(word) is { } day and not IsoDayOfWeek.None
            && LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).TryGetValue(default, out var at))
            return (day, at);
        map.Report("hand_over", $"'{text}' is no weekly hand-over: write monday 09:00");
        return null;
    }

    private static DateTimeZone? Zone(YamlMap map)
    {
        if (map.Given("hand_over_zone", IncidentPolicy.Usual.HandOverZone.Id) is not { } text)
            return null;
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(text);
        if (zone is null)
            map.Report("hand_over_zone", $"unknown time zone '{text}'{Nearest.Hint(text, DateTimeZoneProviders.Tzdb.Ids)}");
        return zone;
    }
}
