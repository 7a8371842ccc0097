using AlertBot.Workflows.Sending;
using NodaTime;

namespace AlertBot.Tests.Sending;

/// <summary>
/// A sender on a bad day, in simulated time: timers come late, requests leave slowly and overtake each other, and the report that one left comes late
/// or never. Only the real departures count.
/// </summary>
internal sealed class SimulatedSender(SendPace pace, Random random, int batch, bool calm = false)
{
    private readonly PriorityQueue<Action, Instant> _agenda = new();
    private readonly List<(string Chat, bool IsGroup)> _waiting = [];
    private readonly HashSet<string> _onTheWay = [];
    private bool _isAwake;

    public Instant Now { get; private set; } = Instant.FromUtc(2026, 1, 1, 0, 0);

    /// <summary>When each message really left, in order.</summary>
    public List<(Instant At, string Chat)> Left { get; } = [];

    /// <summary>How long the database takes to hand out what is due.</summary>
    public Duration Takes { get; init; }

    /// <summary>Null as long as messages to each chat left one at a time.</summary>
    public string? Overlapped { get; private set; }

    public void Add(string chat, bool isGroup = false) => _waiting.Add((chat, isGroup));

    public void Run()
    {
        Wake(Now);
        while (_agenda.TryDequeue(out var act, out var at))
        {
            Now = Instant.Max(Now, at);
            act();
        }

        Left.Sort((one, other) => one.At.CompareTo(other.At));
    }

    public static SimulatedSender Of(int seed, SendPace pace, int batch, bool calm = false, Duration takes = default)
    {
        // CA5394: this is a test's dice, not a secret.
#pragma warning disable CA5394
        return new SimulatedSender(pace, new Random(seed), batch, calm) { Takes = takes };
#pragma warning restore CA5394
    }

    /// <summary>How long the next message waits after one that leaves at that moment.</summary>
    public static Duration GapAfterOne(SendPace pace, Instant now)
    {
        var departure = pace.Depart("one", false, false, now);
        pace.Left(departure, now);
        pace.Return(departure, now);
        return pace.NextSlot(now) - now;
    }

    /// <summary>The most that left in any window of that length.</summary>
    public static int MostWithin(IEnumerable<(Instant At, string Chat)> left, Duration window)
    {
        var times = left.Select(one => one.At).Order().ToList();
        return times.Select((at, index) => times.Skip(index).TakeWhile(other => other - at < window).Count()).Max();
    }

    private void Wake(Instant at)
    {
        if (_isAwake)
            return;
        _isAwake = true;
        _agenda.Enqueue(
            () =>
            {
                _isAwake = false;
                Send();
            },
            at);
    }

    private void Send()
    {
        if (_waiting.Count == 0)
            return;

        if (pace.NextSlot(Now) is var slot && slot > Now)
        {
            Wake(slot + Late());
            return;
        }

        Now += Takes;
        var busy = pace.BusyChats(Now).ToHashSet();
        var sent = 0;
        for (var room = Math.Min(Math.Max(batch, pace.AtOnce(Now)), pace.Room(Now)); room > 0
            && _waiting.FindIndex(one => !busy.Contains(one.Chat)) is >= 0 and var next; room--, sent++)
        {
            var (chat, isGroup) = _waiting[next];
            _waiting.RemoveAt(next);
            busy.Add(chat);
            Depart(chat, isGroup);
        }

        if (sent > 0)
            Wake(Now + Milliseconds(1, 5));
        else if (pace.FirstFree(Now) is { } free)
            Wake(free + Late());
    }

    private void Depart(string chat, bool isGroup)
    {
        if (!_onTheWay.Add(chat))
            Overlapped = chat;
        var departure = pace.Depart(chat, isGroup, isEdit: false, Now);
        // Now and then a connection must be opened first.
        var leaves = Now + (calm || random.Next(20) > 0 ? Milliseconds(0, 3) : Milliseconds(100, 900));
        _agenda.Enqueue(() => Left.Add((leaves, chat)), leaves);
        if (calm || random.Next(10) > 0)
            _agenda.Enqueue(() => pace.Left(departure, leaves), leaves + Milliseconds(0, 3));
        var returns = leaves + Milliseconds(40, 80);
        _agenda.Enqueue(
            () =>
            {
                _onTheWay.Remove(chat);
                pace.Return(departure, returns);
                Wake(returns);
            },
            returns);
    }

    private Duration Late() => calm ? Milliseconds(0, 2) : random.Next(50) == 0 ? Milliseconds(50, 700) : Milliseconds(0, 20);

    private Duration Milliseconds(double least, double most) => Duration.FromMilliseconds(least + random.NextDouble() * (most - least));
}
