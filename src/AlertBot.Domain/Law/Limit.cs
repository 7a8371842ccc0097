using NodaTime;
using NodaTime.Text;

namespace AlertBot.Domain.Law;

/// <summary>The end of a limit in two readings: warn on <see cref="Earliest"/>, say "overdue" only after <see cref="Latest"/>.</summary>
/// <param name="Steps">The arithmetic, step by step, in the order a person would check it.</param>
public sealed record Limit(LimitEnd Earliest, LimitEnd Latest, IReadOnlyList<Step> Steps)
{
    /// <summary>The first possible moment from which it runs; null if only its end is known.</summary>
    public Instant? StartsAt { get; init; }

    /// <summary>True if the decision is older than the news of it, and nobody knows by how much: the earliest end may already have passed.</summary>
    public bool IsEarliestUnknown { get; init; }

    /// <summary>Whether both ends are the same, whatever the arithmetic says.</summary>
    public bool EndsAsDoes(Limit other) => Earliest == other.Earliest && Latest == other.Latest;
}

/// <summary>One reading of the end of a limit.</summary>
/// <param name="LastDay">The last lawful day; null for limits counted in hours.</param>
/// <param name="Local">The wall time of <paramref name="Instant"/>; for limits in days, midnight after <paramref name="LastDay"/>.</param>
/// <param name="Instant">The moment from which the step is late.</param>
public sealed record LimitEnd(LocalDate? LastDay, LocalDateTime Local, DateTimeZone Zone, Instant Instant)
{
    public static LimitEnd OnDay(LocalDate lastDay, DateTimeZone zone)
    {
        // Midnight may not exist on a day when the clocks change; the zone knows when the next day starts.
        var end = zone.AtStartOfDay(lastDay.PlusDays(1));
        return new LimitEnd(lastDay, end.LocalDateTime, zone, end.ToInstant());
    }

    public static LimitEnd At(Instant instant, DateTimeZone zone) => new(null, instant.InZone(zone).LocalDateTime, zone, instant);

    /// <summary>The day on which it ends, as a person there would name it.</summary>
    public LocalDate Day => LastDay ?? Local.Date;

    /// <summary><c>2025-03-25</c> for limits in days, <c>2024-03-02T09:00</c> for limits in hours.</summary>
    public string LocalText => LastDay is { } day
        ? LocalDatePattern.Iso.Format(day)
        : Local.ToString("uuuu-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>One line of the arithmetic: a text key and its arguments, so that it can be read in every language.</summary>
public sealed record Step(string Key, IReadOnlyList<KeyValuePair<string, string>> Arguments)
{
    public static Step Of(string key, params (string Name, string Value)[] arguments) =>
        new(key, arguments.Select(argument => KeyValuePair.Create(argument.Name, argument.Value)).ToList());
}

/// <summary>How well a rule is verified.</summary>
public enum Tier
{
    /// <summary>We have seen the text or an official summary.</summary>
    A,

    /// <summary>Shown with "not verified, ask the lawyer".</summary>
    B,

    /// <summary>Switched off by default.</summary>
    C,
}
