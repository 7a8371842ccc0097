using AlertBot.Domain.Cases;
using AlertBot.Workflows.Cases;
using NodaTime;

namespace AlertBot.Replaying;

/// <summary>A history as people tell it to the bot, with the alerts that must follow. Read from <c>config/scenarios</c>.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Title">The subject, without a name.</param>
/// <param name="Source">The public source.</param>
/// <param name="Until">The last day that is played.</param>
public sealed record Scenario(
    string Name, string Title, string Source, CaseCode Code, DateTimeZone Zone, CaseDocument Case,
    IReadOnlyList<ToldEvent> Events, IReadOnlyList<Expectation> Expectations, LocalDate Until)
{
    public override string ToString() => $"(scenario {Name})";
}

/// <summary>An event, and when the bot is told of it.</summary>
/// <param name="Told">The time in the case's zone.</param>
/// <param name="Confirmed">When a second person confirms its date; null: nobody does.</param>
/// <param name="Title">The page's words for it, without a name.</param>
public sealed record ToldEvent(LocalDateTime Told, EventDraft Draft, LocalDateTime? Confirmed, string? Title);

/// <summary>An outcome that a history must have. Parts that are null match anything.</summary>
/// <param name="Line">The line in the file.</param>
/// <param name="From">The first day, in the case's zone.</param>
/// <param name="To">The last day.</param>
public sealed record Expectation(ExpectationKind Kind, long Line, LocalDate? From, LocalDate? To, AlertPattern? Alert = null)
{
    /// <summary>For a status: the case's status at the end of <see cref="To"/>.</summary>
    public CaseStatus? Status { get; init; }

    /// <summary>For a deadline: both dates at the end of <see cref="To"/>, as <c>rules compute</c> prints them.</summary>
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
    /// <summary>At least one such alert on a day between From and To, delivered to its whole audience.</summary>
    Alert,

    /// <summary>No such alert between From and To.</summary>
    Never,

    /// <summary>Something is said of the case at least every so many days.</summary>
    Silence,


    Status,
    Deadline,
}

/// <param name="Kind">The alert's kind: <c>deadline_reminder</c>, <c>event_recorded</c>, ...</param>
/// <param name="Rule">The rule's id, or <c>date</c>, <c>watch</c>, <c>locate</c>, <c>confirm</c>, <c>no-date</c>.</param>
/// <param name="Rung">The step of the ladder: <c>-30d</c>, <c>ask +1d</c>.</param>
/// <param name="Event">The kind of the recorded event.</param>
public sealed record AlertPattern(string? Kind, string? Rule, string? Rung, string? Event)
{
    public override string ToString() => string.Join(' ', new[] { Kind ?? "alert", Rule, Rung, Event }.OfType<string>());
}

public sealed record ExpectedDeadline(string Rule, string? Limit, string? Earliest, string? Latest, string? State);
