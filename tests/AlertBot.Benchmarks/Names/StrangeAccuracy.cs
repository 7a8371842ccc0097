using System.Globalization;
using AlertBot.Domain.Names;

namespace AlertBot.Benchmarks.Names;

/// <summary>
/// The accuracy on <see cref="StrangeNames"/>: once with persons whose names are on the engine's list of known names, once with persons whose names
/// the engine is made to do without, as it must with rare names.
/// </summary>
internal static class StrangeAccuracy
{
    // Weights are fitted on the persons of another seed.
    private const int Seed = 2;

    public static void Run(int persons, TextWriter output)
    {
        Table("names on the list", new StrangeNames(persons, Seed, _ => true), KnownNames.All);
        Table("names left off the list", new StrangeNames(persons, Seed, IsHalf), new KnownNames(IsHalf));

        void Table(string what, StrangeNames names, KnownNames known)
        {
            var set = names.Set(3 * persons, 2 * persons);
            using var index = new NameIndex<string>(known);

            foreach (var (id, name) in set.Registry)
                index.Add(id, name);

            var answers = set.Queries.Select(query => (query, Best: index.Find(query.Text, 1)))
                .Select(pair => new Answer(pair.query, pair.Best is [{ } first] ? first.Id : "", pair.Best is [{ } same] ? same.Score : 0)).ToList();
            var least = NamesEvidence.Threshold(answers);

            output.WriteLine($"{what,-26}{"queries",8}{"R@1 %",8}{"R under FA 1 %",16}");
            Line("all", answers.Where(answer => answer.Query.HasPerson).ToList());

            var slices = answers.Where(answer => answer.Query.HasPerson).GroupBy(answer => answer.Query.Slice);

            foreach (var slice in slices.OrderBy(slice => slice.Key, StringComparer.Ordinal))
                Line(slice.Key, slice.ToList());

            output.WriteLine();

            void Line(string name, List<Answer> some) => output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-26}{some.Count,8}{100.0 * some.Count(answer => answer.IsRight) / some.Count,8:0.0}" +
                $"{100.0 * some.Count(answer => answer.IsRight && answer.Score >= least) / some.Count,16:0.0}"));
        }
    }

    // Every other name, always the same ones.
    public static bool IsHalf(string name) => name.Sum(c => c) % 2 == 0;
}
