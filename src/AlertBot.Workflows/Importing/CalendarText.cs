using System.Text;
using System.Text.RegularExpressions;
using AlertBot.Domain.Cases;
using NodaTime.TimeZones;

namespace AlertBot.Workflows.Importing;

/// <summary>
/// The entries of a calendar file, taken apart before they are read: each with its place in the file, and with what hearings need alone.
/// </summary>
internal sealed partial record CalendarText(IReadOnlyList<CalendarEntry> Entries, bool IsCancelled)
{
    private const string Begin = "BEGIN:VCALENDAR";

    // Alarms, attachments and what programs add of their own is no part of a hearing, and may be broken or large.
    private static readonly HashSet<string> Needed = new(StringComparer.OrdinalIgnoreCase)
    {
        "UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "CATEGORIES",
    };

    /// <returns>Null if it is no calendar.</returns>
    public static CalendarText? Of(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith(Begin, StringComparison.OrdinalIgnoreCase))
            return null;

        var entries = new List<CalendarEntry>();
        StringBuilder? entry = null;
        var (began, depth, isCancelled) = (0, 0, false);
        foreach (var (number, line) in Unfolded(text))
        {
            var name = line[..Math.Max(0, line.IndexOfAny([':', ';']))];
            if (Is(line, "BEGIN:VEVENT"))
                (entry, began, depth) = (new StringBuilder("BEGIN:VEVENT\r\n"), number, 0);
            else if (entry is null)
                isCancelled |= Is(line, "METHOD:CANCEL");
            else if (Is(line, "END:VEVENT"))
            {
                entries.Add(new CalendarEntry(began, entry.Append("END:VEVENT\r\n").ToString()));
                entry = null;
            }
            else if (name.Equals("BEGIN", StringComparison.OrdinalIgnoreCase) || name.Equals("END", StringComparison.OrdinalIgnoreCase))
                depth += name.Length == "END".Length ? -1 : 1;
            else if (depth == 0 && Needed.Contains(name))
                entry.Append(line).Append("\r\n");
        }

        // A file that was cut off loses nothing that stands before the cut, and says so of the entry that was cut.
        if (entry is not null)
            entries.Add(new CalendarEntry(began, ""));
        return new CalendarText(entries, isCancelled);
    }

    /// <summary>The codes of cases that stand in a text.</summary>
    public static IEnumerable<CaseCode> Codes(string? text)
    {
        foreach (Match match in CodeForm().Matches(text ?? ""))
        {
            if (CaseCode.TryParse(match.Value, out var code))
                yield return code;
        }
    }

    /// <summary>Names every time zone as the tz database does: programs call them by names of their own.</summary>
    /// <returns>The entry, and the first zone that nobody knows.</returns>
    public static (string Text, string? Unknown) WithKnownZones(string entry)
    {
        string? unknown = null;
        var text = ZoneForm().Replace(entry, match =>
        {
            var written = match.Groups["zone"].Value;
            var id = ZoneOf(written);
            unknown ??= id is null ? written : null;
            return $";TZID={id ?? written}";
        });
        return (text, unknown);
    }

    private static string? ZoneOf(string written)
    {
        // Some programs put their own name before it: /citadel.org/20190914_1/Asia/Almaty.
        var parts = written.Trim().Split('/');
        for (var from = 0; from < parts.Length; from++)
        {
            if (Configuration.ZoneId.Read(string.Join('/', parts[from..])) is { } zone)
                return zone.Id;
        }

        return TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.TryGetValue(written.Trim(), out var id) ? id : null;
    }

    private static IEnumerable<(int Number, string Line)> Unfolded(string text)
    {
        var (line, began, number) = (new StringBuilder(), 1, 0);
        foreach (var part in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (part.Length > 0 && part[0] is ' ' or '\t')
            {
                line.Append(part, 1, part.Length - 1);
                continue;
            }

            if (line.Length > 0)
                yield return (began, line.ToString());
            line.Clear().Append(part);
            began = number;
        }

        if (line.Length > 0)
            yield return (began, line.ToString());
    }

    private static bool Is(string line, string wanted) => line.AsSpan().Trim().Equals(wanted, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("""(?im)(?<=^(?:DTSTART|RDATE|EXDATE|RECURRENCE-ID)[^:\r\n]*);TZID="?(?<zone>[^":;\r\n]+)"?""")]
    private static partial Regex ZoneForm();

    [GeneratedRegex(@"(?<!\w)[KkКк][-–]\w{4}(?!\w)")]
    private static partial Regex CodeForm();
}

/// <summary>One entry of a calendar as text. Prints as a mask.</summary>
/// <param name="Number">The number of its first line in the file.</param>
internal sealed record CalendarEntry(int Number, string Text)
{
    public override string ToString() => $"(line {Number})";
}
