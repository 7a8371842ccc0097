namespace AlertBot.Domain.Law;

/// <summary>How much time a provision gives, in the unit it names.</summary>
public readonly record struct Length(int Value, LengthUnit Unit)
{
    /// <summary>About how many days it is; for classing and comparing limits, never for counting them.</summary>
    public double RoughDays => Unit switch
    {
        LengthUnit.Hours or LengthUnit.CutoffHoursBefore => Value / 24.0,
        LengthUnit.Weeks => Value * 7.0,
        LengthUnit.CalendarMonths => Value * 30.4,
        LengthUnit.Years => Value * 365.2,
        LengthUnit.WorkingDays => Value * 1.4,
        LengthUnit.None => 0,
        _ => Value,
    };

    public bool IsInHours => Unit is LengthUnit.Hours or LengthUnit.CutoffHoursBefore;

    /// <summary>Counted back from the end of another rule's limit.</summary>
    public bool IsCutoff => Unit is LengthUnit.CutoffHoursBefore or LengthUnit.CutoffDaysBefore;
}

public enum LengthUnit
{
    /// <summary>The provision names no number.</summary>
    None,

    Hours,
    CalendarDays,
    WorkingDays,
    Weeks,
    CalendarMonths,
    Years,
    CutoffHoursBefore,
    CutoffDaysBefore,
}
