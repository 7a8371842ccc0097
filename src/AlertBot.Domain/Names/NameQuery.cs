namespace AlertBot.Domain.Names;

/// <summary>One search: words that are alike, persons who have them, the best alignment of each, and how sure it is.</summary>
internal sealed class NameQuery<TId>(NameIndex<TId> index, IReadOnlyList<NameWord> query, Scratch scratch)
    where TId : notnull
{
    private const int WordsCompared = 120;
    private const int StemsTried = 4;
    private const int PairsTried = 3;
    private const int PersonsAligned = 60;
    private const int PersonsTouched = 40_000;
    private const float NearWord = 0.5f;
    private const float FarthestWord = 2.2f;

    private readonly Dictionary<(int, int), float> _costs = [];
    private readonly NameWord?[] _pairs = Pairs(query);

    public IReadOnlyList<NameMatch<TId>> Run(int limit)
    {
        var alignment = new Alignment(query, Cost);
        var best = new Dictionary<TId, Aligned>();

        foreach (var slot in Candidates())
        {
            var spelling = index.SpellingAt(slot);
            var forms = spelling.Words.Select(word => index.Words[word]).ToArray();
            var cost = alignment.Cost(forms, spelling.Words, 100);

            if (!best.TryGetValue(spelling.Id, out var known) || cost < known.Cost)
                best[spelling.Id] = new Aligned(slot, cost, alignment.Best, forms);
        }

        var ranked = best.Values.OrderBy(aligned => aligned.Cost).ToList();
        var matches = new List<NameMatch<TId>>();

        for (var i = 0; i < Math.Min(limit, ranked.Count); i++)
        {
            var other = i == 0 ? (ranked.Count > 1 ? ranked[1].Cost : 100) : ranked[0].Cost;
            var features = Features(ranked[i], other);
            Trace?.Invoke(index.SpellingAt(ranked[i].Slot).Id, features);
            matches.Add(new NameMatch<TId>(index.SpellingAt(ranked[i].Slot).Id, Evidence.Chance(features), NameBand.No, []));
        }

        return matches.OrderByDescending(match => match.Score).ToList();
    }

    public static Action<TId, float[]>? Trace;

    private sealed record Aligned(int Slot, float Cost, int[] Words, WordForm[] Forms);

    private float[] Features(Aligned aligned, float other)
    {
        float worst = 0, perSound = 0, nearer = 0, nearerWorst = 0, otherPart = 0, rare = 0, rareWorst = -10, length = 0;
        float heard = 0, heardLeast = 20, initial = 0, initialCommon = 0, missing = 0, fatherSame = 0, fatherOther = 0;
        var used = 0;
        var cores = 0;
        var ids = index.SpellingAt(aligned.Slot).Words;

        for (var i = 0; i < aligned.Words.Length; i++)
        {
            var word = aligned.Words[i];
            var form = aligned.Forms[i];
            var isFather = form.Kind == WordKind.Father;

            if (word < 0)
            {
                missing += isFather ? 0 : 1;
                continue;
            }

            used |= word >= Alignment.PairOffset ? 3 << (word - Alignment.PairOffset) : 1 << word;
            var cost = Cost(word, ids[i]);

            if (isFather && Alignment.KindOf(QueryWord(word)!) is not WordKind.Family)
            {
                fatherSame += cost < 0.6f ? 1 : 0;
                fatherOther += cost >= 0.6f ? Math.Min(cost, 2) : 0;
                continue;
            }

            var common = MathF.Log10((1 + index.Postings(ids[i]).Count) / (float)(100 + index.Slots));

            if (QueryWord(word)!.IsInitial)
            {
                initial++;
                initialCommon += common;
                continue;
            }

            cores++;
            worst = Math.Max(worst, cost);
            perSound += cost / Math.Min(form.Stem.Length, QueryWord(word)!.Form.Stem.Length);
            length += Math.Min(form.Stem.Length, 10);
            rare += common;
            rareWorst = Math.Max(rareWorst, common);
            otherPart += cost > 0.3f && WordCosts.LastPartsDiffer(QueryWord(word)!, form) ? 1 : 0;
            var excess = word >= Alignment.PairOffset ? 0 : Math.Min(1.5f, cost - _nearest[word]);
            var said = word >= Alignment.PairOffset ? 0 : -Sharpness * cost - MathF.Log(_likelihood[word]);
            heard += said;
            heardLeast = Math.Min(heardLeast, said);
            nearer += excess;
            nearerWorst = Math.Max(nearerWorst, excess);
        }

        float extra = 0;
        for (var i = 0; i < query.Count; i++)
            extra += (used & (1 << i)) == 0 && !query[i].IsInitial && Alignment.KindOf(query[i]) != WordKind.Father ? 1 : 0;

        var total = aligned.Cost;
        var margin = Math.Clamp(other - total, -1f, 1f);

        return
        [
            1, total, Math.Max(0, total - 0.3f), Math.Max(0, total - 0.8f), Math.Max(0, total - 1.5f), worst, Math.Max(0, worst - 0.4f), Math.Max(0, worst - 0.9f),
            perSound, nearer, nearerWorst, otherPart, rare, rareWorst, length / 10, initial, missing,
            extra, fatherSame, fatherOther, margin, Math.Max(0, margin - 0.3f), cores == 1 && initial == 0 ? 1 : 0, initialCommon, heard / 4, heardLeast / 4,
        ];
    }

    private NameWord? QueryWord(int word) => word >= Alignment.PairOffset ? _pairs[word - Alignment.PairOffset] : query[word];

    private const float Sharpness = 4;
    private const float Unheard = 1e-5f;
    private readonly float[] _likelihood = Enumerable.Repeat(Unheard, query.Count).ToArray();
    private readonly float[] _nearest = Enumerable.Repeat(WordCosts.Limit, query.Count).ToArray();

    private float Cost(int queryWord, int registered)
    {
        ref var cost = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_costs, (queryWord, registered), out var known);

        if (!known)
        {
            var word = QueryWord(queryWord);
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
        }

        // Two words are tried as one where neither is a word of the registry by itself.
        for (var (word, tried) = (0, 0); word < _pairs.Length && tried < PairsTried; word++)
        {
            if (_pairs[word] is { } pair && _nearest[word] > NearWord && _nearest[word + 1] > NearWord)
            {
                Gather(word + Alignment.PairOffset, pair, gains, last, touched);
                tried++;
            }
        }

        if (query.Any(word => word.IsInitial))
        {
            foreach (var slot in touched)
                gains[slot] += InitialsGain(slot);
        }

        var slots = Highest(touched, gains);

        foreach (var slot in touched)
        {
            gains[slot] = 0;
            last[slot] = 0;
        }

        return slots;
    }

    private static List<int> Highest(List<int> touched, float[] gains)
    {
        var heap = new PriorityQueue<int, float>(PersonsAligned + 1);

        foreach (var slot in touched)
        {
            if (heap.Count < PersonsAligned)
                heap.Enqueue(slot, gains[slot]);
            else if (heap.TryPeek(out _, out var least) && gains[slot] > least)
                heap.EnqueueDequeue(slot, gains[slot]);
        }

        return heap.UnorderedItems.Select(item => item.Element).ToList();
    }

    private void Gather(int number, NameWord word, float[] gains, sbyte[] last, List<int> touched)
    {
        var found = new List<int>();
        var stems = word.Readings.Select(reading => reading.Stem).Distinct().Take(StemsTried).ToList();

        foreach (var stem in stems)
            index.Skeletons.Find(stem, WordsCompared / stems.Count, scratch, found);

        var near = new List<(int Word, float Cost)>();

        foreach (var candidate in found.Distinct())
        {
            var cost = Cost(number, candidate);

            if (cost < FarthestWord)
                near.Add((candidate, cost));
        }

        near.Sort((a, b) => a.Cost.CompareTo(b.Cost));

        if (number < Alignment.PairOffset && near.Count > 0)
        {
            _nearest[number] = near[0].Cost;
            _likelihood[number] = Unheard;

            foreach (var (candidate, cost) in near)
                _likelihood[number] += index.Postings(candidate).Count / (100f + index.Slots) * MathF.Exp(-Sharpness * cost);
        }

        var visits = 0;
        var mark = (sbyte)(number % Alignment.PairOffset + 1);

        foreach (var (candidate, cost) in near)
        {
            var postings = index.Postings(candidate);
            visits += postings.Count;

            if (visits > PersonsTouched && touched.Count > 0)
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
                pairs[i] = NameParser.FromSounds(query[i].Sounds + query[i + 1].Sounds);
            }
        }

        return pairs;
    }
}
