using NodaTime;

namespace AlertBot.Domain.Cases;

/// <summary>What an open case waits for while nothing is heard of it; decides which question fits.</summary>
public enum Waiting
{
    /// <summary>The person is held.</summary>
    Held,

    /// <summary>Returned or transferred to another State under the Dublin rules.</summary>
    Returned,

    /// <summary>A decision on asylum, or on an appeal.</summary>
    Decision,

    /// <summary>A court or committee above the States.</summary>
    Court,

    /// <summary>Free, and a request for the person may still be valid.</summary>
    Free,

    /// <summary>Nothing that we know of.</summary>
    News,
}

/// <summary>Open cases of which nothing was said for a month.</summary>
public static class QuietCase
{
    /// <summary>So many days after anything was last said of it an open case is asked after: with the morning, less than 31.</summary>
    public const int AfterDays = 30;

    private static readonly (string[] Asked, string[] Answered, Waiting Waiting)[] Pending =
    [
        (["asylum_application", "asylum_registered", "certificate_issued"], ["asylum_granted", "asylum_refused"], Waiting.Decision),
        (["appeal_filed", "complaint_filed"], ["appeal_decided", "complaint_decided"], Waiting.Decision),
        (["extradition_appeal_filed"], ["extradition_appeal_decided"], Waiting.Decision),
        (["application_filed", "interim_measure_asked", "interim_measure_granted"], ["views_or_judgment"], Waiting.Court),
    ];

    public static Waiting WaitsFor(CaseFile file)
    {
        var timeline = Timeline.Of(file.Events);
        if (CaseProgress.HeldSince(timeline) is not null)
            return Waiting.Held;

        var facts = timeline.Facts.Where(fact => !fact.IsInDoubt).ToList();
        if (facts.FindLast(fact => EventKinds.OfWhereabouts.Contains(fact.Kind)) is { Kind.Code: "transfer_done" })
            return Waiting.Returned;
        foreach (var (asked, answered, waiting) in Pending)
        {
            if (facts.FindLast(fact => asked.Contains(fact.Kind.Code)) is { } open
                && !facts.Exists(fact => answered.Contains(fact.Kind.Code) && timeline.Follows(fact, open)))
                return waiting;
        }

        return file.Status == CaseStatus.Watch ? Waiting.Free : Waiting.News;
    }

    /// <summary>When it is asked after next: in the morning, by the clock of the place.</summary>
    public static Instant AskAt(DateTimeZone zone, Instant lastHeard) =>
        zone.AtLeniently(lastHeard.InZone(zone).Date.PlusDays(AfterDays).At(new LocalTime(9, 0))).ToInstant();
}
