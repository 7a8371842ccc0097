using System.Globalization;
using System.Text;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>Writes an iCalendar file (RFC 5545): lines of at most 75 octets, every text escaped.</summary>
public sealed class IcsWriter
{
    private const int MostOctets = 75;

    private readonly StringBuilder _text = new();

    public IcsWriter(string name)
    {
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//AlertBot//Deadlines//EN");
        Line("CALSCALE:GREGORIAN");
        Line("METHOD:PUBLISH");
        Text("X-WR-CALNAME", name);
        // Two spellings of one wish: look again every hour.
        Line("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        Line("X-PUBLISHED-TTL:PT1H");
    }

    /// <summary>A whole day, in whatever zone the calendar is read.</summary>
    public void Day(string uid, Instant stamp, LocalDate day, string summary, string description) => Event(
        uid, stamp, summary, description,
        string.Create(CultureInfo.InvariantCulture, $"DTSTART;VALUE=DATE:{day:uuuuMMdd}"),
        string.Create(CultureInfo.InvariantCulture, $"DTEND;VALUE=DATE:{day.PlusDays(1):uuuuMMdd}"));

    /// <summary>A moment.</summary>
    public void Moment(string uid, Instant stamp, Instant at, string summary, string description) =>
        Event(uid, stamp, summary, description, "DTSTART:" + Utc(at));

    public string End()
    {
        Line("END:VCALENDAR");
        return _text.ToString();
    }

    private void Event(string uid, Instant stamp, string summary, string description, params string[] times)
    {
        Line("BEGIN:VEVENT");
        Text("UID", uid);
        Line("DTSTAMP:" + Utc(stamp));
        foreach (var time in times)
            Line(time);
        Text("SUMMARY", summary);
        Text("DESCRIPTION", description);
        Line("CLASS:PRIVATE");
        Line("TRANSP:TRANSPARENT");
        Line("END:VEVENT");
    }

    private void Text(string name, string value) => Line($"{name}:{Escaped(value)}");

    private static string Escaped(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var c in value.ReplaceLineEndings("\n"))
        {
            _ = c switch
            {
                '\n' => escaped.Append("\\n"),
                '\\' or ';' or ',' => escaped.Append('\\').Append(c),
                _ when char.IsControl(c) => escaped,
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    // A line goes on in the next one after a blank; a letter is never cut in two.
    private void Line(string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                _text.Append("\r\n ");
                octets = 1;
            }

            _text.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        _text.Append("\r\n");
    }

    private static string Utc(Instant at) => at.ToString("uuuuMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
