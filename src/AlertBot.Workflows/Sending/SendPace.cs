using NodaTime;

namespace AlertBot.Workflows.Sending;

/// <summary>
/// Says when the next message of one account may leave. Messages leave evenly spaced, no more in any one second than the messenger takes,
/// and each chat has a pace of its own with short bursts. It counts from when a request really left, not from when we meant it to. Several
/// threads may use it. Its instants are those of a clock that never jumps.
/// </summary>
/// <remarks>https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this</remarks>
/// <param name="jitter">How much longer a pause may be, as a part of it; messages that leave too evenly look like a machine's.</param>
/// <param name="dice">0 to 1; null: no pause is longer than it must be.</param>
public sealed class SendPace(double perSecond, Duration perChat, int perGroupPerMinute, double jitter = 0, Func<double>? dice = null)
{
    private static readonly Duration Second = Duration.FromSeconds(1);

    // Two messages that left a second apart may arrive this much closer together.
    private static readonly Duration Jitter = Duration.FromMilliseconds(5);

    // Slots are a little wider than the limit asks for: a message that left late must not push back the one a second after it.
    private static readonly Duration Slack = Duration.FromMilliseconds(12);

    // A refusal means that we were too fast, whatever the documentation says. Telegram lets those who insist wait longer.
    private const double SlowDown = 1.1;
    private const double Slowest = 2;
    private static readonly Duration SlowFor = Duration.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly int _most = Math.Max(1, (int)perSecond);
    private readonly List<Instant> _left = [];      // in the last second, in order
    private readonly Dictionary<string, ChatPace> _chats = new(StringComparer.Ordinal);
    private readonly List<Instant> _strangersLeft = [];    // of those, answers to strangers
    private int _leaving;                           // about to leave: it may be at any moment
    private int _strangersLeaving;
    private Instant _accountFrom = Instant.MinValue;
    private Instant _answerFrom = Instant.MinValue; // held until somebody answers what the messenger wants to know, or until then
    private Instant _askedAt;
    private Instant _nextSlot = Instant.MinValue;
    private double _slower = 1;
    private Instant _slowUntil = Instant.MinValue;

    /// <summary>The earliest moment at which the next message may leave, counting those that are about to leave.</summary>
    public Instant NextSlot(Instant now)
    {
        lock (_gate)
        {
            Relax(now);
            var next = Instant.Max(Instant.Max(_accountFrom, _answerFrom), _nextSlot);
            var tooMany = _leaving + LeftWithin(Window, now) + 1 - _most;
            if (tooMany <= 0)
                return next;
            return Instant.Max(next, tooMany <= _left.Count ? _left[tooMany - 1] + Window : now + Slot);
        }
    }

    /// <summary>How many messages may leave at once, where several slots fit into a moment.</summary>
    public int Room(Instant now)
    {
        lock (_gate)
            return now < _accountFrom || now < _answerFrom || now < _nextSlot ? 0 : Math.Max(0, _most - _leaving - LeftWithin(Window, now));
    }

    /// <summary>When an answer to a stranger may leave: however many they are, half of the pace is kept for everybody else.</summary>
    public Instant StrangersFrom(Instant now)
    {
        lock (_gate)
        {
            _strangersLeft.RemoveAll(at => at <= now - Window);
            var tooMany = _strangersLeaving + _strangersLeft.Count + 1 - Math.Max(1, _most / 2);
            return tooMany <= 0 ? now : tooMany <= _strangersLeft.Count ? _strangersLeft[tooMany - 1] + Window : now + Slot;
        }
    }

    /// <summary>Chats that may not be written to yet.</summary>
    public IReadOnlyCollection<string> BusyChats(Instant now)
    {
        lock (_gate)
        {
            foreach (var done in _chats.Where(pair => pair.Value.IsForgettable(now)).Select(pair => pair.Key).ToList())
                _chats.Remove(done);
            return _chats.Where(pair => pair.Value.FreeFrom > now).Select(pair => pair.Key).ToList();
        }
    }

    internal int RememberedChats => _chats.Count;

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
    /// <param name="isStranger">It answers a stranger.</param>
    public Departure Depart(string chat, bool isGroup, bool isEdit, Instant now, bool isStranger = false)
    {
        lock (_gate)
        {
            Relax(now);
            // Timers are coarse: a slot that came a little late does not push all the others back.
            var pause = Slot * (1 + jitter * (dice?.Invoke() ?? 0));
            _nextSlot = (_nextSlot < now - Slot ? now : _nextSlot) + pause;
            _leaving++;
            _strangersLeaving += isStranger ? 1 : 0;
            PaceOf(chat).Depart();
            return new Departure(chat, isGroup, isEdit) { Pause = pause, IsStranger = isStranger };
        }
    }

    /// <summary>Its request really left at that moment.</summary>
    public void Left(Departure departure, Instant at)
    {
        lock (_gate)
        {
            if (departure.LeftAt is null)
            {
                _leaving--;
                _strangersLeaving -= departure.IsStranger ? 1 : 0;
            }

            if (departure.IsStranger)
                _strangersLeft.Add(at);
            departure.LeftAt = at;
            var place = _left.BinarySearch(at);
            _left.Insert(place < 0 ? ~place : place, at);
        }
    }

    /// <summary>The call is over. If the message was not seen leaving, it may have left as late as now.</summary>
    public void Return(Departure departure, Instant now)
    {
        lock (_gate)
        {
            if (departure.LeftAt is null)
                Left(departure, now);
            PaceOf(departure.Chat).Return(departure, departure.LeftAt ?? now, perChat, perGroupPerMinute);
        }
    }

    /// <summary>The message did not set out after all.</summary>
    public void Cancel(Departure departure)
    {
        lock (_gate)
        {
            _leaving--;
            _strangersLeaving -= departure.IsStranger ? 1 : 0;
            _nextSlot -= departure.Pause;
            PaceOf(departure.Chat).Cancel();
        }
    }

    /// <summary>The messenger asks for patience with one chat.</summary>
    public void HoldChat(string chat, Instant until)
    {
        lock (_gate)
            PaceOf(chat).Hold(until);
    }

    /// <summary>Nothing leaves before that.</summary>
    public void HoldAccount(Instant until)
    {
        lock (_gate)
            _accountFrom = Instant.Max(_accountFrom, until);
    }

    /// <summary>Nothing leaves before that, or before a person has answered what the messenger wants to know.</summary>
    public void HoldForAnswer(Instant until, Instant now)
    {
        lock (_gate)
        {
            if (_answerFrom <= now)
                _askedAt = now;
            _answerFrom = Instant.Max(_answerFrom, until);
        }
    }

    /// <summary>Since when the account waits for an answer; null: it waits for none.</summary>
    public Instant? WaitsForAnswerSince(Instant now)
    {
        lock (_gate)
            return _answerFrom > now ? _askedAt : null;
    }

    /// <summary>The messenger has its answer.</summary>
    public void Answered()
    {
        lock (_gate)
            _answerFrom = Instant.MinValue;
    }

    /// <summary>The messenger asks for patience with the whole account. What it says is the law; for some time we go slower too.</summary>
    public void TooFast(Instant until)
    {
        lock (_gate)
        {
            // Messages that were on their way together are refused together, which counts as one refusal.
            if (until > _accountFrom + Second)
                _slower = Math.Min(Slowest, _slower * SlowDown);
            _slowUntil = until + SlowFor;
            _accountFrom = Instant.Max(_accountFrom, until);
        }
    }

    private Duration Slot => (Second + Slack) * _slower / perSecond;

    private Duration Window => (Second + Jitter) * _slower;

    private void Relax(Instant now)
    {
        if (now > _slowUntil)
            _slower = 1;
    }

    private int LeftWithin(Duration window, Instant now)
    {
        var old = _left.FindIndex(at => at > now - window);
        _left.RemoveRange(0, old < 0 ? _left.Count : old);
        return _left.Count;
    }

    private ChatPace PaceOf(string chat)
    {
        if (!_chats.TryGetValue(chat, out var pace))
            _chats[chat] = pace = new ChatPace();
        return pace;
    }

    /// <summary>One message on its way.</summary>
    public sealed class Departure(string chat, bool isGroup, bool isEdit)
    {
        public string Chat => chat;

        public bool IsGroup => isGroup;

        public bool IsEdit => isEdit;

        /// <summary>Whether its request was seen to leave.</summary>
        public bool HasLeft => LeftAt is not null;

        internal Instant? LeftAt { get; set; }

        internal bool IsStranger { get; init; }

        /// <summary>How long nothing else leaves after it.</summary>
        internal Duration Pause { get; init; }
    }
}
