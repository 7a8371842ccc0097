using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Domain.Monitoring;

/// <summary>What another program's monitoring says of one thing that it watches. Prints as a mask.</summary>
/// <param name="Fingerprint">Equal for the same thing.</param>
/// <param name="BeganAt">As the monitoring says. A later one is a new event of the same thing, whose end in between was not told.</param>
/// <param name="IsOver">True: it is well again.</param>
public sealed record MonitoredAlert(string Fingerprint, string Name, string? Text, Severity Severity, Instant BeganAt, bool IsOver)
{
    public override string ToString() => "(monitored alert)";
}

/// <summary>What people were told of an alert before.</summary>
public sealed record ToldBefore(PageId Page, Severity Severity, Instant BeganAt, bool IsOver)
{
    /// <summary>Whether it must be told: it is new, began anew, or is worse than what was told.</summary>
    public static bool IsNews(MonitoredAlert alert, ToldBefore? before) => !alert.IsOver
        && (before is null || before.IsOver || alert.Severity > before.Severity || alert.BeganAt > before.BeganAt);
}

/// <summary>One telling of a group of alerts to those on call.</summary>
/// <param name="Step">How often others were told since, because nobody took it.</param>
public sealed record Page(PageId Id, Severity Severity, IReadOnlyList<PagedAlert> Content, Instant ToldAt, int Step)
{
    public PersonId? TakenBy { get; init; }

    public bool IsOver { get; init; }

    /// <summary>True: it stands for what came of one maker while too many of their pages were open.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Further alerts that its content does not name.</summary>
    public int More { get; init; }

    /// <summary>Its alerts' names, for one line.</summary>
    public string Names => string.Join(", ", Content.Select(alert => alert.Name).Distinct(StringComparer.Ordinal).Take(MostNames));

    private const int MostNames = 5;

    public override string ToString() => "(page)";
}

/// <summary>An alert in the words of a page. Prints as a mask.</summary>
public sealed record PagedAlert(string Name, string? Text)
{
    public override string ToString() => "(paged alert)";
}

public readonly record struct PageId(Guid Value)
{
    public static PageId New() => new(Guid.CreateVersion7());
}
