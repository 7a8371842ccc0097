namespace AlertBot.Domain.Names;

/// <summary>One search: similar words, the persons who have them, the best alignment of each, and its chance.</summary>
internal sealed class NameQuery<TId>(NameIndex<TId> index, IReadOnlyList<NameWord> words, Scratch scratch)
    where TId : notnull
{
    private const float NoOther = 100;
    private const double MostOdds = 50;

    // At least this many are ranked, because a person's chance must not depend on how many are asked for.
    internal const int Sharing = 20;

    // Beyond these digits a sum depends on the order of its parts, and equals would lose their order. For the same reason a chance
    // is cut to a float, in which even very small ones keep their order.
    private const int DigitsOfCost = 4;

    private readonly QueryWords _query = new(words);
    private Attestation<TId>? _attestation;

    public IReadOnlyList<NameMatch<TId>> Run(int limit)
    {
        var ranked = Ranked();
        var chances = Enumerable.Range(0, Math.Min(Math.Max(limit, Sharing), ranked.Count))
            .Select(place => Evidence.Chance(FeaturesOf(ranked, place))).ToList();

        return Shared(chances)
            .Select((score, place) => (Person: ranked[place], Score: score))
            .OrderByDescending(one => one.Score)
            .Take(limit)
            .Select(one => Match(one.Person, one.Score))
            .ToList();
    }

    /// <summary>The chances as namesakes share them: two who fit equally well get at most half each.</summary>
    internal static List<float> Shared(List<double> chances)
    {
        var odds = chances.Sum(Odds);
        return chances.ConvertAll(chance => (float)(chance * Odds(chance) / odds));
    }

    /// <summary>What <see cref="Evidence"/> is fitted on.</summary>
    public List<(TId Id, float[] Features)> Features(int limit)
    {
        var ranked = Ranked();
        return Enumerable.Range(0, Math.Min(limit, ranked.Count)).Select(i => (ranked[i].Id, FeaturesOf(ranked, i))).ToList();
    }

    private NameMatch<TId> Match(Candidate<TId> candidate, double score)
    {
        var reasons = NameReasons.Of(_query, candidate);
        return new NameMatch<TId>(candidate.Id, score, NameBands.Of(score, reasons), reasons);
    }

    // Above this both spellings fit, and a difference between their chances means nothing.
    private static double Odds(double chance) => Math.Min(MostOdds, chance / (1 - chance + 1e-9));

    private float[] FeaturesOf(List<Candidate<TId>> ranked, int place)
    {
        var other = place > 0 ? ranked[0].Cost : ranked.Count > 1 ? ranked[1].Cost : NoOther;
        _attestation ??= new Attestation<TId>(index, _query, scratch);
        return Evidence.Of(_query, ranked[place], other, index.Share, index.ShareOfInitial, _attestation);
    }

    private List<Candidate<TId>> Ranked()
    {
        var alignment = new Alignment(_query);
        var best = new Dictionary<TId, Candidate<TId>>();

        foreach (var slot in new CandidateSearch<TId>(index, _query, scratch).Run())
        {
            var spelling = index.SpellingAt(slot);
            var forms = Array.ConvertAll(spelling.Words, word => index.Words[word]);
            var cost = MathF.Round(alignment.Cost(forms, spelling.Words, NoOther), DigitsOfCost);

            if (!best.TryGetValue(spelling.Id, out var known) || cost < known.Cost)
                best[spelling.Id] = new Candidate<TId>(spelling.Id, spelling.Order, cost, alignment.Best, spelling.Words, forms, spelling.Letters);
        }

        var ranked = best.Values.ToList();
        ranked.Sort(new CandidateOrder<TId>(_query));
        return ranked;
    }
}
