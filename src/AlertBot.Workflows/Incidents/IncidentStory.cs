using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>What the entries of an incident say, read together: what was done since nobody has it, and what people wrote on it.</summary>
public sealed class IncidentStory(Incident incident, IReadOnlyList<IncidentEntry> entries)
{
    /// <summary>A note in somebody's words.</summary>
    public const string Note = "note";

    /// <summary>The note that a lawyer is on the way, said by a button and so in every reader's language.</summary>
    public const string Lawyer = "lawyer";

    public const string Cannot = "cannot";
    public const string Told = "told";
    public const string Asked = "asked";
    public const string Still = "still";
    public const string OpenedAgain = "opened_again";
    public const string HandedOn = "handed_on";
    public const string Closed = "closed";

    /// <summary>Whoever has it says that it is over, and how; a coordinator decides.</summary>
    public const string Proposed = "proposed";

    /// <summary>A coordinator decided that it is not over.</summary>
    public const string GoesOn = "goes_on";

    /// <summary>It was closed, and is not over.</summary>
    public const string Reopened = "reopened";

    /// <summary>What stands in <see cref="LastTold"/> when all steps are behind.</summary>
    public const string Repeat = "repeat";

    private readonly int _open = Math.Max(0, entries.ToList().FindLastIndex(entry => entry.Act is OpenedAgain or HandedOn or Reopened));

    public IReadOnlyList<IncidentEntry> Entries => entries;

    /// <summary>Since when nobody has it, or nobody had before it was taken.</summary>
    public Instant OpenSince => SinceOpen.FirstOrDefault() is { Act: OpenedAgain or HandedOn or Reopened } entry ? entry.At : incident.OpenedAt;

    /// <summary>Who said that they cannot take it, or gave it away, and did not change their mind.</summary>
    public IReadOnlySet<PersonId> CannotTake => SinceOpen
        .Where(entry => entry.Act is Cannot or HandedOn or TakenAct && entry.By is not null)
        .GroupBy(entry => entry.By!.Value).Where(acts => acts.Last().Act != TakenAct).Select(acts => acts.Key).ToHashSet();

    /// <summary>Codes of the steps that were told last, or <see cref="Repeat"/>; null: none yet.</summary>
    public string? LastTold => SinceOpen.LastOrDefault(entry => entry.Act == Told)?.Detail;

    /// <summary>How somebody says that it ended, while nobody has decided on it; null: nobody does.</summary>
    public IncidentEntry? Proposal => entries.LastOrDefault(entry => entry.Act is Proposed or GoesOn or Closed or Reopened or "false_alarm") is
        { Act: Proposed, Detail: not null } open ? open : null;

    public IReadOnlyList<IncidentEntry> Notes => entries.Where(entry => entry.Act is Note or Lawyer).ToList();

    private const string TakenAct = "taken";

    private IEnumerable<IncidentEntry> SinceOpen => entries.Skip(_open);

    public override string ToString() => "(story)";
}
