using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using NodaTime;

namespace AlertBot.Domain.Law;

/// <summary>A statutory time limit from <c>config/law</c>: what starts it, how long it is, how it is counted, where it is written.</summary>
/// <param name="Id">Unique over all files, e.g. <c>KZ-DET-72H</c>.</param>
/// <param name="Jurisdiction">Code of the folder it came from, e.g. <c>KZ</c>.</param>
/// <param name="Main">The limit the rule is named after.</param>
public sealed record Rule(string Id, string Jurisdiction, RuleLimit Main, Tier Tier)
{
    /// <summary>Further limits of the same provision, each with a name of its own.</summary>
    public IReadOnlyList<RuleLimit> Also { get; init; } = [];

    /// <summary>What starts it, in the words of the provision.</summary>
    public string Trigger { get; init; } = "";

    /// <summary>Which date of the starting event counts.</summary>
    public RunsFrom RunsFrom { get; init; }

    public IReadOnlyList<EventKind> Starts { get; init; } = [];

    /// <summary>The events for which it waited, or that make it pointless: the clock ends well.</summary>
    public IReadOnlyList<EventKind> Stops { get; init; } = [];

    /// <summary>After these events another limit, usually longer, replaces it.</summary>
    public IReadOnlyList<EventKind> SupersededOn { get; init; } = [];

    /// <summary>The rule that continues where this one ends. People are asked until it is known whether it does.</summary>
    public string? SupersededBy { get; init; }

    public IReadOnlyList<EventKind> SuspendedOn { get; init; } = [];

    /// <summary>Starts it anew, but only after a suspension.</summary>
    public IReadOnlyList<EventKind> RestartsOn { get; init; } = [];

    /// <summary>
    /// The courts and committees to which a filing must go to end it, if the rule belongs to one: <c>ECHR</c>, <c>HRC</c>, <c>CAT</c>.
    /// </summary>
    public IReadOnlyList<string> Bodies { get; init; } = [];

    /// <summary>If a filing starts it: the kinds of decision that the filing must be about.</summary>
    public IReadOnlyList<EventKind> About { get; init; } = [];

    /// <summary>It runs only while the person is held under one of these. A step taken before the detention counts from the detention.</summary>
    public IReadOnlyList<EventKind> While { get; init; } = [];

    /// <summary>True for a duty between authorities: computed and shown, without warnings or questions.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>True if its passing is a question for the lawyer and no verdict.</summary>
    public bool IsNeverOverdue { get; init; }

    /// <summary>For cutoffs: the rule from whose end they are counted back. The cutoff starts and ends with it.</summary>
    public string? Before { get; init; }

    /// <summary>The zones of its State, the usual one first. Empty: the zone of the place of the event.</summary>
    public IReadOnlyList<DateTimeZone> Zones { get; init; } = [];

    /// <summary>For treaties and courts: the States they bind. Empty: all.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    public string Citation { get; init; } = "";

    /// <summary>Where we saw the provision: codes of the list of sources.</summary>
    public string Source { get; init; } = "";

    /// <summary><c>text</c>, <c>secondary</c> or <c>memory</c>.</summary>
    public string Seen { get; init; } = "";

    /// <summary><c>high</c>, <c>medium</c> or <c>low</c>.</summary>
    public string Confidence { get; init; } = "";

    /// <summary>First and last day on which the law applies, by <see cref="AppliesBy"/>; null: open.</summary>
    public LocalDate? AppliesFrom { get; init; }

    /// <inheritdoc cref="AppliesFrom"/>
    public LocalDate? AppliesUntil { get; init; }

    /// <summary>For procedures under the old law: steps from this day on may also fall under this law, so both are computed.</summary>
    public LocalDate? StepsFrom { get; init; }

    public AppliesBy AppliesBy { get; init; }

    /// <summary>The rule of the law that replaces this one. While it is unsettled which applies, both are computed.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>Never computed for a person who asked for asylum: it would lead towards the State they fear.</summary>
    public bool NotInAsylumCases { get; init; }

    /// <summary>The dates of applicability, ceilings and extensions, in words.</summary>
    public string Applies { get; init; } = "";

    public string Extension { get; init; } = "";

    public string Note { get; init; } = "";

    public IEnumerable<RuleLimit> Limits => Also.Prepend(Main);
}

/// <summary>One number in a provision.</summary>
/// <param name="Name">Null for the main limit of a rule; else names it within the rule.</param>
public sealed record RuleLimit(string? Name, Length Length, Counting Counting, DeadlineKind Kind)
{
    /// <summary>It runs only after one of these events, and then replaces the limits without such a condition.</summary>
    public IReadOnlyList<EventKind> After { get; init; } = [];

    /// <summary>True for another reading of the main limit. People are warned of the earlier end.</summary>
    public bool IsOtherReading { get; init; }

    /// <summary>True for the result of another text of the law. The arithmetic names it, and nobody is warned of it.</summary>
    public bool IsNoteOnly { get; init; }

    /// <summary>Who must act.</summary>
    public Duty Duty { get; init; }

    /// <summary>True if it repeats, each time from the end of the last (a review every month).</summary>
    public bool Repeats { get; init; }

    public string Note { get; init; } = "";
}

/// <summary>Who must do something before a limit ends.</summary>
public enum Duty
{
    Person,
    Advocate,
    Authority,
    Court,
    Prison,
}

/// <summary>Which date of an event a clock runs from.</summary>
public enum RunsFrom
{
    /// <summary>When the event happened.</summary>
    Event,

    /// <summary>The decision for the earliest reading, its service or becoming known for the latest.</summary>
    Notice,

    /// <summary>The date that the event sets (a date of hand-over).</summary>
    DateSet,
}

/// <summary>Which date decides whether a law applies.</summary>
public enum AppliesBy
{
    /// <summary>The event that starts the clock.</summary>
    Trigger,

    /// <summary>The application for asylum, lodged or registered, whichever is stored.</summary>
    Application,
}
