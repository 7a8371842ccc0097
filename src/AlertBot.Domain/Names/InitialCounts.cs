namespace AlertBot.Domain.Names;

/// <summary>The number of registered words that begin with each sound: an initial K. says less than Y.</summary>
internal sealed class InitialCounts
{
    private readonly Dictionary<char, int> _words = [];

    public void Change(IEnumerable<WordForm> words, int by)
    {
        foreach (var word in words)
            _words[word.Whole[0]] = _words.GetValueOrDefault(word.Whole[0]) + by;
    }

    /// <summary>
    /// The number of words that the initial may stand for. All persons whose given name begins so are equally likely, whether the name is common or
    /// rare.
    /// </summary>
    public int Fitting(NameWord initial) =>
        _words.Sum(words => WordCosts.OfInitial(initial.Sounds, words.Key) < WordCosts.Limit ? words.Value : 0);
}
