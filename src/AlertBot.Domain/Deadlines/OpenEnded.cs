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
            yield return Open("locate", missing, DeadlineKind.UrgentAction, "law.step.locate");

        var release = timeline.Facts.LastOrDefault(fact => fact is { Kind.Code: "release", IsInDoubt: false });
        if (release is not null && CaseProgress.StatusAfter(file.Events) == CaseStatus.Watch)
            yield return Open("watch", release, DeadlineKind.Watch, "law.step.watch");
    }

    private static Clock Open(string ruleId, Fact fact, DeadlineKind kind, string stepKey)
    {
        var since = LimitEnd.At(fact.First, fact.Event.When?.Zone ?? DateTimeZone.Utc);
        return new Clock(Clock.KeyOf(ruleId, fact), ruleId, fact, kind, Tier.A)
        {
            WaitsForAnswer = true,
            Limit = new Limit(since, since, [Step.Of(stepKey)]) { StartsAt = since.Instant },
        };
    }
}
