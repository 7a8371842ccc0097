using NodaTime;

namespace AlertBot.Workflows.Configuration;

/// <summary>Reads a time zone's id as people write it into files and command lines.</summary>
public static class ZoneId
{
    private static readonly Lazy<Dictionary<string, string>> Ids = new(
        () => DateTimeZoneProviders.Tzdb.Ids.ToDictionary(id => id, StringComparer.OrdinalIgnoreCase));

    /// <returns>Null if there is no such zone. Capitals and spaces do not matter.</returns>
    public static DateTimeZone? Read(string text) =>
        Ids.Value.TryGetValue(text.Trim().Replace(' ', '_'), out var id) ? DateTimeZoneProviders.Tzdb[id] : null;

    /// <summary>Says that the zone is unknown and which one may be meant: most people write the city alone.</summary>
    public static string Unknown(string text)
    {
        var city = Ids.Value.Values.FirstOrDefault(id => id.EndsWith("/" + text.Trim().Replace(' ', '_'), StringComparison.OrdinalIgnoreCase));
        var hint = city is null ? Nearest.Hint(text, Ids.Value.Values) : $" (did you mean '{city}'?)";
        return $"unknown time zone '{text}'{(hint.Length > 0 ? hint : "; write a larger city with the same time, such as Asia/Tashkent")}";
    }
}
