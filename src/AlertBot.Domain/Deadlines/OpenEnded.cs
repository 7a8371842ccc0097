using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;
using NodaTime;

namespace AlertBot.Domain.Deadlines;

/// <summary>Clocks without a limit: a person to be found, a person released and still wanted.</summary>
internal static class OpenEnded
{
    public static IEnumerable<Clock> Run(CaseFile file, Timeline timeline)
    {
        if (CaseProgress.MissingSince(timeline) is { } missing)
            yield return Open(OwnRule.Locate, missing, DeadlineKind.UrgentAction, "law.step.locate");

        var release = timeline.Facts.LastOrDefault(fact => fact is { Kind.Code: "release", IsInDoubt: false });
        if (release is not null && CaseProgress.StatusAfter(file.Events) == CaseStatus.Watch)
            yield return Open(OwnRule.Watch, release, DeadlineKind.Watch, "law.step.watch");
    }

    private static Clock Open(OwnRule own, Fact fact, DeadlineKind kind, string stepKey)
    {
        var since = LimitEnd.At(fact.First, fact.Event.When?.Zone ?? DateTimeZone.Utc);
        return new Clock(own, fact, kind)
        {
            WaitsForAnswer = true,
            Limit = new Limit(since, since, [Step.Of(stepKey)]) { StartsAt = since.Instant },
        };
    }
}
