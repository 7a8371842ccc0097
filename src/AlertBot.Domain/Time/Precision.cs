namespace AlertBot.Domain.Time;

/// <summary>How exactly the time of an event is known.</summary>
public enum Precision
{
    /// <summary>To the minute if a time is given, else to the day.</summary>
    Exact,

    /// <summary>The night from the named day to the next one.</summary>
    Night,

    /// <summary>The day, without a time.</summary>
    Day,

    Month,
    Year,
    Unknown,
}
