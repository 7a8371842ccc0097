namespace AlertBot.Benchmarks.Names;

/// <summary>
/// A labelled set that has nothing of the development set: other persons, other ways of writing, other damage. It tells whether a change to the
/// engine is true of names or only of that set. Files as those of the development set, so that every mode of the benchmark reads them.
/// </summary>
internal sealed class StrangeNames
{
    private static readonly string[] Kinds =
    [
        "writing", "writing", "writing", "keyboard", "keyboard", "thumb", "thumb", "scanned", "heard", "vowels", "heavy", "heavy", "merged",
        "swapped", "initial", "initial-slip", "family", "family-slip", "ending", "ending", "dear", "father-left", "father-added",
    ];

    private static readonly string[] NobodyKinds =
    [
        "nobody-sibling", "nobody-sibling", "nobody-sibling", "nobody-sibling", "nobody-same-given", "nobody-same-given", "nobody-near-given",
        "nobody-near-family", "nobody-anybody", "nobody-anybody",
    ];

    private readonly Random _random;
    private readonly Damage _damage;
    private readonly StrangePersons _persons;
    private readonly List<StrangePerson> _registered;
    private readonly HashSet<string> _keys;

    /// <param name="use">Which known names the persons bear.</param>
    public StrangeNames(int persons, int seed, Func<string, bool> use)
    {
        // CA5394: the dice of a benchmark, not a secret.
#pragma warning disable CA5394
        _random = new Random(seed);
        _damage = new Damage(_random);
        _persons = new StrangePersons(_random, use);
        _registered = _persons.Make(persons);
        _keys = _registered.Select(person => person.Key).ToHashSet();
        Registry = _registered.Select((person, i) => ($"S{i:00000}", Full(person, Way(person), _random.Next(2) == 0))).ToList();
    }

    public List<(string Id, string Name)> Registry { get; }

    private IEnumerable<LabelledQuery> Queries(int matching, int unmatched)
    {
        for (var made = 0; made < matching;)
        {
            var place = _random.Next(_registered.Count);
            var kind = Kinds[made % Kinds.Length];

            if (kind.StartsWith("initial", StringComparison.Ordinal) && Shared(place, byInitial: true)
                || kind.StartsWith("family", StringComparison.Ordinal) && Shared(place, byInitial: false)
                || kind == "father-left" && _registered[place].Father.Length == 0
                || kind == "father-added" && _registered[place].Father.Length > 0)
                continue;

            var way = Way(_registered[place]);
            made++;
            yield return new LabelledQuery(Written(_registered[place], kind, way), Registry[place].Id, kind, $"gen:{way}+{kind}");
        }

        for (var made = 0; made < unmatched;)
        {
            var kind = NobodyKinds[made % NobodyKinds.Length];
            var near = _registered[_random.Next(_registered.Count)];
            var person = kind switch
            {
                "nobody-sibling" => _persons.Sibling(near, near: false),
                "nobody-near-given" => _persons.Sibling(near, near: true),
                "nobody-near-family" => _persons.OfNearFamily(near),
                "nobody-same-given" => _persons.Anybody() with { Given = near.Given, IsWoman = near.IsWoman },
                _ => _persons.Anybody(),
            };

            if (_keys.Contains(person.Key))
                continue;

            var way = Way(person);
            made++;
            yield return new LabelledQuery(
                Written(person, _random.Next(3) == 0 ? "keyboard" : "writing", way), LabelledQuery.Nobody, "nomatch", $"gen:{way}+{kind}");
        }
    }

    public LabelledSet Set(int matching, int unmatched) =>
        new(Registry.ToDictionary(person => person.Id, person => person.Name), Queries(matching, unmatched).ToList());

    private string Written(StrangePerson person, string kind, string way)
    {
        var given = WaysOfWriting.Write(person.Given, way);
        var family = WaysOfWriting.Write(person.Family, way);
        var both = _random.Next(2) == 0 ? $"{given} {family}" : $"{family} {given}";
        var initial = (given[..1] is "ʻ" ? given[1..2] : given[..1]) + ". ";

        return kind switch
        {
            "keyboard" => _damage.LetterCase(_damage.Keyboard(both, 1 + _random.Next(2))),
            "thumb" => _damage.LetterCase(_damage.Thumb(_damage.Thumb(both))),
            "scanned" => _damage.Scanned(both),
            "heard" => _damage.LetterCase(_damage.Heard(both)),
            "vowels" => _damage.WithoutVowels(both).ToLowerInvariant(),
            "heavy" => _damage.LetterCase(_damage.Heavy(both)),
            "merged" => both.Replace(" ", "").ToLowerInvariant(),
            "swapped" => $"{family}, {given}".ToUpperInvariant(),
            "initial" => _random.Next(2) == 0 ? initial + family : $"{family} {initial}",
            "initial-slip" => initial + Slip(family),
            "family" => family,
            "family-slip" => Slip(family),
            "ending" => $"{given} {WaysOfWriting.Write(OtherEnding(person), way)}",
            "dear" => $"{WaysOfWriting.Write(Dear(person), way)} {family}",
            "father-added" => Full(
                person with { Father = _persons.Anybody() is { IsWoman: false } man ? man.Given : "Erlan" }, way, _random.Next(2) == 0),
            _ => _damage.LetterCase(both),
        };
    }

    private string Slip(string text) => _random.Next(2) == 0 ? _damage.Keyboard(text, 1) : _damage.Thumb(text);

    private string OtherEnding(StrangePerson person)
    {
        string[] endings = person.IsWoman ? ["", "qyzy", "ov", "zada"] : ["", "uly", "oGli", "zada"];
        return person.WithEnding(endings[_random.Next(person.Language == "ru" ? 1 : endings.Length)]);
    }

    private string Dear(StrangePerson person)
    {
        string[] endings = person.Language switch
        {
            "uz" or "tg" => person.IsWoman ? ["hon", "oi"] : ["Zon", "bek"],
            "ru" => [""],
            _ => person.IsWoman ? ["Zan", "S", "gUl"] : ["Zan", "eke", "S", "tai"],
        };
        var ending = endings[_random.Next(endings.Length)];
        var isVowelAfter = ending.Length > 0 && ending[0] == 'e';
        var stem = ending is "S" or "eke" ? person.Given[..Math.Min(4, person.Given.Length)] : person.Given;
        return stem.TrimEnd(isVowelAfter ? ['a', 'e', 'i', 'y', 'A', 'o', 'u', 'U'] : []) + ending;
    }

    private static string Full(StrangePerson person, string way, bool givenFirst)
    {
        var given = WaysOfWriting.Write(person.Given, way);
        var family = WaysOfWriting.Write(person.Family, way);
        var father = person.Patronymic.Length == 0 ? "" : " " + WaysOfWriting.Write(person.Patronymic, way);
        return givenFirst ? $"{given}{father} {family}" : $"{family} {given}{father}";
    }

    private bool Shared(int place, bool byInitial)
    {
        var person = _registered[place];
        var family = person.Key.Split(' ')[1];
        return _registered.Where((other, i) => i != place).Any(other =>
            (other.Key.Split(' ')[1] == family || other.Key.Split(' ')[0] == family) && (!byInitial || other.Key[0] == person.Key[0]));
    }

    private string Way(StrangePerson person)
    {
        var ways = WaysOfWriting.Of(person.Language);
        return ways[_random.Next(ways.Length)];
    }
#pragma warning restore CA5394
}
