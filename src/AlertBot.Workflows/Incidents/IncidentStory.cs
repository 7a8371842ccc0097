using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>What the entries of an incident say, read together: what was done since nobody has it, and what people wrote on it.</summary>
public sealed record IncidentStory
{
    /// <summary>What stands in <see cref="LastTold"/> when all steps are behind.</summary>
    public const string Repeat = "repeat";

    private readonly Incident _incident;
    private readonly int _open;

    public IncidentStory(Incident incident, IReadOnlyList<IncidentEntry> entries)
    {
        (_incident, Entries) = (incident, entries);
        _open = Math.Max(0, entries.ToList().FindLastIndex(Opens));
    }

    public IReadOnlyList<IncidentEntry> Entries { get; }

    /// <summary>Since when nobody has it, or nobody had before it was taken.</summary>
    public Instant OpenSince => SinceOpen.FirstOrDefault() is { } first && Opens(first) ? first.At : _incident.OpenedAt;

    /// <summary>Who said that they cannot take it, or gave it away, and did not change their mind.</summary>
    public IReadOnlySet<PersonId> CannotTake => SinceOpen
        .Where(entry => entry.Act is IncidentAct.Cannot or IncidentAct.HandedOn or IncidentAct.Taken && entry.By is not null)
        .GroupBy(entry => entry.By!.Value).Where(acts => acts.Last().Act != IncidentAct.Taken).Select(acts => acts.Key).ToHashSet();

    /// <summary>Codes of the steps that were told last, or <see cref="Repeat"/>; null: none yet.</summary>
    public string? LastTold => SinceOpen.LastOrDefault(entry => entry.Act == IncidentAct.Told)?.Detail;

    /// <summary>How somebody says that it ended, while nobody has decided on it; null: nobody does.</summary>
    public IncidentEntry? Proposal
    {
        get
        {
            var last = Entries.LastOrDefault(entry => entry.Act is IncidentAct.Proposed or IncidentAct.GoesOn or IncidentAct.Closed
                or IncidentAct.Reopened or IncidentAct.FalseAlarm);
            return last is { Act: IncidentAct.Proposed, Detail: not null } ? last : null;
        }
    }

    public IReadOnlyList<IncidentEntry> Notes => Entries.Where(entry => entry.Act is IncidentAct.Note or IncidentAct.Lawyer).ToList();

    private IEnumerable<IncidentEntry> SinceOpen => Entries.Skip(_open);

    public override string ToString() => "(story)";

    private static bool Opens(IncidentEntry entry) =>
        entry.Act is IncidentAct.OpenedAgain or IncidentAct.HandedOn or IncidentAct.OpenedByWords or IncidentAct.Reopened;
}
