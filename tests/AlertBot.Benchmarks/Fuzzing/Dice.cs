namespace AlertBot.Benchmarks.Fuzzing;

/// <summary>The choices of one request: the same number of the same run chooses the same.</summary>
internal sealed class Dice(int seed, int number)
{
    // CA5394: the dice of a test, not a secret.
#pragma warning disable CA5394
    private readonly Random _random = new(HashCode(seed, number));

    public int Of(int sides) => _random.Next(sides);

    public bool One(int chanceInHundred) => _random.Next(100) < chanceInHundred;

    public T Of<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];

    public string Bytes(int most) => string.Concat(Enumerable.Range(0, _random.Next(most)).Select(_ => (char)_random.Next(256)));
#pragma warning restore CA5394

    // The one of the framework differs from run to run.
    private static int HashCode(int seed, int number) => unchecked((seed * 397) ^ (number * 16_777_619));
}
