namespace AlertBot.Tests;

/// <summary>Tries a statement on many random inputs. A failure names the seed that repeats it.</summary>
public static class Property
{
    private const int Runs = 2_000;

    public static void ForAll<T>(Func<Random, T> any, Action<T> holds, int runs = Runs)
    {
        for (var seed = 1; seed <= runs; seed++)
        {
            // CA5394: this is a test's dice, not a secret.
#pragma warning disable CA5394
            var input = any(new Random(seed));
#pragma warning restore CA5394
            try
            {
                holds(input);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {seed}, input {input}: {failure.Message}", failure);
            }
        }
    }
}
