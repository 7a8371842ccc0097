using NodaTime;

namespace AlertBot.Domain.Time;

/// <summary>
/// A time as people tell it: the wall clock of a place and how exactly it is known.
/// Clocks run from its first and from its last possible moment.
/// </summary>
/// <param name="Day">The day named; with month or year precision, any day of that month or year.</param>
/// <param name="Time">The wall time named, if any.</param>
/// <param name="Zone">The tz database zone of the place, e.g. <c>Asia/Almaty</c>.</param>
/// <param name="Precision">How exactly the time is known.</param>
/// <param name="Until">The last day it may have been, where people name two ("the night of 13-14").</param>
public sealed record When(LocalDate Day, LocalTime? Time, DateTimeZone Zone, Precision Precision, LocalDate? Until = null);
