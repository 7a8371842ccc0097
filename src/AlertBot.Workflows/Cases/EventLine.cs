using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Time;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// An event in one line: <c>K-7F3Q custody_ordered 2024-03-28 17:30 sets=2024-05-28 a note</c>. What is not understood is asked
/// for; what is, is kept.
/// </summary>
internal static class EventLine
{
    /// <summary>What the line says of the event, after the code of the case.</summary>
    /// <returns>The state with all that was understood; and how far that was.</returns>
    public static (EventState State, LineReading Reading) Read(EventState begun, string text)
    {
        var words = new Queue<string>(text.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
        if (words.Count == 0)
            return (begun, LineReading.Partly);
        if (EventKinds.Find(words.Peek().ToLowerInvariant()) is not { } kind)
            return (begun, LineReading.UnknownKind);

        words.Dequeue();
        var state = begun with { Kind = kind.Code, At = EventAt.Date };
        if (words.Count == 0)
            return (state, LineReading.Partly);
        if (ReadDate(words, state) is not { } date)
            return (state with { Note = Rest(words) }, LineReading.BadDate);

        state = state with { Date = date };
        if (words.Count > 0 && WhenText.ReadPrecision(words.Peek()) is { } precision)
        {
            words.Dequeue();
            state = state with { Precision = precision };
        }

        while (words.Count > 0 && WithField(state, words.Peek()) is { } further)
        {
            words.Dequeue();
            state = further;
        }

        return (state with { Note = Rest(words), At = EventAt.Check }, LineReading.Whole);
    }

    // A time may stand after its day, apart from it.
    private static string? ReadDate(Queue<string> words, EventState state)
    {
        var day = words.Peek();
        if (WhenText.Read(day, state.ZoneOfCase) is null)
            return null;

        words.Dequeue();
        if (words.Count > 0 && WhenText.Read(day + " " + words.Peek(), state.ZoneOfCase) is not null)
            return day + " " + words.Dequeue();
        return day;
    }

    private static EventState? WithField(EventState state, string word)
    {
        var parts = word.Split('=', 2);
        if (parts.Length < 2 || WhenText.Read(parts[1], state.ZoneOfCase) is null)
            return null;

        return parts[0].ToLowerInvariant() switch
        {
            "served" when WhenText.ReadDay(parts[1]) is not null => state with { Served = parts[1] },
            "known" when WhenText.ReadDay(parts[1]) is not null => state with { Known = parts[1] },
            "sets" => state with { Sets = parts[1] },
            _ => null,
        };
    }

    private static string? Rest(Queue<string> words)
    {
        var rest = string.Join(' ', words);
        return rest.Length == 0 ? null : Shortened.Plainly(rest, EventTalk.NoteLimit);
    }
}

internal enum LineReading
{
    /// <summary>All that is needed.</summary>
    Whole,

    /// <summary>As far as it goes; the rest is asked for.</summary>
    Partly,

    UnknownKind,
    BadDate,
}
