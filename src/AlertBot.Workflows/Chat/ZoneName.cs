using AlertBot.Domain.Channels;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Chat;

/// <summary>Finds time zones by the names that people use.</summary>
internal static class ZoneName
{
    private const int PerRow = 2;

    /// <summary>The zones of most people who use the bot.</summary>
    public static readonly IReadOnlyList<string> Common =
    [
        "Asia/Almaty", "Asia/Tashkent", "Asia/Samarkand", "Asia/Bishkek", "Europe/Istanbul", "Asia/Tbilisi",
        "Europe/Moscow", "Europe/Warsaw", "Europe/Berlin", "Europe/Vienna", "Europe/London", "America/New_York",
    ];

    /// <summary>Finds a zone by its name in the tz database, or by its city if that is unambiguous.</summary>
    public static string? Find(string text)
    {
        var wanted = text.Trim().Replace(' ', '_');
        var ids = DateTimeZoneProviders.Tzdb.Ids;
        if (ids.FirstOrDefault(id => id.Equals(wanted, StringComparison.OrdinalIgnoreCase)) is { } exact)
            return exact;

        var byCity = ids.Where(id => id.EndsWith("/" + wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        return byCity.Count == 1 ? byCity[0] : null;
    }

    /// <summary>Also knows the common zones' cities in the chat's language.</summary>
    public static DateTimeZone? Find(Talk talk, string text) =>
        (Common.FirstOrDefault(id => LabelOf(talk.Texts, talk.Language, id).Equals(text.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? Find(text)) is { } id
            ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)
            : null;

    /// <param name="prefix">The prefix of the press that handles them, with its colon.</param>
    public static IReadOnlyList<IReadOnlyList<Choice>> Choices(Talk talk, string prefix) =>
        Common.Select(id => new Choice(LabelOf(talk.Texts, talk.Language, id), prefix + id)).Chunk(PerRow).ToList();

    private static string LabelOf(TextCatalog texts, string language, string id) => texts.Plain(
        language, "newcase.zone", ("zone", DateTimeZoneProviders.Tzdb[id]));
}
