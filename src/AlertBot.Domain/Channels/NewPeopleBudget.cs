using NodaTime;

namespace AlertBot.Domain.Channels;

/// <summary>
/// How many people who never wrote to us we may write to in one day (UTC), with a reserve for critical alerts. A person is counted once.
/// </summary>
public sealed record NewPeopleBudget(int PerDay, int KeptForCritical)
{
    /// <summary>The part for all but critical alerts.</summary>
    public int ForOthers => Math.Max(0, PerDay - KeptForCritical);

    /// <summary>Whether we may write to one more new person. A critical alert is always tried, and the messenger decides.</summary>
    /// <param name="used">The number of new people written to today.</param>
    public bool Allows(int used, bool isCritical) => isCritical || used < ForOthers;

    public static LocalDate DayOf(Instant now) => now.InUtc().Date;

    /// <summary>When the next budget begins.</summary>
    public static Instant NextDay(Instant now) => DayOf(now).PlusDays(1).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
}

/// <summary>The operator's settings for Signal.</summary>
/// <param name="ReserveForCritical">How many new people a day are reserved for critical alerts.</param>
public sealed record SignalPolicy(int ReserveForCritical)
{
    public static readonly SignalPolicy Usual = new(5);

    public NewPeopleBudget BudgetOf(int newPeoplePerDay) => new(newPeoplePerDay, Math.Min(ReserveForCritical, newPeoplePerDay));
}
