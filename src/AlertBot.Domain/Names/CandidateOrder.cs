namespace AlertBot.Domain.Names;

/// <summary>
/// The lowest cost first. Of persons whom a name fits equally well: the one whose registered spelling is nearest to what was written, with the least
/// of it left unsaid; then by the alphabet; of full namesakes the one registered last, whom people are likelier to ask about.
/// </summary>
internal sealed class CandidateOrder<TId>(QueryWords query) : IComparer<Candidate<TId>>
{
    private const float Unsaid = 0.05f;
    private const float SameLetters = 0.01f;

    private readonly Dictionary<Candidate<TId>, float> _distances = new(ReferenceEqualityComparer.Instance);

    public int Compare(Candidate<TId>? x, Candidate<TId>? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);

        if (x.Cost.CompareTo(y.Cost) is var byCost and not 0)
            return byCost;

        // Sorting compares a thing with itself.
        if (ReferenceEquals(x, y))
            return 0;

        if (Distance(x).CompareTo(Distance(y)) is var byDistance and not 0)
            return byDistance;

        return ByAlphabet(x.Letters, y.Letters) is var byAlphabet and not 0 ? byAlphabet : y.Order.CompareTo(x.Order);
    }

    public static int ByAlphabet(string[] x, string[] y)
    {
        for (var i = 0; i < Math.Min(x.Length, y.Length); i++)
        {
            if (string.CompareOrdinal(x[i], y[i]) is var order and not 0)
                return order;
        }

        return x.Length - y.Length;
    }

    // Costs leave out what some alphabet cannot show; here it counts, because the same letters are likelier to mean the same person.
    private float Distance(Candidate<TId> candidate)
    {
        if (_distances.TryGetValue(candidate, out var distance))
            return distance;

        for (var i = 0; i < candidate.Words.Length; i++)
        {
            var registered = candidate.Forms[i].Whole;
            var word = candidate.Words[i] < 0 ? null : query[candidate.Words[i]];
            distance += word switch
            {
                null => Unsaid,
                { IsInitial: true } => SoundCosts.OfChange(word.Sounds[0], registered[0]),
                _ => SoundCosts.Between(word.Sounds, registered, WordCosts.Limit) - (word.Letters == candidate.Letters[i] ? SameLetters : 0),
            };
        }

        return _distances[candidate] = distance;
    }
}
