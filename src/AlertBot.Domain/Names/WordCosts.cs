namespace AlertBot.Domain.Names;

/// <summary>
/// The distance of a word of the query from a registered word, endings included. The weights are set by hand from what the
/// endings mean (endings.tsv): an ending left off costs less than a letter, and another sex less than that.
/// </summary>
internal static class WordCosts
{
    /// <summary>Words further apart than this are different words.</summary>
    public const float Limit = 2.6f;

    private const float Guess = 0.2f;
    private const float OtherSex = 0.3f;
    private const float NoFamilyEnding = 0.35f;
    private const float FatherForFamily = 0.4f;
    private const float NoFatherEnding = 0.3f;
    private const float InitialOnly = 0.3f;
    private const float LastPartForEnding = 0.6f;
    private const float CutOnly = 0.3f;
    private const float FarthestInitial = 0.4f;
    private const float SameLetter = 0.08f;
    private const float SilentY = 0.05f;
    private const float FirstSound = 0.15f;
    private const float Bare = 0.1f;

    /// <summary>Whether both end in a last part of compound names, and in different ones.</summary>
    public static bool LastPartsDiffer(NameWord query, WordForm registered)
    {
        if (query.IsInitial || query.IsCut || registered.LastPart == 0)
            return false;

        var other = false;

        foreach (var reading in query.Readings)
        {
            if (reading.LastPart == registered.LastPart)
                return false;

            other |= reading.LastPart != 0;
        }

        return other;
    }

    public static float Between(NameWord query, WordForm registered)
    {
        if (query.IsInitial)
            return OfInitial(query.Sounds, registered.Whole[0]);

        if (query.Form.IsBare != registered.IsBare)
            return Bare + SoundCosts.Between(Sounds.Consonants(query.Form.Whole), Sounds.Consonants(registered.Whole), Limit - Bare);

        var best = Limit;

        // The letters as typed decide, not those of a reading.
        var isPlain = query.Form.IsPlain || registered.IsPlain;

        foreach (var reading in query.Readings)
        {
            if (best <= Guess && reading.IsGuess)
                break;

            var extra = reading.IsGuess ? Guess : 0;
            var ending = extra + EndingCost(reading, registered);

            if (ending < best)
                best = Math.Min(best, ending + SoundCosts.Between(reading.Stem, registered.Stem, best - ending, isPlain, query.Keys));

            // The ending itself may be a slip.
            if (extra < best && (reading.Stem.Length != reading.Whole.Length || registered.Stem.Length != registered.Whole.Length))
                best = Math.Min(best, extra + SoundCosts.Between(reading.Whole, registered.Whole, best - extra, isPlain, query.Keys));
        }

        if (best > LastPartForEnding && WithoutLastPart(query, registered) is { } bare)
            best = Math.Min(best, LastPartForEnding + SoundCosts.Between(
                bare.Query, bare.Registered, best - LastPartForEnding, isPlain, query.Keys));

        if (query.IsCut && registered.Whole.Length > query.Sounds.Length)
            best = Math.Min(best, CutOnly + SoundCosts.Between(
                query.Sounds, registered.Whole.AsSpan(0, query.Sounds.Length), best, isPlain, query.Keys));

        if (best > 0 && query.Sounds[0] != registered.Whole[0] && SoundCosts.OfChange(query.Sounds[0], registered.Whole[0]) > 0.5f)
            best = Math.Min(Limit, best + FirstSound);

        return best;
    }

    // Muratbai and Muratov, Seytmuratbek and Seytmuratov: since the 1990s families replace the Russian ending with -bay or -bek.
    private static (string Query, string Registered)? WithoutLastPart(NameWord query, WordForm registered) =>
        (query.Form.Kind, registered.Kind) switch
        {
            (WordKind.None, WordKind.Family) when registered.LastPart == 0 && LastParts.IsHonorific(query.Form.LastPart) =>
                (query.Form.Stem[..^LastParts.HonorificLength], registered.Stem),
            (WordKind.Family, WordKind.None) when query.Form.LastPart == 0 && LastParts.IsHonorific(registered.LastPart) =>
                (query.Form.Stem, registered.Stem[..^LastParts.HonorificLength]),
            _ => null,
        };

    /// <summary>The cost of an initial against a word that begins with the sound.</summary>
    public static float OfInitial(string initial, char registered)
    {
        var change = SoundCosts.OfChange(initial[0], registered);

        // BGN/PCGN 1947 writes е at the beginning Ye, whose y we take off (Sounds.cs); the initial of Yesen is a bare Y.
        if (initial is "i" or "y" && registered == 'e')
            change = Math.Min(change, SilentY);

        // Russian has one letter for k and q: the initial of Qurman is К there, no worse than that of Kalaubay.
        return change > FarthestInitial ? Limit : change <= SameLetter ? InitialOnly : InitialOnly + change;
    }

    private static float EndingCost(WordForm query, WordForm registered) => (query.Kind, registered.Kind) switch
    {
        var (a, b) when a == b => query.Sex == registered.Sex || a == WordKind.None ? 0 : OtherSex,
        (WordKind.Family, WordKind.None) or (WordKind.None, WordKind.Family) => NoFamilyEnding,
        (WordKind.Family, WordKind.Father) or (WordKind.Father, WordKind.Family) => FatherForFamily,
        _ => NoFatherEnding,
    };
}
