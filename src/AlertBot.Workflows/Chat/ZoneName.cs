using AlertBot.Domain.Channels;
using AlertBot.Domain.Places;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Chat;

/// <summary>Finds time zones by the names that people use.</summary>
public static class ZoneName
{
    private const int PerRow = 2;
    private const int ShortestName = 4;
    private const int LongName = 7;

    // Capitals as they call themselves, and as our languages call them, where the tz database knows neither.
    private static readonly Dictionary<string, string> AtHome =
        """
        Europe/Prague Praha Прага
        Europe/Bratislava Bratislava Братислава
        Europe/Rome Roma Рим
        Europe/Brussels Bruxelles Brussel Брюссель
        Europe/Copenhagen København Копенгаген
        Europe/Lisbon Lisboa
        Europe/Bucharest București Бухарест
        Europe/Kyiv Київ Киев
        Europe/Minsk Минск
        Europe/Paris Париж
        Europe/Madrid Мадрид
        Europe/Vilnius Вильнюс
        Europe/Riga Рига
        Europe/Tallinn Таллин
        Europe/Helsinki Хельсинки
        Europe/Stockholm Стокгольм
        Europe/Oslo Осло
        Europe/Amsterdam Амстердам
        Europe/Athens Афины
        Europe/Belgrade Белград
        Europe/Budapest Будапешт
        Europe/Sofia София
        Europe/Chisinau Кишинёв Кишинев
        Asia/Yerevan Ереван
        Asia/Baku Баку Bakı
        Asia/Bishkek Бишкек
        Asia/Dushanbe Душанбе
        Asia/Ashgabat Ашхабад
        Asia/Dubai Дубай
        Asia/Tehran Тегеран
        """
        .Split('\n', StringSplitOptions.TrimEntries).Select(line => line.Split(' ')).SelectMany(
            words => words.Skip(1).Select(name => (Name: name, Zone: words[0])))
        .ToDictionary(one => one.Name, one => one.Zone, StringComparer.OrdinalIgnoreCase);

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
        return byCity.Count == 1 ? byCity[0] : Cities.Find(text)?.Zone ?? AtHome.GetValueOrDefault(text.Trim());
    }

    /// <summary>The zone of the place whose name is nearest; null: none is near.</summary>
    public static string? Near(string text)
    {
        var wanted = text.Trim();
        if (wanted.Length < ShortestName || wanted.Any(char.IsDigit))
            return null;
        var names = Cities.Names.Concat(AtHome.Keys)
            .Concat(DateTimeZoneProviders.Tzdb.Ids.Where(id => id.Contains('/', StringComparison.Ordinal))
                .Select(id => id.Split('/')[^1].Replace('_', ' ')));
        return Nearest.Of(wanted, names, most: wanted.Length < LongName ? 1 : 2) is { } name ? Find(name) : null;
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

    /// <summary>A row with one of them.</summary>
    public static IReadOnlyList<Choice> Choice(Talk talk, string prefix, string id) =>
        [new Choice(LabelOf(talk.Texts, talk.Language, id), prefix + id)];

    private static string LabelOf(TextCatalog texts, string language, string id) => texts.Plain(
        language, "newcase.zone", ("zone", DateTimeZoneProviders.Tzdb[id]));
}
