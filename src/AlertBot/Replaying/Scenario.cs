using AlertBot.Domain.Cases;
using AlertBot.Workflows.Cases;
using NodaTime;

namespace AlertBot.Replaying;

/// <summary>A history as people tell it to the bot, with the alerts that must follow. Read from <c>config/scenarios</c>.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Title">What it is about, without a name.</param>
/// <param name="Source">Where it is public.</param>
/// <param name="Until">The last day that is played.</param>
public sealed record Scenario(
    string Name, string Title, string Source, CaseCode Code, DateTimeZone Zone, CaseDocument Case,
    IReadOnlyList<ToldEvent> Events, IReadOnlyList<Expectation> Expectations, LocalDate Until)
{
    public override string ToString() => $"(scenario {Name})";
}

/// <summary>An event, and when the bot is told of it.</summary>
/// <param name="Told">By the clock of the case's zone.</param>
/// <param name="Confirmed">When a second person confirms its date; null: nobody does.</param>
/// <param name="Title">What the page says of it, without a name.</param>
public sealed record ToldEvent(LocalDateTime Told, EventDraft Draft, LocalDateTime? Confirmed, string? Title);

/// <summary>What must come of a history. Parts that are null match anything.</summary>
/// <param name="Line">In the file.</param>
/// <param name="From">The first day, by the clock of the case's zone.</param>
/// <param name="To">The last day.</param>
public sealed record Expectation(ExpectationKind Kind, long Line, LocalDate? From, LocalDate? To, AlertPattern? Alert = null)
{
    /// <summary>For a status: where the case must stand at the end of <see cref="To"/>.</summary>
    public CaseStatus? Status { get; init; }

    /// <summary>For a deadline: both ends as they must stand at the end of <see cref="To"/>, as <c>rules compute</c> prints them.</summary>
    public ExpectedDeadline? Deadline { get; init; }

    /// <summary>For a silence: so many days at most.</summary>
    public int Days { get; init; }

    /// <summary>What it is there for, in words.</summary>
    public string? Why { get; init; }

    public string Text => Why ?? Kind switch
    {
        ExpectationKind.Status => $"status is {Status}",
        ExpectationKind.Deadline => $"{Deadline!.Rule} ends {Deadline.Earliest} / {Deadline.Latest}",
        ExpectationKind.Never => $"no {Alert}",
        ExpectationKind.Silence => $"never silent for longer than {Days} days",
        _ => $"{Alert}",
    };
}

public enum ExpectationKind
{
    /// <summary>At least one such alert, on a day between From and To, delivered to everybody it is for.</summary>
    Alert,

    /// <summary>No such alert between From and To.</summary>
    Never,

    /// <summary>Something is said of the case at least every so many days.</summary>
    Silence,


    Status,
    Deadline,
}

/// <param name="Kind">Of the alert: <c>deadline_reminder</c>, <c>event_recorded</c>, ...</param>
/// <param name="Rule">Id of the rule, or <c>date</c>, <c>watch</c>, <c>locate</c>, <c>confirm</c>, <c>no-date</c>.</param>
/// <param name="Rung">Of the ladder: <c>-30d</c>, <c>ask +1d</c>.</param>
/// <param name="Event">Kind of the event that was recorded.</param>
public sealed record AlertPattern(string? Kind, string? Rule, string? Rung, string? Event)
{
    public override string ToString() => string.Join(' ', new[] { Kind ?? "alert", Rule, Rung, Event }.OfType<string>());
}

public sealed record ExpectedDeadline(string Rule, string? Limit, string? Earliest, string? Latest, string? State);
