namespace AlertBot.Channels.Telegram;

/// <summary>
/// Where polling stands in Telegram's queue. It gets past what cannot be read: it asks one by one up to that update, asks again in case the
/// connection was at fault, and then steps over it.
/// </summary>
internal sealed class PollPlace
{
    private const int Most = 100;
    private const int Tries = 3;

    private long _asked;
    private int _failed;

    /// <summary>From which update on to ask: all before it are confirmed by that.</summary>
    public long Next { get; private set; }

    public int Limit { get; private set; } = Most;

    /// <summary>An update was stored or set aside.</summary>
    /// <param name="id">Null: it does not tell.</param>
    public void Passed(long? id)
    {
        // Not the highest so far: after a quiet week Telegram starts from another number, which may be lower.
        if (id is { } passed)
            Next = passed + 1;
    }

    /// <summary>What to do once all updates of an answer are passed.</summary>
    public PollStep After(RawUpdates answer)
    {
        var hasMoved = Next != _asked;
        if (hasMoved)
            _failed = 0;
        _asked = Next;
        if (answer.IsWhole && (hasMoved || answer.Updates.Count == 0))
        {
            Limit = Most;
            return PollStep.On;
        }

        if (!answer.IsWhole && Limit > 1)
        {
            Limit = 1;
            return PollStep.OneByOne;
        }

        if (!answer.IsWhole && hasMoved)
            return PollStep.OneByOne;
        if (++_failed < Tries || (answer.Damaged ?? Next) == 0)
            return PollStep.Again;

        // Telegram counts ids up, so an update that does not tell its own is the next one or comes soon after.
        Next = (answer.Damaged ?? Next) + 1;
        (_asked, _failed) = (Next, 0);
        return PollStep.Over;
    }
}

internal enum PollStep
{
    /// <summary>All is well.</summary>
    On,

    /// <summary>Some of the answer could not be read: the next one holds a single update.</summary>
    OneByOne,

    /// <summary>A single update cannot be read, or does not tell its id; it may be another time.</summary>
    Again,

    /// <summary>It never can, and is passed over.</summary>
    Over,
}
