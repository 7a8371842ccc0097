namespace AlertBot.Domain.Names;

/// <summary>
/// Pairs the words of the query with those of a registered name, in any order, at the lowest cost. The costs of missing and extra words are set by
/// hand: people often omit a patronymic, but not a given name.
/// </summary>
internal sealed class Alignment(QueryWords query)
{
    private const float MissingCore = 2.4f;
    private const float MissingFather = 0.02f;
    private const float ExtraCore = 0.7f;
    private const float ExtraFather = 0.08f;
    private const float ExtraInitial = 0.15f;
    private const float WrongRole = 0.5f;
    private const float FatherIsNotGiven = 1.2f;
    private const float OtherFather = 0.7f;
    private const float Father = 0.6f;
    private const float WorstFather = 1.3f;
    private const float FatherInitial = 0.3f;
    private const float Glued = 0.15f;

    private readonly WordKind[] _kinds = query.Kinds;
    private WordForm[] _registered = [];
    private int[] _words = [];
    private int[] _chosen = [];
    private int[] _best = [];
    private float _bestCost;
    private bool _hasGiven;
    private bool _queryHasFamily;
    private bool _registeredHasFamily;

    /// <summary>For each registered word its word of the query, or -1; a joined pair is numbered as in <see cref="QueryWords"/>.</summary>
    public int[] Best => _best;

    /// <summary>The lowest cost for a registered name, or <paramref name="limit"/>.</summary>
    public float Cost(WordForm[] registered, int[] words, float limit)
    {
        _registered = registered;
        _words = words;
        _chosen = new int[registered.Length];
        _best = new int[registered.Length];
        Array.Fill(_best, -1);
        _bestCost = limit;
        _queryHasFamily = Array.IndexOf(_kinds, WordKind.Family) >= 0;
        _registeredHasFamily = Array.Exists(registered, word => word.Kind == WordKind.Family);
        _hasGiven = HasGiven(registered);
        Place(0, 0, 0);
        return _bestCost;
    }

    /// <summary>A given name may end like a patronymic (Bekbauli Ozbekbaev). It counts as the given name if there is no other.</summary>
    public static bool HasGiven(WordForm[] registered) => Array.Exists(registered, word => word.Kind == WordKind.None);

    private bool IsFather(int at) => _hasGiven && _registered[at].Kind == WordKind.Father;

    private float PairCost(int queryWord, int registeredWord)
    {
        var role = Role(_kinds[queryWord], _registered[registeredWord].Kind);
        return query.Cost(queryWord, _words[registeredWord], _registered[registeredWord]) + role;
    }

    private void Place(int at, int used, float sum)
    {
        if (sum >= _bestCost)
            return;

        if (at == _registered.Length)
        {
            sum += Extras(used) + Fathers(used);

            if (sum < _bestCost)
            {
                _bestCost = sum;
                _chosen.CopyTo(_best, 0);
            }

            return;
        }

        for (var word = 0; word < _kinds.Length; word++)
        {
            if ((used & (1 << word)) != 0)
                continue;

            var pair = PairCost(word, at);
            if (pair < WordCosts.Limit)
            {
                _chosen[at] = word;
                Place(at + 1, used | (1 << word), sum + Weighted(pair, at, word));
            }

            if (word + 1 < _kinds.Length && (used & (2 << word)) == 0)
            {
                var glued = query.Cost(word + QueryWords.PairOffset, _words[at], _registered[at]);
                if (glued + Glued < WordCosts.Limit)
                {
                    _chosen[at] = word + QueryWords.PairOffset;
                    Place(at + 1, used | (3 << word), sum + Weighted(glued + Glued, at, word + QueryWords.PairOffset));
                }
            }
        }

        _chosen[at] = -1;
        Place(at + 1, used, sum + (IsFather(at) ? MissingFather : MissingCore));
    }

    // A patronymic says less than a given name, and people often write its initial only.
    private float Weighted(float pair, int at, int word)
    {
        if (!IsFather(at))
            return pair;

        return query[word]!.IsInitial ? FatherInitial * pair : Math.Min(WorstFather, Father * pair);
    }

    private float Extras(int used)
    {
        float sum = 0;

        for (var word = 0; word < _kinds.Length; word++)
        {
            if ((used & (1 << word)) == 0)
                sum += query.Words[word].IsInitial ? ExtraInitial : _kinds[word] == WordKind.Father ? ExtraFather : ExtraCore;
        }

        return sum;
    }

    // Two patronymics without a counterpart mean two fathers, not one father left out twice.
    private float Fathers(int used)
    {
        for (var at = 0; at < _registered.Length; at++)
        {
            if (IsFather(at) && _chosen[at] < 0)
                return HasFatherBeside(used) ? OtherFather : 0;
        }

        return 0;
    }

    private bool HasFatherBeside(int used)
    {
        for (var word = 0; word < _kinds.Length; word++)
        {
            if ((used & (1 << word)) == 0 && _kinds[word] == WordKind.Father && !query.Words[word].IsInitial)
                return true;
        }

        return false;
    }

    private float Role(WordKind queryKind, WordKind registeredKind) => (queryKind, registeredKind) switch
    {
        var (a, b) when a == b => 0,
        (WordKind.Family, WordKind.None) => _registeredHasFamily ? WrongRole : 0,
        (WordKind.None, WordKind.Family) => _queryHasFamily ? WrongRole : 0,
        (WordKind.Father, WordKind.None) => _registeredHasFamily ? FatherIsNotGiven : WrongRole,
        (WordKind.Father, WordKind.Family) => _queryHasFamily ? WrongRole : 0,
        (WordKind.Family, WordKind.Father) => WrongRole,
        _ => 0,
    };
}
