using System.Globalization;
using AlertBot.Domain.Retention;
using AlertBot.Workflows.Configuration;
using NodaTime;

namespace AlertBot.Workflows.Policies;

/// <summary>The section <c>retention</c>: what is deleted by itself, and after how many days.</summary>
internal static class RetentionSection
{
    public const string Name = "retention";

    private const int MostDays = 36_500;

    public static RetentionPolicy Read(YamlMap root)
    {
        var usual = RetentionPolicy.Usual;
        if (root.Map(Name) is not { } map)
        {
            root.Report(Name, $"the section '{Name}' is missing: say what is deleted by itself, and after how long");
            return usual;
        }

        map.AllowOnly("set_aside", "strangers", "files", "closed_cases", "told_before");
        return new RetentionPolicy(
            Days(map, "set_aside", usual.SetAside), Days(map, "strangers", usual.Strangers), Days(map, "files", usual.Files),
            Days(map, "closed_cases", usual.ClosedCases), map.Length("told_before", usual.ToldBefore));
    }

    // A slip must delete nothing that would have been kept: what usually counts is the shortest that anybody may have meant, or never.
    private static Duration? Days(YamlMap map, string key, Duration? usual)
    {
        var written = usual is { } length ? $"{length.TotalDays}d" : "never";
        if (map.Given(key, written) is not { } text || text == "never")
            return map.Keys.Contains(key) ? null : usual;
        if (text.EndsWith('d') && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && days is >= 1 and <= MostDays)
            return Duration.FromDays(days);
        map.Report(
            key, $"'{text}' is no number of days for '{key}': write {written}, another number of days, or never. Until then nothing is deleted");
        return null;
    }
}
