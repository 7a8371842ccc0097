namespace AlertBot.Channels.Signal;

/// <summary>
/// The keys of the last updates: a stream that begins anew may say again what it said, and the inbox need not be asked about each.
/// The inbox knows them all; this only knows some.
/// </summary>
internal sealed class RecentKeys(int most)
{
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <returns>False when it was there.</returns>
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
