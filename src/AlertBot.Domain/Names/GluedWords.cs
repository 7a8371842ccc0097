namespace AlertBot.Domain.Names;

/// <summary>Finds the seam in a word that is two names written as one: aydosataniyazov.</summary>
internal static class GluedWords
{
    private const int Shortest = 8;
    private const int ShortestPart = 3;
    private const float FarthestPart = 0.7f;

    // Mirzabolatov is one name and must not be taken for Mirza and Bolatov.
    private const float SameWord = 0.12f;
    private const int WordsCompared = 40;

    /// <summary>The query with its unknown long word split where both parts are nearest to registered words, or null.</summary>
    public static IReadOnlyList<NameWord>? Split<TId>(NameIndex<TId> index, IReadOnlyList<NameWord> query, Scratch scratch)
        where TId : notnull
    {
        if (query.Count > 2)
            return null;

        for (var word = 0; word < query.Count; word++)
        {
            if (query[word].Sounds.Length >= Shortest && Nearest(index, query[word], FarthestPart, scratch) > SameWord
                && Seam(index, query[word].Sounds, scratch) is { } parts)
                return [.. query.Take(word), parts.Left, parts.Right, .. query.Skip(word + 1)];
        }

        return null;
    }

    private static (NameWord Left, NameWord Right)? Seam<TId>(NameIndex<TId> index, string sounds, Scratch scratch)
        where TId : notnull
    {
        (NameWord, NameWord)? best = null;
        var bestCost = FarthestPart;

        for (var at = ShortestPart; at <= sounds.Length - ShortestPart; at++)
        {
            var left = NameParser.FromSounds(sounds[..at]);
            var cost = Nearest(index, left, bestCost, scratch);

            if (cost >= bestCost)
                continue;

            // If one word ends with the sound that begins the next, the reading has that sound once.
            foreach (var right in new[] { NameParser.FromSounds(sounds[at..]), NameParser.FromSounds(sounds[(at - 1)..]) })
            {
                var sum = cost + Nearest(index, right, bestCost - cost, scratch);

                if (sum < bestCost)
                    (best, bestCost) = ((left, right), sum);
            }
        }

        return best;
    }

    private static float Nearest<TId>(NameIndex<TId> index, NameWord word, float limit, Scratch scratch)
        where TId : notnull
    {
        var found = new List<int>();
        index.Skeletons.Find(word.Form.Stem, WordsCompared, scratch, found);

        foreach (var candidate in found)
        {
            var form = index.Words[candidate];

            // The seam must fall between words, so only whole words count, without endings taken off.
            if (index.Postings(candidate).Count > 0)
                limit = Math.Min(limit, SoundCosts.Between(word.Sounds, form.Whole, limit));
        }

        return limit;
    }
}
