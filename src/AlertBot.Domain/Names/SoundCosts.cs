using System.Globalization;

namespace AlertBot.Domain.Names;

/// <summary>
/// The distance of two words: the cheapest way to turn one into the other, where sounds that languages and alphabets
/// confuse cost little. Weights and their sources: confusions.tsv. The way of counting: F. J. Damerau,
/// A technique for computer detection and correction of spelling errors, CACM 7(3), 1964; R. A. Wagner and M. J. Fischer, The
/// string-to-string correction problem, JACM 21(1), 1974 (optimal string alignment with weights; two sounds may stand for one).
/// </summary>
internal static class SoundCosts
{
    public const float Swap = 0.7f;

    private const int Width = 64;
    private const int First = 'A';

    // A neighbouring key is hit instead, or besides, far more often than any other.
    private const float NeighbourKey = 0.65f;
    private const float NeighbourKeyBesides = 0.55f;

    private static readonly float[] Change = new float[Width * Width];
    private static readonly float[] ChangeOfPlain = new float[Width * Width];

    // By script: no keyboard, Latin, Cyrillic.
    private static readonly float[][] Typed = new float[3][];
    private static readonly float[][] TypedPlain = new float[3][];
    private static readonly float[] Gap = new float[Width];

    // What two sounds cost that one may be written by; null for most.
    private static readonly float[]?[] ByTwo = new float[]?[Width * Width];

    static SoundCosts()
    {
        Array.Fill(Change, float.NaN);
        Array.Fill(Gap, float.NaN);
        float anyChange = 1, anyGap = 1;

        foreach (var row in NameTable.Read("confusions.tsv"))
        {
            var cost = float.Parse(row[2], CultureInfo.InvariantCulture);

            switch (row[0], row[1])
            {
                case ("*", "*"): anyChange = cost; break;
                case ("*", "gap"): anyGap = cost; break;
                case ({ Length: 2 } two, { } one): SetTwo(two, one[0], cost); break;
                case (_, "gap"): Gap[row[0][0] - First] = cost; break;
                default:
                    Change[At(row[0][0], row[1][0])] = cost;
                    Change[At(row[1][0], row[0][0])] = cost;
                    break;
            }
        }

        for (var a = 0; a < Width; a++)
        {
            Gap[a] = float.IsNaN(Gap[a]) ? anyGap : Gap[a];

            for (var b = 0; b < Width; b++)
            {
                Change[a * Width + b] = a == b ? 0 : float.IsNaN(Change[a * Width + b]) ? anyChange : Change[a * Width + b];
                ChangeOfPlain[a * Width + b] = Sounds.Common((char)(a + First)) == Sounds.Common((char)(b + First)) ? 0 : Change[a * Width + b];
            }
        }

        foreach (var script in Enum.GetValues<Script>())
        {
            Typed[(int)script] = WithKeys(Change, script);
            TypedPlain[(int)script] = WithKeys(ChangeOfPlain, script);
        }
    }

    private static void SetTwo(string two, char one, float cost)
    {
        var costs = ByTwo[At(two[0], two[1])] ??= Enumerable.Repeat(float.PositiveInfinity, Width).ToArray();
        costs[one - First] = cost;
    }

    private static float[] WithKeys(float[] change, Script script)
    {
        var typed = (float[])change.Clone();

        for (var a = 0; script != Script.Unknown && a < Width; a++)
        {
            for (var b = 0; b < Width; b++)
            {
                if (KeyNeighbours.Are((char)(a + First), (char)(b + First), script))
                    typed[a * Width + b] = Math.Min(typed[a * Width + b], NeighbourKey);
            }
        }

        return typed;
    }

    public static float OfChange(char a, char b) => Change[At(a, b)];

    public static float OfGap(char sound) => Gap[sound - First];

    /// <summary>The cost of taking <paramref name="a"/> for <paramref name="b"/>, or <paramref name="limit"/> if it is not below that.</summary>
    /// <param name="isPlain">True if one of them uses only letters common to all alphabets. Differences that these letters cannot show then cost
    /// nothing.</param>
    /// <param name="keys">The keyboard that <paramref name="a"/> was typed on, whose neighbouring keys are slips rather than other letters.</param>
    public static float Between(
        ReadOnlySpan<char> a, ReadOnlySpan<char> b, float limit = 1000, bool isPlain = false, Script keys = Script.Unknown)
    {
        if (a.SequenceEqual(b))
            return 0;

        if (a.Length > Sounds.LongestWord * 2 || b.Length > Sounds.LongestWord * 2)
            return limit;

        // Equal beginnings and ends cost nothing.
        var same = a.CommonPrefixLength(b);
        var before = same > 0 ? a[same - 1] : '\0';
        var after = '\0';
        a = a[same..];
        b = b[same..];

        while (a.Length > 0 && b.Length > 0 && a[^1] == b[^1])
        {
            after = a[^1];
            a = a[..^1];
            b = b[..^1];
        }

        Span<float> rows = stackalloc float[3 * (b.Length + 1)];
        var beforeLast = rows[..(b.Length + 1)];
        var last = rows.Slice(b.Length + 1, b.Length + 1);
        var row = rows.Slice(2 * (b.Length + 1), b.Length + 1);

        last[0] = 0;
        for (var j = 0; j < b.Length; j++)
            last[j + 1] = last[j] + Gap[b[j] - First];

        for (var i = 0; i < a.Length; i++)
        {
            var gap = Gap[a[i] - First];

            if (keys != Script.Unknown && gap > NeighbourKeyBesides
                && (KeyNeighbours.Are(a[i], i > 0 ? a[i - 1] : before, keys) || KeyNeighbours.Are(a[i], i + 1 < a.Length ? a[i + 1] : after, keys)))
                gap = NeighbourKeyBesides;

            var lowest = row[0] = last[0] + gap;
            var two = i > 0 ? ByTwo[At(a[i - 1], a[i])] : null;
            var changes = (isPlain ? TypedPlain : Typed)[(int)keys].AsSpan((a[i] - First) * Width, Width);

            for (var j = 0; j < b.Length; j++)
            {
                var cost = Math.Min(last[j] + changes[b[j] - First], Math.Min(last[j + 1] + gap, row[j] + Gap[b[j] - First]));

                if (i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] && a[i] != b[j])
                    cost = Math.Min(cost, beforeLast[j - 1] + Swap);

                if (two is not null)
                    cost = Math.Min(cost, beforeLast[j] + two[b[j] - First]);

                if (j > 0 && ByTwo[At(b[j - 1], b[j])] is { } other)
                    cost = Math.Min(cost, last[j - 1] + other[a[i] - First]);

                row[j + 1] = cost;
                lowest = Math.Min(lowest, cost);
            }

            if (lowest >= limit)
                return limit;

            var free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }

        return Math.Min(last[b.Length], limit);
    }

    private static int At(char a, char b) => (a - First) * Width + (b - First);
}
