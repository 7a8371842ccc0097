using NodaTime;

namespace AlertBot.Domain.Channels;

/// <summary>
/// To how many people who never wrote to us we may write in one day (UTC), and how many of them are kept for what is critical.
/// Whoever was counted once is no stranger any more.
/// </summary>
public sealed record NewPeopleBudget(int PerDay, int KeptForCritical)
{
    /// <summary>How many are left for all that is not critical, on a day without anything critical.</summary>
    public int ForOthers => Math.Max(0, PerDay - KeptForCritical);

    /// <summary>What is critical is always tried: the messenger decides, not we.</summary>
    /// <param name="used">How many were written to today.</param>
    public bool Allows(int used, bool isCritical) => isCritical || used < ForOthers;

    public static LocalDate DayOf(Instant now) => now.InUtc().Date;

    /// <summary>When there is a new budget.</summary>
    public static Instant NextDay(Instant now) => DayOf(now).PlusDays(1).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
}

/// <summary>What an operator decides about Signal.</summary>
/// <param name="ReserveForCritical">So many new people a day are kept for critical alerts.</param>
public sealed record SignalPolicy(int ReserveForCritical)
{
    public static readonly SignalPolicy Usual = new(5);

    public NewPeopleBudget BudgetOf(int newPeoplePerDay) => new(newPeoplePerDay, Math.Min(ReserveForCritical, newPeoplePerDay));
}
