using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>Writes an iCalendar file (RFC 5545).</summary>
public sealed class IcsWriter
{
    private const int MostOctets = 75;
    private const string Fold = "\r\n ";

    private readonly Calendar _calendar = new() { ProductId = "-//AlertBot//Deadlines//EN", Scale = "GREGORIAN", Method = "PUBLISH" };

    public IcsWriter(string name)
    {
        _calendar.AddProperty("X-WR-CALNAME", Text(name));
        // Two spellings of one wish: look again every hour.
        var interval = new CalendarProperty("REFRESH-INTERVAL", "PT1H");
        interval.AddParameter("VALUE", "DURATION");
        _calendar.AddProperty(interval);
        _calendar.AddProperty("X-PUBLISHED-TTL", "PT1H");
    }

    /// <summary>A whole day, in whatever zone the calendar is read.</summary>
    public void Day(string uid, Instant stamp, LocalDate day, string summary, string description) => Event(
        uid, stamp, summary, description, Of(day), Of(day.PlusDays(1)));

    /// <summary>A moment.</summary>
    public void Moment(string uid, Instant stamp, Instant at, string summary, string description) =>
        Event(uid, stamp, summary, description, Utc(at), null);

    public string End() => Folded(new CalendarSerializer().SerializeToString(_calendar) ?? "");

    private void Event(string uid, Instant stamp, string summary, string description, CalDateTime start, CalDateTime? end) =>
        _calendar.Events.Add(new CalendarEvent
        {
            Uid = uid,
            DtStamp = Utc(stamp),
            DtStart = start,
            DtEnd = end,
            Summary = Text(summary),
            Description = Text(description),
            Class = "PRIVATE",
            Transparency = TransparencyType.Transparent,
        });

    // Signs that no calendar may hold. The library escapes the rest.
    private static string Text(string value) => string.Concat(
        value.ReplaceLineEndings("\n").Where(letter => letter == '\n' || !char.IsControl(letter)));

    // The library folds between any two UTF-16 units, and cuts a letter beyond the first 65,536 in two: it is unfolded and folded anew.
    private static string Folded(string calendar)
    {
        var text = new StringBuilder(calendar.Length);
        foreach (var line in calendar.Replace(Fold, "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var octets = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (octets + rune.Utf8SequenceLength > MostOctets)
                {
                    text.Append(Fold);
                    octets = 1;
                }

                text.Append(rune.ToString());
                octets += rune.Utf8SequenceLength;
            }

            text.Append("\r\n");
        }

        return text.ToString();
    }

    private static CalDateTime Of(LocalDate day) => new(day.Year, day.Month, day.Day);

    private static CalDateTime Utc(Instant at)
    {
        var utc = at.InUtc().LocalDateTime;
        return new CalDateTime(utc.Year, utc.Month, utc.Day, utc.Hour, utc.Minute, utc.Second, CalDateTime.UtcTzId);
    }
}
