using NodaTime;

namespace AlertBot.Workflows.Sending;

/// <summary>
/// When the next message may leave, for one account of a messenger: evenly spaced, never more than so many in any one
/// second, and each chat at its own pace with short bursts. Counted from when requests really left, not from when we meant
/// them to. Safe for use by several threads. Its instants are those of a clock that never jumps, not of the wall.
/// </summary>
/// <remarks>https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this</remarks>
public sealed class SendPace(double perSecond, Duration perChat, int perGroupPerMinute)
{
    // What arrives there is not spaced as it left here: so much closer may two messages come that left a second apart.
    private static readonly Duration Jitter = Duration.FromMilliseconds(15);
    private static readonly Duration Second = Duration.FromSeconds(1);
    private static readonly Duration Minute = Duration.FromMinutes(1);

    // An answer in two messages need not take two seconds; over three of them the pace holds.
    private const int Burst = 3;

    private readonly Lock _gate = new();
    private readonly Duration _slot = (Second + Jitter) / perSecond;
    private readonly int _window = Math.Max(1, (int)perSecond);
    private readonly LinkedList<Departure> _departures = new();
    private readonly Dictionary<string, ChatPace> _chats = new(StringComparer.Ordinal);
    private Instant _accountFrom = Instant.MinValue;
    private Instant _nextSlot = Instant.MinValue;

    /// <summary>The earliest moment at which any message may leave.</summary>
    public Instant NextSlot(Instant now)
    {
        lock (_gate)
        {
            Forget(now);
            var next = Instant.Max(_accountFrom, _nextSlot);

            // The message that left so many messages ago must be a whole second in the past.
            return _departures.Count >= _window ? Instant.Max(next, Oldest().At + Second + Jitter) : next;
        }
    }

    /// <summary>Chats that may not be written to yet.</summary>
    public IReadOnlyCollection<string> BusyChats(Instant now)
    {
        lock (_gate)
        {
            foreach (var done in _chats.Where(pair => pair.Value.IsIdle(now)).Select(pair => pair.Key).ToList())
                _chats.Remove(done);
            return _chats.Where(pair => pair.Value.FreeFrom > now).Select(pair => pair.Key).ToList();
        }
    }

    /// <summary>When the first of the busy chats is free again; null: none is busy.</summary>
    public Instant? FirstFree(Instant now)
    {
        lock (_gate)
        {
            // A message that is on its way frees its chat by its return, which wakes the loop.
            var times = _chats.Values.Select(chat => chat.FreeFrom).Where(free => free > now && free < Instant.MaxValue).ToList();
            return times.Count == 0 ? null : times.Min();
        }
    }

    /// <summary>A message sets out; its chat is busy until it is back.</summary>
    public Departure Depart(string chat, bool isGroup, bool isEdit, Instant now)
    {
        lock (_gate)
        {
            // Timers are coarse: a slot that came a little late does not push all the others back.
            _nextSlot = (_nextSlot < now - _slot ? now : _nextSlot) + _slot;
            var departure = new Departure(chat, isGroup, isEdit) { At = now };
            _departures.AddLast(departure);
            PaceOf(chat).Depart();
            return departure;
        }
    }

    /// <summary>Its request really left at that moment.</summary>
    public void Left(Departure departure, Instant at)
    {
        lock (_gate)
            departure.At = Instant.Max(departure.At, at);
    }

    /// <summary>It is back.</summary>
    public void Return(Departure departure)
    {
        lock (_gate)
            PaceOf(departure.Chat).Return(departure, perChat, perGroupPerMinute);
    }

    /// <summary>The messenger asks for patience with one chat.</summary>
    public void HoldChat(string chat, Instant until)
    {
        lock (_gate)
            PaceOf(chat).Hold(until);
    }

    /// <summary>The messenger asks for patience with the whole account. What it says is the law.</summary>
    public void HoldAccount(Instant until)
    {
        lock (_gate)
            _accountFrom = Instant.Max(_accountFrom, until);
    }

    private ChatPace PaceOf(string chat)
    {
        if (!_chats.TryGetValue(chat, out var pace))
            _chats[chat] = pace = new ChatPace();
        return pace;
    }

    private Departure Oldest()
    {
        var node = _departures.Last!;
        for (var back = 1; back < _window; back++)
            node = node.Previous!;
        return node.Value;
    }

    private void Forget(Instant now)
    {
        while (_departures.Count > _window && _departures.First!.Value.At < now - Second - Second)
            _departures.RemoveFirst();
    }

    /// <summary>One message on its way.</summary>
    public sealed record Departure(string Chat, bool IsGroup, bool IsEdit)
    {
        public Instant At { get; internal set; }
    }

    private sealed class ChatPace
    {
        private readonly Queue<Instant> _burst = new();
        private readonly Queue<Instant> _lastMinute = new();
        private Instant _freeFrom = Instant.MinValue;
        private int _onTheWay;

        public Instant FreeFrom => _onTheWay > 0 ? Instant.MaxValue : _freeFrom;

        public bool IsIdle(Instant now) => _onTheWay == 0 && _freeFrom <= now && _lastMinute.All(at => at < now - Minute)
            && _burst.All(at => at < now - Minute);

        public void Depart() => _onTheWay++;

        public void Return(Departure departure, Duration perChat, int perMinute)
        {
            _onTheWay--;
            if (departure.IsEdit)
                return;

            _burst.Enqueue(departure.At);
            if (_burst.Count == Burst)
                Hold(_burst.Dequeue() + perChat * Burst + Jitter);
            if (!departure.IsGroup)
                return;

            _lastMinute.Enqueue(departure.At);
            while (_lastMinute.Peek() < departure.At - Minute)
                _lastMinute.Dequeue();
            if (_lastMinute.Count >= perMinute)
                Hold(_lastMinute.Peek() + Minute + Jitter);
        }

        public void Hold(Instant until) => _freeFrom = Instant.Max(_freeFrom, until);
    }
}
