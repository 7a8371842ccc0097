using System.Globalization;
using AlertBot.Domain.Names;

namespace AlertBot.Benchmarks.Names;

/// <summary>Measures how often each method puts the right person first, and how often it can be trusted without waking the wrong people.</summary>
internal static class NamesAccuracy
{
    public static void Run(string directory, TextWriter output)
    {
        var set = LabelledSet.Read(directory);
        var registry = set.Registry.Select(person => (Id: person.Key, Name: person.Value)).ToList();

        using var index = new NameIndex<string>();
        foreach (var (id, name) in registry)
            index.Add(id, name);

        var raw = registry.Select(person => (person.Id, Key: NameBaselines.TrigramsOf(person.Name))).ToList();
        var folded = registry.Select(person => (person.Id, Key: NameBaselines.TrigramsOf(NameBaselines.Folded(person.Name)))).ToList();
        var sorted = registry.Select(person => (person.Id, Key: NameBaselines.Sorted(NameBaselines.Folded(person.Name)))).ToList();

        output.WriteLine($"{"method",-44}{"R@1 %",8}{"R under FA 1 %",16}");
        Table("pg_trgm on the raw text", query => Best(raw, NameBaselines.TrigramsOf(query), NameBaselines.Trigrams));
        Table("pg_trgm on the sounds", query => Best(folded, NameBaselines.TrigramsOf(NameBaselines.Folded(query)), NameBaselines.Trigrams));
        Table(
            "Jaro-Winkler on the sounds, words sorted", query => Best(
                sorted, NameBaselines.Sorted(NameBaselines.Folded(query)), NameBaselines.JaroWinkler));
        var answers = Table("names engine", query => index.Find(query, 1) is [{ } first] ? (first.Id, first.Score) : ("", 0));

        output.WriteLine();
        output.WriteLine($"{"slice, names engine",-24}{"queries",8}{"R@1 %",8}{"same %",8}{"possible %",12}");

        foreach (var slice in answers.GroupBy(answer => answer.Query.Slice).OrderBy(slice => slice.Key, StringComparer.Ordinal))
        {
            double Share(Func<Answer, bool> counts) => 100.0 * slice.Count(counts) / slice.Count();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{slice.Key,-24}{slice.Count(),8}{Share(a => a.IsRight),8:0.0}{Share(a => a.Score >= NameBands.Same),8:0.0}" +
                $"{Share(a => a.Score is >= NameBands.Possible and < NameBands.Same),12:0.0}"));
        }

        output.WriteLine();

        List<Answer> Table(string method, Func<string, (string Id, double Score)> find)
        {
            var found = set.Queries.Select(query => (query, Best: find(query.Text)))
                .Select(pair => new Answer(pair.query, pair.Best.Id, pair.Best.Score)).ToList();
            var known = found.Count(answer => answer.Query.HasPerson);
            var least = NamesEvidence.Threshold(found);
            var accepted = found.Count(answer => answer.IsRight && answer.Score >= least);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{method,-44}{100.0 * found.Count(answer => answer.IsRight) / known,8:0.0}{100.0 * accepted / known,16:0.0}"));
            output.Flush();
            return found;
        }
    }

    private static (string, double) Best<TKey>(List<(string Id, TKey Key)> registry, TKey query, Func<TKey, TKey, double> similarity)
    {
        var best = ("", -1.0);

        foreach (var (id, key) in registry)
        {
            var score = similarity(query, key);

            if (score > best.Item2)
                best = (id, score);
        }

        return best;
    }
}
