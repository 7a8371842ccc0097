using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;
using NodaTime;

namespace AlertBot.Domain.Deadlines;

/// <summary>
/// Asks about facts that are too vague to run a clock: one question for each fact, however many rules wait for the answer.
/// </summary>
internal static class QuestionsOfFact
{
    public static IEnumerable<Clock> Run(Timeline timeline, List<Clock> byRules)
    {
        foreach (var waiting in byRules.Where(clock => clock.Limit is null).GroupBy(clock => clock.Fact).ToList())
        {
            var question = Ask(
                waiting.Key, Step.Of("law.step.waiting", ("rules", string.Join(", ", waiting.Select(clock => clock.RuleId).Distinct().Order()))));
            if (waiting.All(clock => clock.Ended is not null))
                question.End(waiting.First().Ended!.Value, waiting.First().EndedBy);

            yield return question;
        }

        foreach (var fact in timeline.Facts)
        {
            // A reported departure is no certain one: clocks go on until a second person confirms it.
            if (fact is { Kind.Code: "departure_reported", Event.ConfirmedBy: null })
                yield return Ask(fact, Step.Of("law.step.confirm-departure"));

            // Nobody knows how much time is left for an appeal, so people must find out the day of the decision.
            if (byRules.Any(clock => ReferenceEquals(clock.Fact, fact) && clock is { Ended: null, Limit.IsEarliestUnknown: true }))
                yield return Ask(fact, Step.Of("law.step.decision-day-unknown"));

            if (fact is { Kind.Code: "hearing_set" or "interview_set" or "handover_date_set", Event.Sets.Window: null }
                && !byRules.Any(clock => clock.Limit is null && ReferenceEquals(clock.Fact, fact)))
            {
                yield return Ask(fact, Step.Of("law.step.date-not-on-file"));
            }
        }
    }

    // The question is open since the fact was stored, not since it happened.
    private static Clock Ask(Fact fact, Step why)
    {
        var zone = fact.Event.When?.Zone ?? DateTimeZone.Utc;
        var since = LimitEnd.At(fact.Event.RecordedAt > fact.First ? fact.Event.RecordedAt : fact.First, zone);
        return new Clock(OwnRule.Confirm, fact, DeadlineKind.ConfirmFact)
        {
            WaitsForAnswer = true,
            Limit = new Limit(since, since, [why]) { StartsAt = since.Instant },
        };
    }
}
