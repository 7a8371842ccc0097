using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Workflows.Sending;

/// <summary>
/// Says when an account's next message may leave. The first few of a second leave at once, all others evenly spaced, never more in a second than the
/// messenger accepts. Each chat has its own pace with short bursts. It counts from when a request really left, not from when it was planned to.
/// Several threads may use it. Its instants are those of a clock that never jumps.
/// </summary>
/// <remarks>https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this</remarks>
/// <param name="jitter">The largest extension of a pause, as a part of it; messages that leave too evenly look like a machine's.</param>
/// <param name="dice">0 to 1; null: pauses are never extended.</param>
public sealed partial class SendPace(double perSecond, Duration perChat, int perGroupPerMinute, double jitter = 0, Func<double>? dice = null)
{
    private static readonly Duration Second = Duration.FromSeconds(1);

    // Two messages sent a second apart may arrive closer together by so much. At 30 a second the pause between two covers most of it.
    private static readonly Duration Uneven = Duration.FromMilliseconds(35);
    private static readonly Duration LeastJitter = Duration.FromMilliseconds(10);

    // Slots are slightly wider than the limit demands, so that a message that left late does not delay those a second, two, three after it.
    private static readonly Duration Slack = Duration.FromMilliseconds(5);

    // So much is caught up at a large pace, where each second is counted with room to spare. At a slow one the pause between two is that room.
    private static readonly Duration Late = Duration.FromMilliseconds(100);
    private static readonly Duration ShortSlot = Duration.FromMilliseconds(10);

    // A refusal means that we were too fast, whatever the documentation says. One may come of a message that was late on its way: little is given up
    // for it. Telegram makes senders that insist wait longer.
    private const double SlowDownOnce = 1.03;
    private const double SlowDown = 1.1;
    private const double Slowest = 2;
    private static readonly Duration SlowFor = Duration.FromMinutes(10);

    // The weight of the last call in the usual time of one.
    private const double Newest = 0.2;

    private readonly Lock _gate = new();
    private readonly int _most = Math.Max(1, (int)perSecond);
    private readonly List<Instant> _left = [];      // messages of the last second, in order
    private readonly Dictionary<string, ChatPace> _chats = new(StringComparer.Ordinal);
    private readonly List<Instant> _strangersLeft = [];    // answers to strangers among them
    private int _leaving;                           // messages that may leave at any moment
    private int _strangersLeaving;
    private Instant _accountFrom = Instant.MinValue;
    private Instant _answerFrom = Instant.MinValue; // held until a person answers the challenge, or until this instant
    private Instant _newPeopleFrom = Instant.MinValue;
    private Instant _newPeopleAnswerFrom = Instant.MinValue;
    private Instant _askedAt;
    private Instant _nextSlot = Instant.MinValue;
    private Duration _call;                         // how long a message keeps its chat busy, of late
    private double _slower = 1;
    private Instant _slowUntil = Instant.MinValue;

    /// <inheritdoc cref="ChannelCapabilities.ChatBurst"/>
    public int ChatBurst { get; init; } = 3;

    /// <inheritdoc cref="ChannelCapabilities.AlertBurst"/>
    public int AlertBurst { get; init; } = 1;

    /// <inheritdoc cref="ChannelCapabilities.NewPeoplePause"/>
    public Duration NewPeoplePause { get; init; }

    /// <summary>The earliest moment for the next message. It counts messages that are about to leave.</summary>
    public Instant NextSlot(Instant now)
    {
        lock (_gate)
        {
            Relax(now);
            var next = Instant.Max(Instant.Max(_accountFrom, _answerFrom), SlotFrom(now));
            var tooMany = _leaving + LeftWithin(Window, now) + 1 - _most;
            if (tooMany <= 0)
                return next;
            return Instant.Max(next, tooMany <= _left.Count ? _left[tooMany - 1] + Window : now + Slot);
        }
    }

    /// <summary>How many messages may leave at once, if several slots fit into a moment.</summary>
    public int Room(Instant now)
    {
        lock (_gate)
            return now < _accountFrom || now < _answerFrom || now < SlotFrom(now) ? 0 : Math.Max(0, _most - _leaving - LeftWithin(Window, now));
    }

    /// <summary>When an answer to a stranger may leave. Half of the pace is always kept for everybody else.</summary>
    public Instant StrangersFrom(Instant now)
    {
        lock (_gate)
        {
            _strangersLeft.RemoveAll(at => at <= now - Window);
            var tooMany = _strangersLeaving + _strangersLeft.Count + 1 - Math.Max(1, _most / 2);
            return tooMany <= 0 ? now : tooMany <= _strangersLeft.Count ? _strangersLeft[tooMany - 1] + Window : now + Slot;
        }
    }

    /// <summary>When a message to somebody who never wrote to us may leave.</summary>
    public Instant NewPeopleFrom(Instant now)
    {
        lock (_gate)
            return Instant.Max(Instant.Max(_newPeopleFrom, _newPeopleAnswerFrom), now);
    }

    /// <summary>Chats that must wait.</summary>
    public IReadOnlyCollection<string> BusyChats(Instant now)
    {
        lock (_gate)
        {
            foreach (var done in _chats.Where(pair => pair.Value.IsForgettable(now)).Select(pair => pair.Key).ToList())
                _chats.Remove(done);
            return _chats.Where(pair => pair.Value.FreeFrom > now).Select(pair => pair.Key).ToList();
        }
    }

    /// <summary>When the next alerts may leave for one chat within that time, from now, if nothing else is sent there.</summary>
    public IReadOnlyList<Duration> AlertSlots(string chat, bool isGroup, Instant now, Duration within)
    {
        lock (_gate)
            return PaceOf(chat).AlertSlots(now, within, isGroup, _call, perChat, perGroupPerMinute);
    }

    internal int RememberedChats => _chats.Count;

    /// <summary>When the first chat is free that was busy at that moment; null if none was.</summary>
    public Instant? FirstFree(Instant at)
    {
        lock (_gate)
        {
            // A message on its way frees its chat when its call returns, which wakes the loop.
            var times = _chats.Values.Select(chat => chat.FreeFrom).Where(free => free > at && free < Instant.MaxValue).ToList();
            return times.Count == 0 ? null : times.Min();
        }
    }

    /// <summary>Marks a message as on its way, which keeps its chat busy until it returns.</summary>
    /// <param name="isStranger">True for an answer to a stranger.</param>
    /// <param name="isNew">True for a message to somebody who never wrote to us.</param>
    public Departure Depart(
        string chat, bool isGroup, bool isEdit, Instant now, bool isStranger = false, bool isNew = false, bool isAlert = false)
    {
        lock (_gate)
        {
            Relax(now);
            var pause = TakeSlot(now);
            if (isNew)
                _newPeopleFrom = now + NewPeoplePause * (1 + jitter * (dice?.Invoke() ?? 0));
            _leaving++;
            _strangersLeaving += isStranger ? 1 : 0;
            PaceOf(chat).Depart();
            return new Departure(chat, isGroup, isEdit) { Pause = pause, IsStranger = isStranger, IsAlert = isAlert };
        }
    }

    /// <summary>Records the moment when the request really left.</summary>
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

    /// <summary>Ends the call. A message that was not seen leaving may have left as late as now.</summary>
    public void Return(Departure departure, Instant now)
    {
        lock (_gate)
        {
            if (departure.LeftAt is { } left)
                _call += (now - left - _call) * Newest;
            else
                Left(departure, now);
            PaceOf(departure.Chat).Return(departure, departure.LeftAt ?? now, perChat, perGroupPerMinute);
        }
    }

    /// <summary>The message was not sent after all.</summary>
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

    /// <summary>The messenger demands a wait for one chat.</summary>
    public void HoldChat(string chat, Instant until)
    {
        lock (_gate)
            PaceOf(chat).Hold(until);
    }

    /// <summary>Holds the whole account until that moment.</summary>
    public void HoldAccount(Instant until)
    {
        lock (_gate)
            _accountFrom = Instant.Max(_accountFrom, until);
    }

    /// <summary>Holds the whole account until that moment or until a person answers the challenge.</summary>
    /// <param name="onlyNewPeople">True: people who have written to us are written to meanwhile.</param>
    public void HoldForAnswer(Instant until, Instant now, bool onlyNewPeople = false)
    {
        lock (_gate)
        {
            if (_answerFrom <= now && _newPeopleAnswerFrom <= now)
                _askedAt = now;
            if (onlyNewPeople)
                _newPeopleAnswerFrom = Instant.Max(_newPeopleAnswerFrom, until);
            else
                _answerFrom = Instant.Max(_answerFrom, until);
        }
    }

    /// <summary>Since when the account waits for an answer; null if it does not.</summary>
    public Instant? WaitsForAnswerSince(Instant now)
    {
        lock (_gate)
            return _answerFrom > now || _newPeopleAnswerFrom > now ? _askedAt : null;
    }

    /// <summary>The messenger accepted the answer.</summary>
    public void Answered()
    {
        lock (_gate)
            (_answerFrom, _newPeopleAnswerFrom) = (Instant.MinValue, Instant.MinValue);
    }

    /// <summary>The messenger demands a wait for the whole account. We obey, and then send slower for some time.</summary>
    public void TooFast(Instant until)
    {
        lock (_gate)
        {
            // Messages on their way at the same time are refused together, which counts as one refusal.
            if (until > _accountFrom + Second)
                _slower = Math.Min(Slowest, _slower * (_slower > 1 ? SlowDown : SlowDownOnce));
            _slowUntil = until + SlowFor;
            _accountFrom = Instant.Max(_accountFrom, until);
        }
    }

    private Duration Jitter => Duration.Max(LeastJitter, Uneven - Second / perSecond);

    private Duration Slot => (Second + Jitter + Slack) * _slower / perSecond;

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
            _chats[chat] = pace = new ChatPace(ChatBurst, Math.Min(AlertBurst, ChatBurst));
        return pace;
    }
}
