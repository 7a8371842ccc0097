using NodaTime;

namespace AlertBot.Domain.Law;

/// <summary>When a limit ends, read both ways: warn on <see cref="Earliest"/>, say "overdue" only after <see cref="Latest"/>.</summary>
/// <param name="Steps">The arithmetic, step by step, in the order a person would check it.</param>
public sealed record Limit(LimitEnd Earliest, LimitEnd Latest, IReadOnlyList<Step> Steps);

/// <summary>One reading of the end of a limit.</summary>
/// <param name="LastDay">The last lawful day; null for limits counted in hours.</param>
/// <param name="Local">The wall time of <paramref name="Instant"/>; for limits in days, midnight after <paramref name="LastDay"/>.</param>
/// <param name="Instant">The last moment: the step is late from here on.</param>
public sealed record LimitEnd(LocalDate? LastDay, LocalDateTime Local, DateTimeZone Zone, Instant Instant);

/// <summary>One line of the arithmetic: a text key and its arguments, so that it can be read in every language.</summary>
public sealed record Step(string Key, IReadOnlyList<KeyValuePair<string, string>> Arguments);

/// <summary>How far a rule is trusted.</summary>
public enum Tier
{
    /// <summary>The text or an official summary was seen.</summary>
    A,

    /// <summary>Shown with "not verified, ask the lawyer".</summary>
    B,

    /// <summary>Shipped switched off.</summary>
    C,
}
