namespace AlertBot.Domain.Names;

/// <summary>The number of registered words that begin with each sound: K. says less than Y.</summary>
internal sealed class InitialCounts
{
    private readonly Dictionary<char, int> _words = [];

    public void Change(IEnumerable<WordForm> words, int by)
    {
        foreach (var word in words)
            _words[word.Whole[0]] = _words.GetValueOrDefault(word.Whole[0]) + by;
    }

    /// <summary>
    /// The number of words that the initial may stand for, whichever of them a person has: of all whose given name begins so,
    /// each is as likely to be meant as the next, be the name common or rare.
    /// </summary>
    public int Fitting(NameWord initial) =>
        _words.Sum(words => WordCosts.OfInitial(initial.Sounds, words.Key) < WordCosts.Limit ? words.Value : 0);
}
