using System.Text.RegularExpressions;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// An event in one line: <c>K-7F3Q custody_ordered 2024-03-28 17:30 sets=2024-05-28 a note</c>. What is not understood is asked
/// for; what is, is kept. What is left over and looks like a time is never filed as a note unasked.
/// </summary>
internal static partial class EventLine
{
    // "25.11.2026 at 9 o'clock" is the longest that is one time.
    private const int MostWordsOfATime = 5;

    private static readonly char[] Spaces = [' ', '\n', '\t', '\u00a0'];

    /// <summary>What the line says of the event, after the code of the case.</summary>
    /// <returns>The state with all that was understood; and how far that was.</returns>
    public static (EventState State, LineReading Reading) Read(EventState begun, string text)
    {
        var words = text.Split(Spaces, StringSplitOptions.RemoveEmptyEntries).ToList();
        if (words.Count == 0)
            return (begun, LineReading.Partly);
        if (EventKinds.Find(words[0].ToLowerInvariant()) is not { } kind)
            return (begun, LineReading.UnknownKind);

        words.RemoveAt(0);
        var state = begun with { Kind = kind.Code, At = EventAt.Date };
        if (words.Count == 0)
            return (state, LineReading.Partly);

        var zone = state.ZoneOfCase;
        if (TakeTime(words, 0, zone) is not { } date)
            return (state with { Note = NoteOf(words) }, LineReading.BadDate);

        state = state with { Date = date };
        if (words.Count > 0 && WhenText.ReadPrecision(words[0]) is { } precision)
        {
            words.RemoveAt(0);
            state = state with { Precision = precision };
        }

        state = WithFields(state, words) with { Note = NoteOf(words), At = EventAt.Check };
        return LeftOver(state.Note, zone) is { } left
            ? (state with { Leftover = left, At = EventAt.Leftover }, LineReading.Leftover)
            : (state, LineReading.Whole);
    }

    /// <summary>The first part of a note that looks like a time, a date, or a field that could not be read; null: there is none.</summary>
    public static string? LeftOver(string? note, DateTimeZone zone)
    {
        if (note is null)
            return null;
        if (LooksLikeTime().Match(note) is { Success: true } match)
            return match.Value.Trim();

        // "15 декабря": words that mean a day, whether it has passed or not.
        var found = WhenWords.FindIn(note, Instant.FromUtc(2200, 1, 1, 0, 0), zone);
        return found is not null && found.Words.Any(char.IsAsciiDigit) ? found.Words : null;
    }

    // As many words as are one time together: the hour may stand apart from its day, behind or before it.
    private static string? TakeTime(List<string> words, int from, DateTimeZone zone, string? begun = null)
    {
        for (var length = Math.Min(MostWordsOfATime, words.Count - from); length >= (begun is null ? 1 : 0); length--)
        {
            var told = string.Join(' ', words.Skip(from).Take(length).Prepend(begun).Where(word => !string.IsNullOrEmpty(word)));
            if (WhenText.Read(told, zone) is null)
                continue;

            words.RemoveRange(from, length);
            return told;
        }

        return null;
    }

    private static EventState WithFields(EventState state, List<string> words)
    {
        for (var at = 0; at < words.Count;)
        {
            if (WithField(state, words, at) is { } further)
                state = further;
            else
                at++;
        }

        return state;
    }

    private static EventState? WithField(EventState state, List<string> words, int at)
    {
        var parts = words[at].Split('=', 2);
        if (parts.Length < 2)
            return null;

        var (key, value, rest) = (parts[0].ToLowerInvariant(), parts[1], words.ToList());
        EventState? read = null;
        if (key == "body" && value.Length is > 0 and <= EventTalk.BodyLimit)
            read = state with { Body = value.ToUpperInvariant() };
        else if (key is "served" or "known" && WhenText.ReadDay(value) is not null)
            read = key == "served" ? state with { Served = value } : state with { Known = value };

        rest.RemoveAt(at);
        if (read is null && key == "sets" && TakeTime(rest, at, state.ZoneOfCase, value) is { } sets)
            read = state with { Sets = sets };
        if (read is null)
            return null;

        words.Clear();
        words.AddRange(rest);
        return read;
    }

    private static string? NoteOf(List<string> words)
    {
        var rest = string.Join(' ', words);
        return rest.Length == 0 ? null : Shortened.Plainly(rest, EventTalk.NoteLimit);
    }

    [GeneratedRegex(
        @"(?<![0-9])(?:[0-9]{1,2}:[0-9]{2}|[0-9]{4}[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2})?|[0-9]{1,2}[-/.][0-9]{1,2}(?:[-/.][0-9]{2,4})?"
        + @"|[0-9]{1,2}\s?(?:h|hrs|am|pm|ч|час|часа|часов)(?:[0-9]{2})?(?!\p{L}))(?![0-9])|\b(?:served|known|sets|body)\s*=\s*\S*"
        + @"|(?<!\p{L})(?:at|в|saat|саат|сағат|соат|soat)\s[0-9]{1,2}(?:[:.][0-9]{2})?(?![0-9\p{L}])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeTime();
}

internal enum LineReading
{
    /// <summary>All that is needed.</summary>
    Whole,

    /// <summary>As far as it goes; the rest is asked for.</summary>
    Partly,

    /// <summary>All that is needed, and something that looks like a time besides.</summary>
    Leftover,

    UnknownKind,
    BadDate,
}
