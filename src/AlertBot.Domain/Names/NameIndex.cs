using System.Runtime.InteropServices;

namespace AlertBot.Domain.Names;

/// <summary>
/// The registered names, in memory, searched for the persons whom a written name may mean. Safe for many threads: queries run side by
/// side, and changes wait for them. A person may be registered under several spellings.
/// </summary>
/// <typeparam name="TId">A person's id; never the name.</typeparam>
public sealed class NameIndex<TId> : IDisposable
    where TId : notnull
{
    private const int LongestName = 300;

    private const float Unregistered = 2_000;

    // Below this score the index doubts the words as they stand, and tries other readings.
    private const double Unsure = 0.3;

    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Stack<Scratch> _scratch = new();
    private readonly Skeletons _skeletons = new();
    private readonly Dictionary<(string, WordKind, Sex, bool), int> _wordIds = [];
    private readonly List<WordForm> _words = [];
    private readonly List<List<int>> _postings = [];
    private readonly List<Spelling?> _spellings = [];
    private readonly Stack<int> _free = new();
    private readonly Dictionary<TId, List<int>> _slots = [];
    private readonly Dictionary<TId, long> _order = [];
    private readonly List<float> _known = [];
    private readonly List<float> _likeness = [];
    private readonly InitialCounts _initials = new();
    private long _nextOrder;

    public NameIndex()
        : this(KnownNames.All)
    {
    }

    internal NameIndex(KnownNames known) => KnownNames = known;

    /// <summary>The number of registered persons.</summary>
    public int Count
    {
        get
        {
            _lock.EnterReadLock();
            try
            {
                return _slots.Count;
            }
            finally
            {
                _lock.ExitReadLock();
            }
        }
    }

    /// <summary>Registers a person under the given spellings, in place of earlier ones. Their place in the order of registration stays.</summary>
    public void Add(TId id, params IEnumerable<string> spellings)
    {
        ArgumentNullException.ThrowIfNull(spellings);
        var parsed = spellings.Select(NameParser.Parse).Where(words => words.Count > 0).ToList();

        _lock.EnterWriteLock();
        try
        {
            var order = _order.TryGetValue(id, out var known) ? known : _nextOrder++;
            RemoveLocked(id);
            _order[id] = order;
            _slots[id] = parsed.Select(words => AddSpelling(id, order, words)).ToList();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    public bool Remove(TId id)
    {
        _lock.EnterWriteLock();
        try
        {
            return RemoveLocked(id);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>
    /// The persons who may be meant, the likeliest first. Persons whom the name fits equally well share the chance, so that none of them is certain;
    /// how they are ordered says <see cref="CandidateOrder{TId}"/>.
    /// </summary>
    public IReadOnlyList<NameMatch<TId>> Find(string name, int limit = 10)
    {
        ArgumentNullException.ThrowIfNull(name);

        if (name.Length > LongestName)
            name = name[..LongestName];

        _lock.EnterReadLock();
        var scratch = Rent();
        try
        {
            var found = Find(NameParser.Parse(name), limit, scratch);

            if ((found.Count == 0 || found[0].Score < Unsure) && KeyboardLayouts.Other(name) is { } other)
                found = Better(found, Find(NameParser.Parse(other), limit, scratch));

            return found;
        }
        finally
        {
            Return(scratch);
            _lock.ExitReadLock();
        }
    }

    /// <summary>The persons who may be named in running text, the likeliest first.</summary>
    public IReadOnlyList<NameMatch<TId>> FindIn(string text, int limit = 10)
    {
        var best = new Dictionary<TId, NameMatch<TId>>();

        foreach (var candidate in NameExtractor.Candidates(text))
        {
            foreach (var match in Find(candidate, limit))
            {
                if (!best.TryGetValue(match.Id, out var known) || match.IsBetterThan(known))
                    best[match.Id] = match;
            }
        }

        // Equals stay as Find gave them.
        return best.Values.OrderByDescending(match => match.Score).Take(limit).ToList();
    }

    /// <summary>The evidence about the likeliest persons, for fitting weights.</summary>
    internal List<(TId Id, float[] Features)> EvidenceFor(string name, int limit)
    {
        _lock.EnterReadLock();
        var scratch = Rent();
        try
        {
            return new NameQuery<TId>(this, NameParser.Parse(name), scratch).Features(limit);
        }
        finally
        {
            Return(scratch);
            _lock.ExitReadLock();
        }
    }

    private IReadOnlyList<NameMatch<TId>> Find(IReadOnlyList<NameWord> words, int limit, Scratch scratch)
    {
        if (words.Count == 0)
            return [];

        var found = new NameQuery<TId>(this, words, scratch).Run(limit);

        if ((found.Count == 0 || found[0].Score < Unsure) && GluedWords.Split(this, words, scratch) is { } split)
            found = Better(found, new NameQuery<TId>(this, split, scratch).Run(limit));

        return found;
    }

    private static IReadOnlyList<NameMatch<TId>> Better(IReadOnlyList<NameMatch<TId>> one, IReadOnlyList<NameMatch<TId>> other) =>
        other.Count > 0 && (one.Count == 0 || other[0].Score > one[0].Score) ? other : one;

    public void Dispose() => _lock.Dispose();

    internal KnownNames KnownNames { get; }

    internal Skeletons Skeletons => _skeletons;

    internal ReadOnlySpan<WordForm> Words => CollectionsMarshal.AsSpan(_words);

    internal List<int> Postings(int word) => _postings[word];

    internal Spelling SpellingAt(int slot) => _spellings[slot]!;

    internal int Slots => _spellings.Count;

    /// <summary>The share of registered persons who have the word. A small registry cannot know how common a name is.</summary>
    internal float Share(int word) => _postings[word].Count / (Unregistered + Slots);

    /// <summary>The number of words that an initial may stand for, for each registered person.</summary>
    internal float ShareOfInitial(NameWord initial) => (1 + _initials.Fitting(initial)) / (Unregistered + Slots);

    /// <summary>Whether a registered word is a name that people bear. It is looked up once, when a query first asks.</summary>
    internal bool IsKnown(int word, Scratch scratch)
    {
        ref var nearest = ref CollectionsMarshal.AsSpan(_known)[word];

        // Queries side by side may look it up twice and find the same.
        if (float.IsNaN(nearest))
            nearest = KnownNames.Nearest(_words[word], scratch, KnownNames.SameName);

        return nearest < KnownNames.SameName;
    }

    /// <summary>How like a name a registered word sounds; looked up once, too.</summary>
    internal float Likeness(int word)
    {
        ref var likeness = ref CollectionsMarshal.AsSpan(_likeness)[word];

        if (float.IsNaN(likeness))
            likeness = KnownNames.Likeness.Of(Sounds.Plain(_words[word].Whole));

        return likeness;
    }

    private int AddSpelling(TId id, long order, IReadOnlyList<NameWord> words)
    {
        var slot = _free.Count > 0 ? _free.Pop() : _spellings.Count;

        if (slot == _spellings.Count)
            _spellings.Add(null);

        var ids = words.Select(word => WordId(word.Form)).ToArray();
        _spellings[slot] = new Spelling(id, order, ids, words.Select(word => word.Letters).ToArray());
        _initials.Change(words.Select(word => word.Form), +1);

        foreach (var word in ids.Distinct())
            _postings[word].Add(slot);

        return slot;
    }

    private int WordId(WordForm form)
    {
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_wordIds, (form.Whole, form.Kind, form.Sex, form.IsBare), out var known);

        if (!known)
        {
            id = _words.Count;
            _words.Add(form);
            _postings.Add([]);
            _known.Add(float.NaN);
            _likeness.Add(float.NaN);
            _skeletons.Add(form.Stem, id);
        }

        return id;
    }

    private bool RemoveLocked(TId id)
    {
        if (!_slots.Remove(id, out var slots))
            return false;

        _order.Remove(id);

        foreach (var slot in slots)
        {
            _initials.Change(_spellings[slot]!.Words.Select(word => _words[word]), -1);

            foreach (var word in _spellings[slot]!.Words.Distinct())
                _postings[word].Remove(slot);

            _spellings[slot] = null;
            _free.Push(slot);
        }

        return true;
    }

    private Scratch Rent()
    {
        lock (_scratch)
            return _scratch.Count > 0 ? _scratch.Pop() : new Scratch();
    }

    private void Return(Scratch scratch)
    {
        lock (_scratch)
            _scratch.Push(scratch);
    }

    /// <param name="Order">The person's place in the order of registration.</param>
    internal sealed record Spelling(TId Id, long Order, int[] Words, string[] Letters)
    {
        public override string ToString() => "(name)";
    }
}
