namespace AlertBot.Channels.Telegram;

/// <summary>
/// The position of polling in Telegram's queue. To pass an unreadable update, it asks for single updates up to that one, asks once more in case the
/// connection was at fault, and then skips it.
/// </summary>
internal sealed class PollPlace
{
    /// <summary>Telegram gives at most so many at once.</summary>
    public const int Most = 100;

    private const int Tries = 3;

    private long _asked;
    private int _failed;

    /// <summary>The first update to ask for. Asking confirms all earlier ones.</summary>
    public long Next { get; private set; }

    public int Limit { get; private set; } = Most;

    /// <summary>Records that an update was stored or set aside.</summary>
    /// <param name="id">Null if the update does not tell its id.</param>
    public void Passed(long? id)
    {
        // Takes the last id, not the highest: after a quiet week Telegram may start again from a lower number.
        if (id is { } passed)
            Next = passed + 1;
    }

    /// <summary>The next step once all updates of an answer are passed.</summary>
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

        // Telegram counts ids up, so an update without a readable id is the next one or soon after it.
        Next = (answer.Damaged ?? Next) + 1;
        (_asked, _failed) = (Next, 0);
        return PollStep.Over;
    }
}

internal enum PollStep
{
    /// <summary>Ask for the next updates as usual.</summary>
    On,

    /// <summary>Part of the answer was unreadable: ask for a single update next.</summary>
    OneByOne,

    /// <summary>A single update, or its id, was unreadable: ask for it once more.</summary>
    Again,

    /// <summary>The update stays unreadable: skip it.</summary>
    Over,
}
