using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;

namespace AlertBot.Domain.Deadlines;

/// <summary>A deadline while it is computed: what started it, where it ends, and what ended it early.</summary>
internal sealed class Clock(string key, string ruleId, Fact fact, DeadlineKind kind, Tier tier)
{
    public Clock(OwnRule own, Fact fact, DeadlineKind kind)
        : this(KeyOf(own.Id, fact), own.Id, fact, kind, Tier.A)
    {
    }

    public string Key => key;

    public string RuleId => ruleId;

    public Fact Fact => fact;

    public DeadlineKind Kind => kind;

    public Tier Tier => tier;

    public Rule? Rule { get; init; }

    public RuleLimit? RuleLimit { get; init; }

    /// <summary>Null if the fact is too vague for the limit, so that somebody must be asked.</summary>
    public Limit? Limit { get; set; }

    /// <summary>True if only an answer ends it: it stays due and never becomes overdue.</summary>
    public bool WaitsForAnswer { get; init; }

    public DeadlineState? Ended { get; private set; }

    /// <summary>The fact that ended it.</summary>
    public Fact? EndedBy { get; private set; }

    public void End(DeadlineState state, Fact? by = null)
    {
        Ended ??= state;
        EndedBy ??= by;
    }

    public List<Doubt> Doubts { get; } = [];

    /// <summary>Notes a fact that would end it if the fact were certain.</summary>
    public void Doubt(DoubtKind kind, Fact fact)
    {
        if (Doubts.Any(doubt => doubt.Kind == kind && doubt.Event == fact.Event.Id))
            return;

        Doubts.Add(new Doubt(kind, fact.Event.Id));
        if (kind == DoubtKind.WhichDecision)
            Add(Step.Of("law.step.which-decision", ("kind", fact.Kind.Code)));
        else if (kind == DoubtKind.StopNotConfirmed)
            Add(Step.Of("law.step.stop-not-confirmed", ("kind", fact.Kind.Code)));
    }

    public void Add(Step step) => Limit = Limit is null ? null : Limit with { Steps = [.. Limit.Steps, step] };

    public static string KeyOf(string ruleId, Fact fact, string? name = null) =>
        $"{ruleId}:{fact.Id.Value:N}" + (name is null ? "" : ":" + name);
}
