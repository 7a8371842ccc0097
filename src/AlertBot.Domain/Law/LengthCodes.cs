namespace AlertBot.Domain.Law;

/// <summary>Units of length as rule files write them: <c>40 calendar_days</c>.</summary>
public static class LengthCodes
{
    private static readonly Dictionary<string, LengthUnit> ByCode = new(StringComparer.Ordinal)
    {
        ["none"] = LengthUnit.None,
        ["hours"] = LengthUnit.Hours,
        ["calendar_days"] = LengthUnit.CalendarDays,
        ["working_days"] = LengthUnit.WorkingDays,
        ["weeks"] = LengthUnit.Weeks,
        ["calendar_months"] = LengthUnit.CalendarMonths,
        ["years"] = LengthUnit.Years,
        ["cutoff_hours_before"] = LengthUnit.CutoffHoursBefore,
        ["cutoff_days_before"] = LengthUnit.CutoffDaysBefore,
        ["working_days_before"] = LengthUnit.WorkingDaysBefore,
    };

    public static IReadOnlyCollection<string> All => ByCode.Keys;

    public static LengthUnit? Find(string code) => ByCode.TryGetValue(code, out var unit) ? unit : null;

    public static string CodeOf(LengthUnit unit) => ByCode.First(pair => pair.Value == unit).Key;
}
