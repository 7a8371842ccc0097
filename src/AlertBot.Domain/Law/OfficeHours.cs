using NodaTime;

namespace AlertBot.Domain.Law;

/// <summary>Counts back in an office's working hours: a message that arrives after closing is read at the next opening.</summary>
internal sealed class OfficeHours(WorkCalendar calendar, DateTimeZone zone)
{
    /// <summary>
    /// The last moment at which a message may arrive, that many working days before. If that is the hour of opening, it is the last closing.
    /// </summary>
    public LimitEnd SentBefore(Instant moment, int workingDays)
    {
        var received = Back(moment, workingDays);
        return At(received.TimeOfDay > calendar.Hours.Opens ? received : Before(received.Date).At(calendar.Hours.Closes));
    }

    public LimitEnd ReceivedBefore(Instant moment, int workingDays) => At(Back(moment, workingDays));

    private LocalDateTime Back(Instant moment, int workingDays)
    {
        var end = LastOpen(moment.InZone(zone).LocalDateTime);
        var day = end.Date;
        for (var left = workingDays; left > 0; left--)
            day = Before(day);
        return day.At(end.TimeOfDay);
    }

    private LocalDateTime LastOpen(LocalDateTime at)
    {
        if (!calendar.MayBeWorked(at.Date) || at.TimeOfDay < calendar.Hours.Opens)
            return Before(at.Date).At(calendar.Hours.Closes);
        return at.TimeOfDay > calendar.Hours.Closes ? at.Date.At(calendar.Hours.Closes) : at;
    }

    private LocalDate Before(LocalDate day) => calendar.WorkedOnOrBefore(day.PlusDays(-1));

    private LimitEnd At(LocalDateTime local) => LimitEnd.At(zone.AtLeniently(local).ToInstant(), zone);
}
