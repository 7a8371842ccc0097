using System.Globalization;
using AlertBot.Workflows.Configuration;
using NodaTime;

namespace AlertBot.Workflows.Policies;

/// <summary>Reads single values of a section. Each must be there; a missing one is reported with the value that counts instead.</summary>
internal static class SectionValues
{
    public static Duration Length(this YamlMap map, string key, Duration usual)
    {
        if (map.Given(key, Written(usual)) is not { } text)
            return usual;
        if (LengthOf(text) is { } length)
            return length;
        map.Report(key, $"'{text}' is no length of time for '{key}': write 30s, 5m or 24h, more than nothing and less than a month");
        return usual;
    }

    /// <param name="least">The smallest sensible number.</param>
    public static int Count(this YamlMap map, string key, int usual, int least, int most)
    {
        if (map.Given(key, usual.ToString(CultureInfo.InvariantCulture)) is not { } text)
            return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least && count <= most)
            return count;
        map.Report(key, $"'{text}' is no number of people for '{key}': write {usual}, or another whole number from {least} to {most}");
        return usual;
    }

    /// <returns>Null if it is missing, which is reported, or if it is no single value.</returns>
    public static string? Given(this YamlMap map, string key, string usual)
    {
        if (!map.Keys.Contains(key))
            map.Source.Report(map.Line, $"'{key}' is missing: until it is written down, {usual} counts");
        return map.Text(key);
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

    private static string Written(Duration length) => length switch
    {
        _ when length.TotalSeconds < 60 => $"{length.TotalSeconds}s",
        _ when length.TotalMinutes < 120 => $"{length.TotalMinutes}m",
        _ when length.TotalHours < 48 => $"{length.TotalHours}h",
        _ => $"{length.TotalDays}d",
    };
}
