namespace AlertBot.Domain.Names;

/// <summary>Says of one query whether a word that differs from a registered one is a name of its own, or a slip that makes no name.</summary>
internal sealed class Attestation<TId>(NameIndex<TId> index, QueryWords query, Scratch scratch)
    where TId : notnull
{
    /// <summary>A smaller difference is one of spelling, and says nothing about whether there are two names.</summary>
    public const float Spelling = 0.2f;

    private const float Farthest = 1.5f;

    private readonly float[] _nearest = Enumerable.Repeat(float.NaN, query.Words.Count).ToArray();

    private readonly float[] _likeness = Enumerable.Repeat(float.NaN, query.Words.Count).ToArray();

    /// <summary>How much nearer a known name is to the word of the query than a registered word at this cost; 0 if none is.</summary>
    public float Nearer(int number, float cost)
    {
        if (number >= QueryWords.PairOffset || cost <= Spelling)
            return 0;

        ref var nearest = ref _nearest[number];

        if (float.IsNaN(nearest))
            nearest = index.KnownNames.Nearest(query.Words[number], scratch, Farthest);

        return Math.Max(0, Math.Min(Farthest, cost) - nearest);
    }

    /// <summary>
    /// Whether both words are names of one language: Диана, Дана. Карима may be Карим taken away, as Russian has it, and Саша is Александр: a form of
    /// the registered name is not held against it, because an alert must not be lost.
    /// </summary>
    public bool AreTwoNames(int number, WordForm registered, float cost) =>
        number < QueryWords.PairOffset && cost > QueryWords.SameWord && query.Words[number] is { IsCut: false } word
        && index.KnownNames.AreTwoOfOneLanguage(word.Form, registered)
        && !word.Readings.Exists(reading => reading.IsGuess && SoundCosts.Between(reading.Stem, registered.Stem, 1) <= QueryWords.SameWord);

    /// <summary>How much less like a name the word of the query sounds than a registered one: a slip makes it so, another name does not.</summary>
    public float Unlikeness(int number, int registered)
    {
        if (number >= QueryWords.PairOffset)
            return 0;

        return index.Likeness(registered) - Likeness(number);
    }

    /// <summary>How like a name the word of the query sounds.</summary>
    public float Likeness(int number)
    {
        if (number >= QueryWords.PairOffset)
            return 0;

        ref var likeness = ref _likeness[number];

        if (float.IsNaN(likeness))
            likeness = index.KnownNames.Likeness.Of(Sounds.Plain(query.Words[number].Sounds));

        return likeness;
    }

    /// <summary>Whether the registered word is itself a known name. If it is not, it may be the one with the slip.</summary>
    public bool IsKnown(int registered) => index.IsKnown(registered, scratch);
}
