using System.Globalization;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Law;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Configuration;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Workflows.Alerting;

/// <summary>Writes an alert's facts as text that the text catalogue can read again, so that words can be chosen anew later.</summary>
internal static class FrozenFact
{
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        RichText text => text.Plain,
        Enum word => Words.Snake(word.ToString()),
        EventKind kind => kind.Code,
        LocalDate day => LocalDatePattern.Iso.Format(day),
        LimitEnd { LastDay: { } day } => LocalDatePattern.Iso.Format(day),
        LimitEnd end => Of(end.Instant.InZone(end.Zone)),
        ZonedDateTime moment => $"{Minute.Format(moment.LocalDateTime)} {moment.Zone.Id}",
        When { Time: { } time, Precision: Precision.Exact } at => $"{Minute.Format(at.Day.At(time))} {at.Zone.Id}",
        When at => LocalDatePattern.Iso.Format(at.Day),
        Duration duration => PeriodPattern.Roundtrip.Format(Period.FromNanoseconds(duration.ToInt64Nanoseconds()).Normalize()),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
