namespace AlertBot.Benchmarks.Names;

/// <summary>Fits a logistic regression by Newton's method on its likelihood with a ridge.</summary>
internal static class Logistic
{
    private const int Steps = 20;
    private const double Ridge = 0.3;
    private const double RidgeOfBias = 1e-4;

    public static double[] Fit(IReadOnlyList<Example> examples)
    {
        var size = examples[0].Features.Length;
        var weights = new double[size];

        for (var step = 0; step < Steps; step++)
        {
            var system = new double[size, size + 1];

            foreach (var example in examples)
            {
                var x = example.Features;
                var chance = Chance(weights, x);
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

    private static double Chance(double[] weights, float[] features)
    {
        double sum = 0;

        for (var i = 0; i < weights.Length; i++)
            sum += weights[i] * features[i];

        return 1 / (1 + Math.Exp(-Math.Clamp(sum, -30, 30)));
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
}

/// <summary>The evidence about one person, and whether that person was meant.</summary>
internal sealed record Example(float[] Features, bool IsRight);
