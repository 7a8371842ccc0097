namespace AlertBot.Domain.Names;

/// <summary>
/// How like a name a word sounds, whether it is on a list or not: Genjebek could be somebody's name, Gwnjebek is nobody's. The chance of each sound
/// after the two before it, learned from the known names. Source of the estimate: D. J. C. MacKay and L. C. Bauman Peto, A hierarchical Dirichlet
/// language model, Natural Language Engineering 1(3), 1995.
/// </summary>
internal sealed class NameLikeness
{
    private const int Width = 32;
    private const string Plain = "abcCdefghiZklmnoprsStuvwz";

    // How many sounds seen the shorter context is worth.
    private const float Prior = 4;

    // The mean surprise of a sound in a name, so that a word is no likelier for being short.
    private const float Usual = 2.1f;

    private static readonly string[] FamilyEndings = ["ov", "ova", "uli", "kizi"];

    private readonly float[] _surprises = new float[Width * Width * Width];

    public NameLikeness(IEnumerable<string> plainNames)
    {
        var counts = new float[Width * Width * Width];

        foreach (var name in plainNames)
        {
            Count(counts, name, 1);

            foreach (var ending in FamilyEndings)
                Count(counts, Joined(name, ending), 0.25f);
        }

        Estimate(counts);
    }

    /// <summary>The logarithm of the chance of a word in plain sounds, beside that of a usual name of its length.</summary>
    public float Of(ReadOnlySpan<char> plain)
    {
        float sum = 0;
        int before = 0, last = 0;

        for (var i = 0; i <= plain.Length; i++)
        {
            var sound = i < plain.Length ? Number(plain[i]) : 0;
            sum += Usual - _surprises[(before * Width + last) * Width + sound];
            before = last;
            last = sound;
        }

        return sum;
    }

    private static string Joined(string stem, string ending) =>
        ending[0] == 'o' && Sounds.IsVowel(stem[^1]) ? (stem[^1] == 'i' ? stem[..^1] : stem) + "e" + ending[1..] : stem + ending;

    private static void Count(float[] counts, string plain, float times)
    {
        int before = 0, last = 0;

        for (var i = 0; i <= plain.Length; i++)
        {
            var sound = i < plain.Length ? Number(plain[i]) : 0;
            counts[(before * Width + last) * Width + sound] += times;
            before = last;
            last = sound;
        }
    }

    private void Estimate(float[] counts)
    {
        var pairs = new float[Width * Width];
        var single = new float[Width];

        for (var i = 0; i < counts.Length; i++)
        {
            pairs[i % (Width * Width)] += counts[i];
            single[i % Width] += counts[i];
        }

        var all = single.Sum();

        for (var before = 0; before < Width; before++)
        {
            for (var last = 0; last < Width; last++)
            {
                var seen = counts.AsSpan((before * Width + last) * Width, Width);
                var seenPairs = pairs.AsSpan(last * Width, Width);
                float sum = Sum(seen), sumOfPairs = Sum(seenPairs);

                for (var sound = 0; sound < Width; sound++)
                {
                    var one = (single[sound] + 1) / (all + Width);
                    var two = (seenPairs[sound] + Prior * one) / (sumOfPairs + Prior);
                    var three = (seen[sound] + Prior * two) / (sum + Prior);
                    _surprises[(before * Width + last) * Width + sound] = -MathF.Log(three);
                }
            }
        }
    }

    private static float Sum(ReadOnlySpan<float> values)
    {
        float sum = 0;

        foreach (var value in values)
            sum += value;

        return sum;
    }

    private static int Number(char sound) => Plain.IndexOf(sound) + 1 is > 0 and var number ? number : Plain.Length + 1;
}
