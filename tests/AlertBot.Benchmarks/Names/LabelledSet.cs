namespace AlertBot.Benchmarks.Names;

/// <summary>Registered names, and queries whose answers are known: registry.tsv and queries.tsv of a directory.</summary>
internal sealed record LabelledSet(IReadOnlyDictionary<string, string> Registry, IReadOnlyList<LabelledQuery> Queries)
{
    public static LabelledSet Read(string directory) => new(
        Rows(directory, "registry.tsv").ToDictionary(row => row[0], row => row[1]),
        Rows(directory, "queries.tsv").Select(row => new LabelledQuery(row[1], row[2], row[3], row.ElementAtOrDefault(5) ?? "")).ToList());

    public void Write(string directory)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllLines(Path.Combine(directory, "registry.tsv"),
            Registry.Select(person => $"{person.Key}\t{person.Value}").Prepend("canonical_id\tcanonical_name"));
        File.WriteAllLines(Path.Combine(directory, "queries.tsv"),
            Queries.Select((query, i) => $"q{i:00000}\t{query.Text}\t{query.Person}\t{query.Slice}\t0\t{query.Provenance}")
                .Prepend("query_id\tquery\tcanonical_id\tslice\thard\tprovenance"));
    }

    private static IEnumerable<string[]> Rows(string directory, string file) =>
        File.ReadLines(Path.Combine(directory, file)).Skip(1).Where(line => line.Length > 0).Select(line => line.Split('\t'));
}

/// <summary>A query whose answer is known.</summary>
/// <param name="Person">The id of the person meant, or <see cref="Nobody"/>.</param>
/// <param name="Provenance">The way of writing and the damage: gen:rus+typo.</param>
internal sealed record LabelledQuery(string Text, string Person, string Slice, string Provenance)
{
    public const string Nobody = "NONE";

    public bool HasPerson => Person != Nobody;

    /// <summary>The language or alphabet that the query was written in.</summary>
    public string Language => Way switch
    {
        "rus" or "ru" or "ru-old" => "Russian",
        "kk" or "kkkb" or "qazaq" or "lat18" or "kzpass" or "kk-latin" or "kz_parl" or "kz_acad" => "Kazakh",
        "cyr" or "cyrkb" or "lat16" or "lat09" or "lat95" or "ascii" or "kaa_dev" or "kaa" or "kaa-latin" => "Karakalpak",
        "uz" or "uzlat" or "uzcyr" or "uz-latin" or "uz_senat" => "Uzbek",
        "kg_parl" => "Kyrgyz",
        _ => "abroad",
    };

    /// <summary>What was done to the name, besides the way of writing.</summary>
    public string Damage => Provenance.Split('+') is [_, .., var kind] ? kind : Slice is "sibling" or "nomatch" ? Slice : "none";

    private string Way => Provenance.Split('+')[0].Split(':')[^1];

    public override string ToString() => "(name)";
}
