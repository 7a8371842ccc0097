namespace AlertBot.Domain.Names;

/// <summary>One search: words that are alike, persons who have them, the best alignment of each, and how sure it is.</summary>
internal sealed class NameQuery<TId>(NameIndex<TId> index, IReadOnlyList<NameWord> query, Scratch scratch)
    where TId : notnull
{
    private const int WordsCompared = 250;
    private const int PersonsAligned = 80;
    private const int PersonsTouched = 40_000;
    private const float FarthestWord = 2.2f;

    private readonly Dictionary<(int, int), float> _costs = [];
    private readonly NameWord?[] _pairs = Pairs(query);

    public IReadOnlyList<NameMatch<TId>> Run(int limit)
    {
        var slots = Candidates();
        var alignment = new Alignment(query, Cost);
        var best = new Dictionary<TId, (float Cost, int Slot)>();

        foreach (var slot in slots)
        {
            var spelling = index.SpellingAt(slot);
            var forms = spelling.Words.Select(word => index.Words[word]).ToArray();
            var cost = alignment.Cost(forms, spelling.Words, 100);

            if (!best.TryGetValue(spelling.Id, out var known) || cost < known.Cost)
                best[spelling.Id] = (cost, slot);
        }

        return best.OrderBy(pair => pair.Value.Cost)
            .Take(limit)
            .Select(pair => new NameMatch<TId>(pair.Key, Math.Exp(-pair.Value.Cost), NameBand.No, []))
            .ToList();
    }

    private float Cost(int queryWord, int registered)
    {
        ref var cost = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_costs, (queryWord, registered), out var known);

        if (!known)
        {
            var word = queryWord >= Alignment.PairOffset ? _pairs[queryWord - Alignment.PairOffset] : query[queryWord];
            cost = word is null ? WordCosts.Limit : WordCosts.Between(word, index.Words[registered]);
        }

        return cost;
    }

    private List<int> Candidates()
    {
        var gains = scratch.PersonGains(index.Slots);
        var last = scratch.PersonLast(index.Slots);
        var touched = scratch.TouchedPersons;
        touched.Clear();

        for (var word = 0; word < query.Count; word++)
        {
            if (!query[word].IsInitial)
                Gather(word, query[word], gains, last, touched);

            if (word < _pairs.Length && _pairs[word] is { } pair)
                Gather(word + Alignment.PairOffset, pair, gains, last, touched);
        }

        foreach (var slot in touched)
            gains[slot] += InitialsGain(slot);

        var slots = touched.OrderByDescending(slot => gains[slot]).Take(PersonsAligned).ToList();

        foreach (var slot in touched)
        {
            gains[slot] = 0;
            last[slot] = 0;
        }

        return slots;
    }

    private void Gather(int number, NameWord word, float[] gains, sbyte[] last, List<int> touched)
    {
        var found = new List<int>();
        var stems = word.Readings.Select(reading => reading.Stem).Distinct().Take(4);

        foreach (var stem in stems)
            index.Skeletons.Find(stem, WordsCompared, scratch, found);

        var near = found.Distinct()
            .Select(candidate => (Word: candidate, Cost: Cost(number, candidate)))
            .Where(candidate => candidate.Cost < FarthestWord)
            .OrderBy(candidate => candidate.Cost);
        var visits = 0;
        var mark = (sbyte)(number % Alignment.PairOffset + 1);

        foreach (var (candidate, cost) in near)
        {
            var postings = index.Postings(candidate);
            visits += postings.Count;

            if (visits > PersonsTouched)
                break;

            foreach (var slot in postings)
            {
                if (last[slot] == mark)
                    continue;

                if (last[slot] == 0)
                    touched.Add(slot);

                last[slot] = mark;
                gains[slot] += FarthestWord + 0.3f - cost;
            }
        }
    }

    private float InitialsGain(int slot)
    {
        float gain = 0;

        foreach (var word in query)
        {
            if (!word.IsInitial)
                continue;

            foreach (var registered in index.SpellingAt(slot).Words)
            {
                if (Cost(IndexOf(word), registered) < WordCosts.Limit)
                {
                    gain += 1;
                    break;
                }
            }
        }

        return gain;
    }

    private int IndexOf(NameWord word)
    {
        for (var i = 0; i < query.Count; i++)
        {
            if (ReferenceEquals(query[i], word))
                return i;
        }

        return -1;
    }

    private static NameWord?[] Pairs(IReadOnlyList<NameWord> query)
    {
        var pairs = new NameWord?[Math.Max(0, query.Count - 1)];

        for (var i = 0; i < pairs.Length; i++)
        {
            if (!query[i].IsInitial && !query[i + 1].IsInitial && query[i].Sounds.Length + query[i + 1].Sounds.Length <= Sounds.LongestWord)
            {
                var sounds = query[i].Sounds + query[i + 1].Sounds;
                pairs[i] = new NameWord { Sounds = sounds, Form = Endings.Nominative(sounds) };
            }
        }

        return pairs;
    }
}
