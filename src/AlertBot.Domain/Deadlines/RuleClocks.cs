using AlertBot.Domain.Cases;
using AlertBot.Domain.Law;

namespace AlertBot.Domain.Deadlines;

/// <summary>Starts and ends the clocks of all rules that apply to a case.</summary>
internal sealed class RuleClocks(CaseFile file, LawBook book, Timeline timeline)
{
    // A review that comes every month is planned for at most ten years.
    private const int MostRepeats = 120;

    private readonly LimitCalculator _calculator = new(book);
    private readonly RuleEnds _ends = new(file, book, timeline);

    public IEnumerable<Clock> Run()
    {
        var clocks = _ends.Runs.SelectMany(ClocksOf).ToList();

        // "Ask before the removal" yields to the rule that names the last day.
        foreach (var clock in clocks.Where(clock => clock.RuleLimit is { Kind: DeadlineKind.UrgentAction, Length.Unit: LengthUnit.None }))
        {
            if (clocks.Any(other => other.Rule!.Jurisdiction == clock.Rule!.Jurisdiction && ReferenceEquals(other.Fact, clock.Fact)
                && other is { Kind: DeadlineKind.UrgentAction, Limit: not null, RuleLimit.Length.Unit: not LengthUnit.None }))
            {
                clock.End(DeadlineState.Superseded);
            }
        }

        return clocks;
    }

    private List<Clock> ClocksOf(RuleRun run)
    {
        var (rule, start) = (run.Rule, run.Start);
        var occasion = start.Occasion;
        var (ended, by, doubts) = _ends.EndOf(run);
        var clocks = new List<Clock>();

        foreach (var limit in rule.Limits.Where(limit => !limit.IsOtherReading && !limit.IsNoteOnly && Happened(limit.After, rule, start)))
            clocks.AddRange(Start(rule, limit, start, occasion));

        SupersedeByExtension(clocks);
        foreach (var clock in clocks)
        {
            if (ended is { } state)
                clock.End(StateAtEnd(state, by!, clock, rule), by);
            foreach (var (kind, fact) in doubts)
                clock.Doubt(kind, fact);
            if (clock.Limit is { IsEarliestUnknown: true })
                clock.Doubt(DoubtKind.DecisionDayUnknown, start);
        }

        return clocks;
    }

    private IEnumerable<Clock> Start(Rule rule, RuleLimit limit, Fact start, Occasion occasion)
    {
        var clock = new Clock(Clock.KeyOf(rule.Id, start, limit.Name), rule.Id, start, limit.Kind, rule.Tier)
        {
            Rule = rule,
            RuleLimit = limit,
            WaitsForAnswer = limit.Kind is DeadlineKind.ConfirmFact or DeadlineKind.Watch or DeadlineKind.UrgentAction,
            Limit = _calculator.Compute(rule, limit, occasion) switch
            {
                LimitResult.Ends(var end) => end,
                LimitResult.NoNumber(var reminder) when limit.Counting == Counting.None => reminder,
                _ => null,
            },
        };

        NameOtherAccounts(rule, limit, start, clock);
        return limit.Repeats && clock.Limit is not null ? Repeat(rule, limit, start, clock) : [clock];
    }

    // Each review counts from the end of the last one. In months it counts from the start, so that a 31st stays a 31st where it can.
    private IEnumerable<Clock> Repeat(Rule rule, RuleLimit limit, Fact start, Clock first)
    {
        yield return first;
        for (var turn = 2; turn <= MostRepeats; turn++)
        {
            var longer = limit with { Length = limit.Length with { Value = limit.Length.Value * turn } };
            if (_calculator.Compute(rule, longer, start.Occasion) is not LimitResult.Ends(var end))
                yield break;

            yield return new Clock(Clock.KeyOf(rule.Id, start, $"{limit.Name ?? "review"}-{turn}"), rule.Id, start, limit.Kind, rule.Tier)
            {
                Rule = rule,
                RuleLimit = limit,
                Limit = end,
            };
        }
    }

    // If an account that was not preferred is true, this limit may end earlier, which a person should see.
    private void NameOtherAccounts(Rule rule, RuleLimit limit, Fact start, Clock clock)
    {
        foreach (var other in start.Others)
        {
            if (clock.Limit is { } ours
                && _calculator.Compute(rule, limit, start.OccasionOf(other)) is LimitResult.Ends(var theirs)
                && theirs.Earliest.Instant < ours.Earliest.Instant)
            {
                clock.Add(Step.Of("law.step.other-account", ("earliest", theirs.Earliest.LocalText)));
            }
        }
    }

    private bool Happened(IReadOnlyList<EventKind> needed, Rule rule, Fact start) =>
        needed.Count == 0
        || timeline.Facts.Any(fact => needed.Contains(fact.Kind) && timeline.Follows(fact, start) && _ends.Touches(rule, start, fact));

    private static void SupersedeByExtension(List<Clock> clocks)
    {
        if (clocks.Where(clock => clock.RuleLimit!.After.Count > 0)
            .MaxBy(clock => clock.RuleLimit!.Length.RoughDays) is not { Limit: not null } extended)
            return;

        foreach (var clock in clocks.Where(clock => clock != extended && clock.Kind == extended.Kind))
        {
            clock.Add(Step.Of("law.step.extended", ("latest", extended.Limit.Latest.LocalText)));
            clock.End(DeadlineState.Superseded);
        }
    }

    private static DeadlineState StateAtEnd(DeadlineState state, Fact by, Clock clock, Rule rule) =>
        // A release after a year instead of 72 hours shows that a longer limit had replaced this one, though nobody said so.
        state == DeadlineState.Met && rule.SupersededBy is not null && clock.Limit is { } limit && by.First >= limit.Latest.Instant
            ? DeadlineState.Superseded
            : state;
}
