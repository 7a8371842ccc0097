using NodaTime;

namespace AlertBot.Domain.Law;

/// <summary>How much time a provision gives, in the unit it names.</summary>
public readonly record struct Length(int Value, LengthUnit Unit)
{
    /// <summary>Its approximate length in days, for classing and comparing limits, never for counting them.</summary>
    public double RoughDays => Unit switch
    {
        LengthUnit.Hours or LengthUnit.CutoffHoursBefore => Value / 24.0,
        LengthUnit.Weeks => Value * 7.0,
        LengthUnit.CalendarMonths => Value * 30.4,
        LengthUnit.Years => Value * 365.2,
        LengthUnit.WorkingDays or LengthUnit.WorkingDaysBefore => Value * 1.4,
        LengthUnit.None => 0,
        _ => Value,
    };

    /// <summary>The day on which it ends by the calendar. Months end on the same date, or on the last day of a shorter month.</summary>
    public LocalDate After(LocalDate day) => Unit switch
    {
        LengthUnit.CalendarDays => day.PlusDays(Value),
        LengthUnit.Weeks => day.PlusWeeks(Value),
        LengthUnit.CalendarMonths => day.PlusMonths(Value),
        LengthUnit.Years => day.PlusYears(Value),
        _ => throw new InvalidOperationException($"{Unit} is not counted in days of the calendar"),
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

    /// <summary>Counted back from the date that an event sets, in an office's working hours.</summary>
    WorkingDaysBefore,
}
