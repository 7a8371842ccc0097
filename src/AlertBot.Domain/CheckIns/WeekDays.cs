using NodaTime;

namespace AlertBot.Domain.CheckIns;

/// <summary>A set of days of the week.</summary>
[Flags]
public enum WeekDays
{
    None = 0,
    Monday = 1,
    Tuesday = 2,
    Wednesday = 4,
    Thursday = 8,
    Friday = 16,
    Saturday = 32,
    Sunday = 64,
    All = 127,
}

/// <summary>Days of the week one by one, and as text.</summary>
public static class WeekDaysText
{
    private static readonly string[] Names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    public static WeekDays Only(IsoDayOfWeek day) => (WeekDays)(1 << ((int)day - 1));

    public static bool Has(this WeekDays days, IsoDayOfWeek day) => (days & Only(day)) != WeekDays.None;

    /// <summary>In the order of the week.</summary>
    public static IReadOnlyList<IsoDayOfWeek> Each(this WeekDays days) =>
        Enumerable.Range(1, 7).Select(day => (IsoDayOfWeek)day).Where(day => days.Has(day)).ToList();

    /// <summary>The form that <see cref="Read"/> reads: <c>mon,thu</c>.</summary>
    public static string Text(this WeekDays days) => string.Join(',', days.Each().Select(day => Names[(int)day - 1]));

    /// <returns>Null if it names no day, or a word that is no day.</returns>
    public static WeekDays? Read(string text)
    {
        var days = WeekDays.None;
        foreach (var name in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Array.IndexOf(Names, name.ToLowerInvariant()) is not (>= 0 and var at))
                return null;
            days |= Only((IsoDayOfWeek)(at + 1));
        }

        return days == WeekDays.None ? null : days;
    }
}
