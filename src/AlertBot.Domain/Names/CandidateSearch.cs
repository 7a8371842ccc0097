namespace AlertBot.Domain.Names;

/// <summary>Finds the persons worth aligning: those with words like the query's, most alike first.</summary>
internal sealed class CandidateSearch<TId>(NameIndex<TId> index, QueryWords query, Scratch scratch)
    where TId : notnull
{
    // Bounds that keep a query short in any registry.
    private const int WordsCompared = 120;
    private const int StemsTried = 4;
    private const int PairsTried = 3;
    private const int PersonsAligned = 60;
    private const int PersonsTouched = 40_000;

    private const float NearWord = 0.5f;
    private const float FarthestWord = 2.2f;
    private const float AnyWord = 0.3f;
    private const float InitialFits = 1;

    private readonly float[] _gains = scratch.Gains(index.Slots);
    private readonly sbyte[] _last = scratch.Last(index.Slots);
    private readonly List<int> _persons = scratch.Persons;

    public List<int> Run()
    {
        _persons.Clear();

        for (var word = 0; word < query.Words.Count; word++)
        {
            if (!query.Words[word].IsInitial)
                Gather(word, query.Words[word]);
        }

        // Two words are also tried as one if neither is near a registered word by itself.
        for (var (word, tried) = (0, 0); word + 1 < query.Words.Count && tried < PairsTried; word++)
        {
            if (query[word + QueryWords.PairOffset] is { } pair && query.Nearest(word) > NearWord && query.Nearest(word + 1) > NearWord)
            {
                Gather(word + QueryWords.PairOffset, pair);
                tried++;
            }
        }

        AddInitials();
        var highest = Highest();

        foreach (var slot in _persons)
        {
            _gains[slot] = 0;
            _last[slot] = 0;
        }

        return highest;
    }

    private void Gather(int number, NameWord word)
    {
        var mark = (sbyte)(number % QueryWords.PairOffset + 1);
        var visits = 0;

        foreach (var (candidate, cost) in Near(number, word))
        {
            var postings = index.Postings(candidate);
            visits += postings.Count;

            if (visits > PersonsTouched && _persons.Count > 0)
                break;

            foreach (var slot in postings)
            {
                if (_last[slot] == mark)
                    continue;

                if (_last[slot] == 0)
                    _persons.Add(slot);

                _last[slot] = mark;
                _gains[slot] += FarthestWord + AnyWord - cost;
            }
        }
    }

    private List<(int Word, float Cost)> Near(int number, NameWord word)
    {
        var found = new List<int>();
        var stems = word.Readings.Select(reading => reading.Stem).Distinct().Take(StemsTried).ToList();

        foreach (var stem in stems)
            index.Skeletons.Find(stem, WordsCompared / stems.Count, scratch, found);

        var near = new List<(int Word, float Cost)>();

        foreach (var candidate in found.Distinct())
        {
            if (index.Postings(candidate).Count == 0)
                continue;

            var cost = query.Cost(number, candidate, index.Words[candidate]);

            if (cost >= FarthestWord)
                continue;

            near.Add((candidate, cost));

            if (number < QueryWords.PairOffset)
                query.Heard(number, cost, index.Share(candidate));
        }

        near.Sort((a, b) => a.Cost.CompareTo(b.Cost));
        return near;
    }

    private void AddInitials()
    {
        for (var initial = 0; initial < query.Words.Count; initial++)
        {
            if (!query.Words[initial].IsInitial)
                continue;

            foreach (var slot in _persons)
            {
                foreach (var word in index.SpellingAt(slot).Words)
                {
                    if (query.Cost(initial, word, index.Words[word]) < WordCosts.Limit)
                    {
                        _gains[slot] += InitialFits;
                        break;
                    }
                }
            }
        }
    }

    private List<int> Highest()
    {
        var heap = new PriorityQueue<int, int>(PersonsAligned + 1, Comparer<int>.Create(LeastFirst));

        foreach (var slot in _persons)
        {
            if (heap.Count < PersonsAligned)
                heap.Enqueue(slot, slot);
            else if (_gains[slot] >= _gains[heap.Peek()])
                heap.EnqueueDequeue(slot, slot);
        }

        return heap.UnorderedItems.Select(item => item.Element).ToList();
    }

    // Of more equal persons than are aligned the first by the alphabet stay, whoever was registered first.
    private int LeastFirst(int x, int y)
    {
        if (_gains[x].CompareTo(_gains[y]) is var byGain and not 0)
            return byGain;

        var (one, other) = (index.SpellingAt(x), index.SpellingAt(y));
        return CandidateOrder<TId>.ByAlphabet(other.Letters, one.Letters) is var byAlphabet and not 0 ? byAlphabet : one.Order.CompareTo(other.Order);
    }
}
