using AlertBot.Domain.Names;

namespace AlertBot.Benchmarks.Names;

/// <summary>
/// Persons made of names that the development set does not draw on, with brothers, sisters and namesakes among them: given names from the list of
/// known names, family names made of it by the endings of each language.
/// </summary>
internal sealed class StrangePersons
{
    private static readonly Dictionary<string, (int Share, string[] Sons, string[] Daughters)> Languages = new()
    {
        ["kk"] = (28, ["ov", "ov", "ov", "uly", ""], ["ova", "ova", "ova", "qyzy", ""]),
        ["kaa"] = (24, ["ov", "ov", "ov", "uly"], ["ova", "ova", "ova", "qyzy"]),
        ["uz"] = (24, ["ov", "ov", "ov", "Zon"], ["ova", "ova", "ova", "hon"]),
        ["ky"] = (6, ["ov", "ov", "uulu"], ["ova", "ova", "kyzy"]),
        ["tg"] = (4, ["ov", "zoda"], ["ova", "zoda"]),
        ["tm"] = (3, ["ov"], ["ova"]),
        ["ug"] = (2, ["ov", ""], ["ova", ""]),
        ["az"] = (3, ["ov", "zadA", "li"], ["ova", "zadA", "li"]),
        ["tr"] = (2, ["oGlu", ""], ["oGlu", ""]),
        ["ru"] = (4, ["ov"], ["ova"]),
    };

    private static readonly string[] OfSons =
        "bai bek Zan murat nazar niaz bergen keldi Gali myrza qul tai bolat temir sultan dAwlet Zigit han qoZa berdi bak".Split(' ');

    private static readonly string[] OfDaughters = "gUl ai Zan Zamal suluw kUmis nur bibi han aiym Solpan bike".Split(' ');
    private static readonly string[] OfUzbekSons = "boi bek Zon murod nazar qul ali idin ula mirza polat toS mat berdi hon sulton".Split(' ');
    private static readonly string[] OfUzbekDaughters = "gul oi hon niso bibi noz Zamol".Split(' ');

    private const float AnotherName = 0.6f;

    private readonly Dictionary<(string Language, string Use), List<string>> _names;
    private readonly Random _random;

    public StrangePersons(Random random, Func<string, bool> use)
    {
        _random = random;
        var listed = KnownNames.Listed().Where(name => use(name.Name))
            .Select(name => (name.Language, name.Use, Sounds: Sounds.Of(Letters.Clean(name.Name))))
            .ToLookup(name => (name.Language, name.Use), name => name.Sounds);
        _names = listed.Where(group => group.Key.Use != "part").ToDictionary(
            group => group.Key, group => group.Concat(Compounds(listed, group.Key)).Where(name => name.Length > 3).Distinct().ToList());
    }

    // Many names of the region are compounds that no list has: Genjebek, Nurbergen.
    private static IEnumerable<string> Compounds(ILookup<(string Language, string Use), string> listed, (string Language, string Use) of)
    {
        var parts = listed[(of.Language is "kaa" ? "kk" : of.Language, "part")];
        var lasts = (of.Use, of.Language) switch
        {
            ("m", "uz") => OfUzbekSons,
            ("f", "uz") => OfUzbekDaughters,
            ("m", _) => OfSons,
            ("f", _) => OfDaughters,
            _ => [],
        };
        return parts.Where((_, i) => i % 2 == 0)
            .SelectMany((part, i) => Enumerable.Range(0, 3).Select(j => part + lasts[(i * 5 + j * 7) % lasts.Length]));
    }

    public List<StrangePerson> Make(int count)
    {
        var persons = new List<StrangePerson>();

        while (persons.Count < count)
        {
            var person = Anybody();
            persons.Add(person);

            // A fifth has a brother or sister who is registered too, a tenth of these with a given name a letter away.
            if (_random.Next(5) == 0)
                persons.Add(Sibling(person, _random.Next(2) == 0));

            if (_random.Next(12) == 0)
                persons.Add(Anybody() with { Given = person.Given, Language = person.Language, IsWoman = person.IsWoman });
        }

        return persons.DistinctBy(person => person.Key).Take(count).ToList();
    }

    public StrangePerson Anybody()
    {
        var dice = _random.Next(Languages.Values.Sum(language => language.Share));
        var language = Languages.First(one => (dice -= one.Value.Share) < 0).Key;
        var isWoman = _random.Next(5) < 2;
        return new StrangePerson(language, isWoman, Given(language, isWoman), FamilyStem(language), Any(Ending(language, isWoman)),
            _random.Next(4) == 0 ? Any(_names[(language, "m")]) : "");
    }

    /// <summary>Somebody of the same parents; <paramref name="near"/> with the known given name that is most like this one's.</summary>
    public StrangePerson Sibling(StrangePerson person, bool near)
    {
        var others = _names[(person.Language, person.IsWoman ? "f" : "m")].Where(given => given != person.Given).ToList();
        return person with { Given = near ? Nearest(person.Given, others) : Any(others) };
    }

    public StrangePerson OfNearFamily(StrangePerson person) =>
        person with { Stem = Nearest(person.Stem, _names[(person.Language, FamilyUse(person.Language))].Where(stem => stem != person.Stem)) };

    // Names nearer than this are spellings of one name, and a longer form of a name is often its own short form.
    private static string Nearest(string name, IEnumerable<string> others) => others
        .Where(other => !name.StartsWith(other, StringComparison.Ordinal) && !other.StartsWith(name, StringComparison.Ordinal))
        .Select(other => (Name: other, Cost: SoundCosts.Between(name, other, 1000, isPlain: true)))
        .Where(other => other.Cost >= AnotherName).MinBy(other => other.Cost).Name;

    private string Given(string language, bool isWoman) => Any(_names[(language, isWoman ? "f" : "m")]);

    private string FamilyStem(string language) => Any(_names[(language, FamilyUse(language))]);

    private static string FamilyUse(string language) => language is "ru" or "tr" ? "family" : "m";

    private static string[] Ending(string language, bool isWoman) => isWoman ? Languages[language].Daughters : Languages[language].Sons;

    // CA5394: the dice of a benchmark, not a secret.
#pragma warning disable CA5394
    private string Any(IReadOnlyList<string> list) => list[_random.Next(list.Count)];
#pragma warning restore CA5394
}

/// <summary>An invented person, in sounds.</summary>
/// <param name="Stem">The family name without its ending.</param>
/// <param name="Father">The father's given name, or nothing.</param>
internal sealed record StrangePerson(string Language, bool IsWoman, string Given, string Stem, string Ending, string Father)
{
    public string Family => WithEnding(Ending);

    public string Key => $"{Sounds.Plain(Given)} {Sounds.Plain(Bare)}";

    /// <summary>The patronymic as the language has it, or nothing.</summary>
    public string Patronymic => Father.Length == 0 ? "" : Language switch
    {
        "ru" or "tg" or "ky" => Joined(Father, IsWoman ? "ovna" : "oviC"),
        "uz" => $"{Father} {(IsWoman ? "qizi" : "oGli")}",
        _ => $"{Father}{(IsWoman ? "qyzy" : "uly")}",
    };

    private string Bare => Stem.EndsWith("ov", StringComparison.Ordinal) || Stem.EndsWith("ev", StringComparison.Ordinal) ? Stem[..^2] : Stem;

    public string WithEnding(string ending) => Language == "ru" && ending is "ov" or "ova"
        ? Stem + (ending == "ova" ? "a" : "")
        : ending is "ov" or "ova" ? Joined(Bare, ending) : Bare + ending;

    public override string ToString() => "(name)";

    // Amanbay, Amanbaev; Musa, Musaev; Serik, Serikov.
    private static string Joined(string stem, string ending) => stem[^1] switch
    {
        'i' or 'y' or 'e' => stem[..^1] + "e" + ending[1..],
        'a' or 'A' or 'o' or 'O' or 'u' or 'U' => stem + "e" + ending[1..],
        _ => stem + ending,
    };
}
