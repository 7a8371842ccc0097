using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Configuration;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Workflows.Law;

/// <summary>Answers "when does this limit end?" for a rule and a typed time.</summary>
public static class ComputeRule
{
    /// <param name="say">Puts a step into words, by the text catalog.</param>
    public static ComputedRule Run(LawBook book, ComputeRuleInput input, Func<Step, string> say)
    {
        if (book.Find(input.Rule) is not { } rule)
            return ComputedRule.Refused(
                $"unknown rule '{input.Rule}'{Nearest.Hint(input.Rule, book.Rules.Select(known => known.Id))}; 'rules list' shows them all");

        DateTimeZone? chosen = null;
        if (input.Zone is { } id && (chosen = ZoneId.Read(id)) is null)
            return ComputedRule.Refused(ZoneId.Unknown(id));

        Precision? precision = null;
        if (input.Precision is { } said && (precision = WhenText.ReadPrecision(said)) is null)
            return ComputedRule.Refused($"unknown precision '{said}'; use exact, night, day, month or year");

        if (ReadDay(input.Until, "until", out var until) is { } badUntil)
            return badUntil;
        if (ReadDay(input.Served, "served", out var served) is { } badServed)
            return badServed;
        if (ReadDay(input.Known, "known", out var known) is { } badKnown)
            return badKnown;

        var zone = chosen ?? (rule.Zones.Count > 0 ? rule.Zones[0] : DateTimeZone.Utc);
        if (WhenText.Read(input.At, zone, precision, until) is not { } when)
            return ComputedRule.Refused(
                $"cannot read the time '{input.At}': write 2024-03-26, 2024-03-26T00:20, 2024-03 or 2024, and no 'until' before it");

        var occasion = rule.RunsFrom == RunsFrom.DateSet
            ? new Occasion(null) { Sets = when }
            : new Occasion(when) { Served = served, Known = known };

        return new LimitCalculator(book).Compute(rule, rule.Main, occasion, chosen) switch
        {
            LimitResult.Ends(var limit) => Answer(rule, limit, when, null, say),
            LimitResult.TooWide(var limit) => Answer(rule, limit, when, "too_wide", say),
            LimitResult.NoNumber(var limit) => Answer(rule, limit, when, "no_number", say),
            _ => ComputedRule.Refused("nothing is known of the time, so nothing can be computed"),
        };
    }

    private static ComputedRule Answer(Rule rule, Limit limit, When when, string? remark, Func<Step, string> say)
    {
        var calculatorSteps = limit.Steps.ToList();
        if (rule.Tier != Tier.A)
            calculatorSteps.Add(Step.Of("law.tier." + (rule.Tier == Tier.B ? "b" : "c")));
        if (!AppliesAt(rule, when))
            calculatorSteps.Add(Step.Of("law.step.other-law", ("applies", rule.Applies)));

        return new ComputedRule(rule.Id, End(limit.Earliest), End(limit.Latest), calculatorSteps.Select(say).ToList())
        {
            Remark = remark,
            Tier = rule.Tier,
            Kind = rule.Main.Kind,
            Duty = rule.Main.Duty,
            Warnings = WarningsOf(rule, limit, when, remark).ToList(),
            Citation = rule.Citation,
        };
    }

    private static IEnumerable<string> WarningsOf(Rule rule, Limit limit, When when, string? remark)
    {
        if (remark is not null)
            yield return remark;
        if (rule.Tier == Tier.B)
            yield return "not_verified";
        if (rule.Tier == Tier.C)
            yield return "switched_off";
        if (!AppliesAt(rule, when))
            yield return "other_law";
        if (limit.IsEarliestUnknown)
            yield return "earliest_may_have_passed";
        if (limit.Steps.Any(step => step.Key == "law.step.calendar-missing"))
            yield return "calendar_not_loaded";
        if (rule.IsNeverOverdue)
            yield return "ask_before_saying_overdue";
        if (rule.IsQuiet)
            yield return "nobody_is_warned";
    }

    private static bool AppliesAt(Rule rule, When when) =>
        when.Window is not { } window || !(window.LastDay < rule.AppliesFrom || window.FirstDay > rule.AppliesUntil);

    private static ComputedEnd End(LimitEnd end) => new(end.LocalText, end.Zone.Id, InstantPattern.General.Format(end.Instant));

    private static ComputedRule? ReadDay(string? text, string option, out LocalDate? day)
    {
        day = text is null ? null : WhenText.ReadDay(text);
        return text is not null && day is null ? ComputedRule.Refused($"cannot read --{option} '{text}': write a day such as 2024-03-26") : null;
    }
}

/// <summary>The arguments of the command line, as typed.</summary>
public sealed record ComputeRuleInput(string Rule, string At)
{
    public string? Zone { get; init; }

    public string? Precision { get; init; }

    public string? Until { get; init; }

    public string? Served { get; init; }

    public string? Known { get; init; }
}

/// <summary>Both ends of a limit, ready to print.</summary>
/// <param name="Error">A sentence for the person who typed; null if there is an answer.</param>
public sealed record ComputedRule(string Rule, ComputedEnd? Earliest, ComputedEnd? Latest, IReadOnlyList<string> Steps, string? Error = null)
{
    /// <summary><c>too_wide</c>: the time is too vague for this limit; <c>no_number</c>: the provision names none; else null.</summary>
    public string? Remark { get; init; }

    public Tier Tier { get; init; }

    /// <summary>The kind of deadline, and whose duty it is.</summary>
    public DeadlineKind Kind { get; init; }

    /// <inheritdoc cref="Kind"/>
    public Duty Duty { get; init; }

    /// <summary>Codes of warnings before the dates can be trusted, e.g. <c>not_verified</c>, <c>calendar_not_loaded</c>.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public string Citation { get; init; } = "";

    public static ComputedRule Refused(string error) => new("", null, null, [], error);
}

/// <param name="Local">The last lawful day as a date, or for limits in hours the local date and time.</param>
/// <param name="Instant">Its last moment, in UTC.</param>
public sealed record ComputedEnd(string Local, string Zone, string Instant);
