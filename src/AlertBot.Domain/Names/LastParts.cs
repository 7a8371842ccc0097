namespace AlertBot.Domain.Names;

/// <summary>The last part of a compound name: -bay, -bek, -gul, -jan. Parts and their sources: elements.tsv.</summary>
internal static class LastParts
{
    /// <summary>The letters of -bay and -bek, which may be put to any name.</summary>
    public const int HonorificLength = 3;

    private const int ShortestRest = 2;
    private const int Bay = 1;
    private const int Bek = 2;

    private static readonly Dictionary<string, int> Parts = NameTable.Read("elements.tsv")
        .DistinctBy(row => row[0])
        .ToDictionary(row => row[0], row => int.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture));

    private static readonly int Longest = Parts.Keys.Max(part => part.Length);

    public static bool IsHonorific(int part) => part is Bay or Bek;

    /// <summary>Whether plain sounds are a last part and nothing else.</summary>
    public static bool IsOne(ReadOnlySpan<char> plain) => Parts.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(plain);

    /// <summary>The number of the part that the plain stem ends in, or 0.</summary>
    public static int Of(string plainStem)
    {
        var lookup = Parts.GetAlternateLookup<ReadOnlySpan<char>>();

        for (var length = Math.Min(Longest, plainStem.Length - ShortestRest); length >= 2; length--)
        {
            if (lookup.TryGetValue(plainStem.AsSpan(plainStem.Length - length), out var number))
                return number;
        }

        return 0;
    }
}
