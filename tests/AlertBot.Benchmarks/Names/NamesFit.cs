using System.Globalization;
using AlertBot.Domain.Names;

namespace AlertBot.Benchmarks.Names;

/// <summary>
/// Fits the weights of <see cref="Evidence"/> (Data/weights.tsv) on a labelled set, and says how well weights do on what they were not fitted on:
/// each language in turn is kept aside, then each kind of damage. A set halved by rows has the same languages and the same damage in both halves, and
/// shows little.
/// </summary>
internal static class NamesFit
{
    // The fit's own strange persons; others measure what came of it.
    private const int StrangeSeed = 1;
    private const int StrangePersons = 1_000;

    /// <summary>Writes weights.tsv, fitted on the set and on as many strange persons, half of whose names the engine does without.</summary>
    public static void Run(string directory, TextWriter output)
    {
        foreach (var (name, weight) in Evidence.Names.Zip(Fit(Sets(directory).SelectMany(set => set.Evidence))))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{weight:0.0000}"));
    }

    /// <param name="directory">A set of which parts are kept aside, as of the strange persons.</param>
    /// <param name="without">Features to do without, to see what they are good for.</param>
    public static void HoldOut(string directory, IReadOnlySet<string> without, TextWriter output)
    {
        var sets = Sets(directory).ConvertAll(set => (set.Name, Evidence: set.Evidence.ConvertAll(one => one.Masked(without))));

        Part("language", query => query.Language);
        Part("damage", query => query.Damage);

        void Part(string what, Func<LabelledQuery, string> part)
        {
            var weights = sets.SelectMany(set => set.Evidence).Select(one => part(one.Query)).Distinct().ToDictionary(
                aside => aside, aside => Fit(sets.SelectMany(set => set.Evidence).Where(one => part(one.Query) != aside)));

            foreach (var (name, evidence) in sets)
            {
                output.WriteLine($"{$"{name}, each {what} aside",-34}{"meant",8}{"R@1 %",8}{"R %",8}{"nobody",8}{"FA %",8}");
                Lines(evidence.ConvertAll(one => one.Answer(weights[part(one.Query)])), part, output);
            }
        }
    }

    private static List<(string Name, List<NamesEvidence> Evidence)> Sets(string directory) =>
    [
        ("the set", NamesEvidence.Collect(LabelledSet.Read(directory), KnownNames.All)),
        ("strange", NamesEvidence.Collect(
            new StrangeNames(StrangePersons, StrangeSeed, _ => true).Set(2 * StrangePersons, StrangePersons),
            new KnownNames(StrangeAccuracy.IsHalf))),
    ];

    private static void Lines(List<Answer> answers, Func<LabelledQuery, string> part, TextWriter output)
    {
        var least = NamesEvidence.Threshold(answers);
        Line("all", answers);

        foreach (var group in answers.GroupBy(answer => part(answer.Query)).OrderBy(group => group.Key, StringComparer.Ordinal))
            Line(group.Key, group.ToList());

        output.WriteLine();

        void Line(string name, List<Answer> some)
        {
            var meant = some.Count(answer => answer.Query.HasPerson);
            var nobody = some.Count - meant;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-34}{meant,8}{Share(some.Count(answer => answer.IsRight), meant),8:0.0}" +
                $"{Share(some.Count(answer => answer.IsRight && answer.Score >= least), meant),8:0.0}{nobody,8}" +
                $"{Share(some.Count(answer => !answer.Query.HasPerson && answer.Score >= least), nobody),8:0.0}"));
        }
    }

    private static double[] Fit(IEnumerable<NamesEvidence> evidence) => Logistic.Fit(evidence.SelectMany(one => one.Examples()).ToList());

    private static double Share(int some, int all) => all == 0 ? double.NaN : 100.0 * some / all;
}
