namespace AlertBot.Channels.Signal;

/// <summary>
/// The keys of the latest updates. A reopened stream may repeat updates; most repetitions are recognised here without asking the inbox, which knows
/// all keys.
/// </summary>
internal sealed class RecentKeys(int most)
{
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <returns>False if the key was already known.</returns>
    public bool Add(string key)
    {
        if (!_keys.Add(key))
            return false;
        _order.Enqueue(key);
        if (_order.Count > most)
            _keys.Remove(_order.Dequeue());
        return true;
    }
}
