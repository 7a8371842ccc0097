using System.Collections.Concurrent;
using AlertBot.Domain.Channels;

namespace AlertBot.Workflows.Sending;

/// <summary>Tells who waits for it when the request to an address had left: what the pace of sending is counted from.</summary>
public sealed class Departures
{
    private readonly ConcurrentDictionary<ChannelAddress, Action<long>> _watched = new();

    /// <summary>Called by the channel, once the request to that address is on the wire.</summary>
    /// <param name="timestamp">Of the time provider that channel and dispatcher share.</param>
    public void Left(ChannelAddress to, long timestamp)
    {
        if (_watched.TryGetValue(to, out var told))
            told(timestamp);
    }

    /// <summary>Until disposed of. One message at a time goes to an address, so there is one who watches.</summary>
    public IDisposable Watch(ChannelAddress to, Action<long> told)
    {
        _watched[to] = told;
        return new Watching(() => _watched.TryRemove(to, out _));
    }

    private sealed class Watching(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
