using AlertBot.Domain.Law;

namespace AlertBot.Domain.Deadlines;

/// <summary>
/// Computes both laws while it is unsettled whether the old or the new one applies. People are warned of the one that ends earlier, and see the other
/// beside it.
/// </summary>
internal static class LawsSideBySide
{
    public static void Settle(IReadOnlyList<Clock> clocks, LawBook book)
    {
        foreach (var old in clocks.Where(clock => clock is { RuleLimit.Name: null, Rule.ReplacedBy: not null, Limit: not null }))
        {
            var successor = clocks.FirstOrDefault(clock =>
                clock is { RuleLimit.Name: null, Limit: not null } && clock.RuleId == old.Rule!.ReplacedBy && SameOccasion(clock, old));
            if (successor is null || book.Find(successor.RuleId) is null)
                continue;

            var later = old.Limit!.Earliest.Instant <= successor.Limit!.Earliest.Instant ? successor : old;
            foreach (var clock in new[] { old, successor })
                clock.Add(Step.Of("law.step.two-laws", ("old", old.RuleId), ("new", successor.RuleId)));

            later.End(DeadlineState.Disputed);
        }
    }

    // If one law runs from the application and the other from its registration, that is still one procedure.
    private static bool SameOccasion(Clock a, Clock b) =>
        ReferenceEquals(a.Fact, b.Fact)
        || (IsApplication(a) && IsApplication(b) && NodaTime.Period.DaysBetween(DayOf(a), DayOf(b)) is >= -31 and <= 31);

    private static bool IsApplication(Clock clock) =>
        clock.Fact is { Kind.Code: "asylum_application" or "asylum_registered", Event.When.Window: not null };

    private static NodaTime.LocalDate DayOf(Clock clock) => clock.Fact.Event.When!.Window!.FirstDay;
}
