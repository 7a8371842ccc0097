using NodaTime;

namespace AlertBot.Workflows.Sending;

/// <summary>
/// The pace of one chat. Messages leave one at a time, so that they arrive in order: a few at once, then one per interval. A group gets at most its
/// limit a minute. Edits do not count.
/// </summary>
/// <param name="most">How many leave at once: an answer in two messages must not take two seconds.</param>
internal sealed class ChatPace(int most)
{
    // The last part of a group's minute is spread over it: whoever spends all at once can tell the group nothing for most of a minute.
    private const double Spread = 0.4;

    private static readonly Duration Jitter = Duration.FromMilliseconds(15);
    private static readonly Duration Minute = Duration.FromMinutes(1);

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
        if (departure.IsEdit)
            return;

        _burst.Enqueue(leftAt);
        if (_burst.Count == most)
            Hold(_burst.Dequeue() + perChat * most + Jitter);
        _rememberUntil = Instant.Max(_rememberUntil, leftAt + (departure.IsGroup ? Minute : perChat * most) + Jitter);
        if (!departure.IsGroup)
            return;

        _lastMinute.Enqueue(leftAt);
        while (_lastMinute.Peek() < leftAt - Minute)
            _lastMinute.Dequeue();
        if (_lastMinute.Count >= perMinute)
            Hold(_lastMinute.Peek() + Minute + Jitter);
        else if (_lastMinute.Count >= perMinute - SpreadOver(perMinute))
            Hold(leftAt + Minute / SpreadOver(perMinute));
    }

    /// <param name="perMinute">Null for a private chat.</param>
    public int Carries(Instant now, Duration within, Duration perChat, int? perMinute)
    {
        if (perChat <= Duration.Zero)
            return int.MaxValue;
        var left = most - _burst.Count(at => at > now - perChat * most) + (int)(within / perChat);
        if (perMinute is { } limit)
            left = Math.Min(left, limit - _lastMinute.Count(at => at > now - Minute));
        return Math.Max(1, left);
    }

    public void Hold(Instant until) => _freeFrom = Instant.Max(_freeFrom, until);

    private static int SpreadOver(int perMinute) => Math.Max(1, (int)(perMinute * Spread));
}
