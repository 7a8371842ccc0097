using NodaTime;

namespace AlertBot.Workflows.Sending;

/// <summary>
/// The pace of one chat. Messages leave one at a time, so that they arrive in order: a few at once, then one per interval. A group gets at most its
/// limit a minute. Edits do not count.
/// </summary>
/// <param name="most">How many leave at once: an answer in two messages must not take two seconds.</param>
/// <param name="mostAlerts">How many of these may be alerts.</param>
internal sealed class ChatPace(int most, int mostAlerts)
{
    // The last part of a group's minute is spread over it: whoever spends all at once can tell the group nothing for most of a minute.
    private const double Spread = 0.4;

    private static readonly Duration Jitter = Duration.FromMilliseconds(15);

    // The messenger counts arrivals. One that is refused costs its chat a second and more.
    private static readonly Duration AlertJitter = Duration.FromMilliseconds(40);
    private static readonly Duration Minute = Duration.FromMinutes(1);
    private const int MostSlots = 100;

    private readonly Queue<Instant> _burst = new();
    private readonly Queue<Instant> _lastMinute = new();
    private Instant _freeFrom = Instant.MinValue;
    private Instant _rememberUntil = Instant.MinValue;
    private int _onTheWay;

    public Instant FreeFrom => _onTheWay > 0 ? Instant.MaxValue : _freeFrom;

    public bool IsForgettable(Instant now) => _onTheWay == 0 && _freeFrom <= now && _rememberUntil <= now;

    public void Depart() => _onTheWay++;

    public void Cancel() => _onTheWay--;

    public void Return(SendPace.Departure departure, Instant leftAt, Duration perChat, int perMinute)
    {
        _onTheWay--;
        if (!departure.IsEdit)
            Count(leftAt, departure.IsGroup, departure.IsAlert, perChat, perMinute);
    }

    /// <summary>When the next alerts may leave, from now, if nothing else is sent there.</summary>
    /// <param name="call">How long a message keeps its chat busy.</param>
    public IReadOnlyList<Duration> AlertSlots(Instant now, Duration within, bool isGroup, Duration call, Duration perChat, int perMinute)
    {
        var ahead = new ChatPace(most, mostAlerts) { _freeFrom = _freeFrom };
        foreach (var at in _burst)
            ahead._burst.Enqueue(at);
        foreach (var at in _lastMinute)
            ahead._lastMinute.Enqueue(at);

        var slots = new List<Duration>();
        for (var at = Instant.Max(now, _freeFrom); at <= now + within && slots.Count < MostSlots; at = Instant.Max(at + call, ahead._freeFrom))
        {
            slots.Add(at - now);
            ahead.Count(at, isGroup, isAlert: true, perChat, perMinute);
        }

        return slots;
    }

    public void Hold(Instant until) => _freeFrom = Instant.Max(_freeFrom, until);

    private void Count(Instant leftAt, bool isGroup, bool isAlert, Duration perChat, int perMinute)
    {
        _burst.Enqueue(leftAt);
        if (isAlert && _burst.Count >= mostAlerts)
            Hold(_burst.ElementAt(_burst.Count - mostAlerts) + perChat * mostAlerts + AlertJitter);
        if (_burst.Count == most)
            Hold(_burst.Dequeue() + perChat * most + Jitter);
        _rememberUntil = Instant.Max(_rememberUntil, leftAt + (isGroup ? Minute : perChat * most) + AlertJitter);
        if (!isGroup)
            return;

        _lastMinute.Enqueue(leftAt);
        while (_lastMinute.Peek() < leftAt - Minute)
            _lastMinute.Dequeue();
        if (_lastMinute.Count >= perMinute)
            Hold(_lastMinute.Peek() + Minute + Jitter);
        else if (_lastMinute.Count >= perMinute - SpreadOver(perMinute))
            Hold(leftAt + Minute / SpreadOver(perMinute));
    }

    private static int SpreadOver(int perMinute) => Math.Max(1, (int)(perMinute * Spread));
}
