using NodaTime;

namespace AlertBot.Domain.Channels;

/// <summary>
/// The number of people who never wrote to us to whom we may write in one day (UTC), with a reserve for critical alerts.
/// A person is counted once.
/// </summary>
public sealed record NewPeopleBudget(int PerDay, int KeptForCritical)
{
    /// <summary>The share of all that is not critical, on a day without critical alerts.</summary>
    public int ForOthers => Math.Max(0, PerDay - KeptForCritical);

    /// <summary>Whether one more new person may be written to. A critical alert is always tried: the messenger decides, not we.</summary>
    /// <param name="used">The number of new people written to today.</param>
    public bool Allows(int used, bool isCritical) => isCritical || used < ForOthers;

    public static LocalDate DayOf(Instant now) => now.InUtc().Date;

    /// <summary>When the next budget begins.</summary>
    public static Instant NextDay(Instant now) => DayOf(now).PlusDays(1).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
}

/// <summary>What an operator decides about Signal.</summary>
/// <param name="ReserveForCritical">So many new people a day are kept for critical alerts.</param>
public sealed record SignalPolicy(int ReserveForCritical)
{
    public static readonly SignalPolicy Usual = new(5);

    public NewPeopleBudget BudgetOf(int newPeoplePerDay) => new(newPeoplePerDay, Math.Min(ReserveForCritical, newPeoplePerDay));
}
