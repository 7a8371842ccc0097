using System.Globalization;
using AlertBot.Domain.Names;

namespace AlertBot.Benchmarks.Names;

/// <summary>
/// Fits the weights of <see cref="Evidence"/> (Data/weights.tsv) on a development set, and reports how well weights fitted on one half of the queries
/// do on the other. Each query is also tried with the person meant removed from the registry, so that no answer is right.
/// </summary>
internal static class NamesFit
{
    private const string Nobody = "NONE";
    private const int Candidates = 4;
    private const int Steps = 25;
    private const double Ridge = 0.3;
    private const double RidgeOfBias = 1e-4;
    private const double FalseAlarms = 0.01;

    public static void Run(string directory, TextWriter output)
    {
        var examples = Examples(directory);
        var halves = examples.ToLookup(example => example.Query % 2);

        foreach (var half in new[] { 0, 1 })
        {
            var weights = Fit(halves[half].ToList());
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"# fitted on half {half}: right under 1 % false alarms {RightUnderFalseAlarms(weights, halves[half]):0.0} % there, "
                + $"{RightUnderFalseAlarms(weights, halves[1 - half]):0.0} % on the other half"));
        }

        foreach (var (name, weight) in Evidence.Names.Zip(Fit(examples)))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{weight:0.0000}"));
    }

    private static List<Example> Examples(string directory)
    {
        using var index = new NameIndex<string>();
        var registry = Rows(directory, "registry.tsv").ToDictionary(row => row[0], row => row[1]);
        var examples = new List<Example>();
        var number = 0;

        foreach (var (id, name) in registry)
            index.Add(id, name);

        foreach (var row in Rows(directory, "queries.tsv"))
        {
            var (text, person) = (row[1], row[2]);
            examples.AddRange(index.EvidenceFor(text, Candidates)
                .Select(found => new Example(number, found.Features, found.Id == person, person != Nobody, false)));

            if (person != Nobody)
            {
                index.Remove(person);
                examples.AddRange(index.EvidenceFor(text, Candidates).Select(found => new Example(number, found.Features, false, false, true)));
                index.Add(person, registry[person]);
            }

            number++;
        }

        return examples;
    }

    // Newton's method on the likelihood of a logistic regression with a ridge.
    private static double[] Fit(List<Example> examples)
    {
        var size = Evidence.Names.Count;
        var weights = new double[size];

        for (var step = 0; step < Steps; step++)
        {
            var system = new double[size, size + 1];

            foreach (var example in examples)
            {
                var x = example.Features;
                var chance = 1 / (1 + Math.Exp(-Math.Clamp(Sum(weights, x), -30, 30)));
                var residual = (example.IsRight ? 1 : 0) - chance;
                var variance = Math.Max(chance * (1 - chance), 1e-6);

                for (var i = 0; i < size; i++)
                {
                    if (x[i] == 0)
                        continue;

                    system[i, size] += residual * x[i];
                    for (var j = 0; j < size; j++)
                        system[i, j] += variance * x[i] * x[j];
                }
            }

            for (var i = 0; i < size; i++)
            {
                var ridge = i == 0 ? RidgeOfBias : Ridge;
                system[i, i] += ridge;
                system[i, size] -= ridge * weights[i];
            }

            var change = Solve(system);
            for (var i = 0; i < size; i++)
                weights[i] += change[i];
        }

        return weights;
    }

    // Gauss and Jordan, with the largest element as the pivot.
    private static double[] Solve(double[,] system)
    {
        var size = system.GetLength(0);

        for (var i = 0; i < size; i++)
        {
            var pivot = Enumerable.Range(i, size - i).MaxBy(row => Math.Abs(system[row, i]));

            for (var column = 0; column <= size; column++)
                (system[i, column], system[pivot, column]) = (system[pivot, column], system[i, column]);

            for (var row = 0; row < size; row++)
            {
                var factor = row == i ? 0 : system[row, i] / system[i, i];

                for (var column = i; factor != 0 && column <= size; column++)
                    system[row, column] -= factor * system[i, column];
            }
        }

        return Enumerable.Range(0, size).Select(i => system[i, size] / system[i, i]).ToArray();
    }

    private static double RightUnderFalseAlarms(double[] weights, IEnumerable<Example> examples)
    {
        var best = examples.Where(example => !example.WasTakenOut)
            .GroupBy(example => example.Query)
            .Select(query => query.MaxBy(example => Sum(weights, example.Features))!)
            .OrderByDescending(example => Sum(weights, example.Features))
            .ToList();
        var allowed = FalseAlarms * best.Count(example => !example.HasPerson);
        var wrong = 0;
        var accepted = best.TakeWhile(example => (wrong += example.HasPerson ? 0 : 1) <= allowed);

        return 100.0 * accepted.Count(example => example.IsRight) / best.Count(example => example.HasPerson);
    }

    private static double Sum(double[] weights, float[] features)
    {
        double sum = 0;

        for (var i = 0; i < weights.Length; i++)
            sum += weights[i] * features[i];

        return sum;
    }

    private static IEnumerable<string[]> Rows(string directory, string file) =>
        File.ReadLines(Path.Combine(directory, file)).Skip(1).Where(line => line.Length > 0).Select(line => line.Split('\t'));

    private sealed record Example(int Query, float[] Features, bool IsRight, bool HasPerson, bool WasTakenOut);
}
