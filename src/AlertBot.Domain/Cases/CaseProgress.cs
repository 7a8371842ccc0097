namespace AlertBot.Domain.Cases;

/// <summary>Reads from a case's events whether the person is held or free, and what is over.</summary>
public static class CaseProgress
{
    /// <summary>
    /// A release leads to <see cref="CaseStatus.Watch"/>, because the request stays valid. A certain departure closes the case; a reported one closes
    /// it once a second person has confirmed it.
    /// </summary>
    public static CaseStatus StatusAfter(IReadOnlyList<CaseEvent> events)
    {
        var status = CaseStatus.Open;
        foreach (var fact in Timeline.Of(events).Facts.Where(fact => !fact.IsInDoubt))
        {
            status = fact switch
            {
                _ when Closes(fact) => CaseStatus.Closed,
                { Kind.Code: "case_reopened" } => CaseStatus.Open,
                { Kind.Code: "release" } when status == CaseStatus.Open => CaseStatus.Watch,
                _ when EventKinds.Taken.Contains(fact.Kind) || IsHandedOver(fact) => CaseStatus.Open,
                _ => status,
            };
        }

        return status;
    }

    /// <summary>The fact since which the person is held; null if free, gone or never taken.</summary>
    public static Fact? HeldSince(Timeline timeline)
    {
        Fact? held = null;
        foreach (var fact in timeline.Facts.Where(fact => !fact.IsInDoubt || IsHandedOver(fact)))
        {
            if (fact.Kind.Code == "release" || Closes(fact))
                held = null;
            else if (IsHandedOver(fact))
                held = fact;
            else if (EventKinds.Taken.Contains(fact.Kind))
                held ??= fact;
        }

        return held;
    }

    /// <summary>Whether the fact ends everything: the person left for a safe place or died, or the case was closed by hand.</summary>
    public static bool Closes(Fact fact) =>
        fact is { Kind.Code: "departed" or "death_reported" or "case_closed", IsInDoubt: false }
        || fact is { Kind.Code: "departure_reported", Event.ConfirmedBy: not null };

    /// <summary>Whether the event would stand people down but only one person has recorded it.</summary>
    public static bool IsInDoubt(IReadOnlyList<CaseEvent> events, EventId id) =>
        Timeline.Of(events).Facts.Any(fact => fact.IsInDoubt && (fact.Event.Id == id || fact.Others.Any(other => other.Id == id)));

    /// <summary>Whether the person was handed over to another State, whose clocks then start.</summary>
    public static bool IsHandedOver(Fact fact) => IsHandedOverKind(fact.Kind);

    /// <inheritdoc cref="IsHandedOver"/>
    public static bool IsHandedOverKind(EventKind kind) => kind.Code is "extradited" or "deported";

    /// <summary>The fact since which the person may be held somewhere unknown.</summary>
    public static Fact? MissingSince(Timeline timeline)
    {
        Fact? missing = null;
        foreach (var fact in timeline.Facts.Where(fact => !fact.IsInDoubt))
        {
            if (fact.Kind.Code is "abduction_reported" or "location_unknown")
                missing ??= fact;
            else if (fact.Kind.Code is "release" or "transfer_of_custody" or "hearing_set" or "hearing_held" or "extradited" or "deported"
                || EventKinds.Taken.Contains(fact.Kind) || Closes(fact))
                missing = null;
        }

        return missing;
    }
}
