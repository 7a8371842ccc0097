namespace AlertBot.Domain.Time;

/// <summary>How exactly the time of an event is known.</summary>
public enum Precision
{
    /// <summary>The minute, where a time is given; else the day.</summary>
    Exact,

    /// <summary>The night from the day named to the next one.</summary>
    Night,

    /// <summary>The day, without a time.</summary>
    Day,

    Month,
    Year,
    Unknown,
}
