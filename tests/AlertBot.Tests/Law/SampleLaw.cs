using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Law;

namespace AlertBot.Tests.Law;

/// <summary>Rules and calendars invented for one test, in the words of rule files.</summary>
internal static class SampleLaw
{
    public static LimitResult Result(string counting, string length, When when, WorkCalendar? calendar = null, When? printed = null)
    {
        var rule = Rule(counting, length, calendar?.Jurisdiction ?? "KZ");
        return new LimitCalculator(new LawBook([rule], calendar is null ? [] : [calendar]))
            .Compute(rule, rule.Main, new Occasion(when) { Sets = printed });
    }

    public static Limit Limit(string counting, string length, When when, WorkCalendar? calendar = null, When? printed = null) =>
        Result(counting, length, when, calendar, printed) is LimitResult.Ends(var limit)
            ? limit
            : throw new InvalidOperationException($"{length} by {counting} from {when} did not end");

    public static Rule Rule(string counting, string length, string jurisdiction = "KZ") => new(
        "TEST", jurisdiction, new RuleLimit(null, ReadLength(length), CountingCodes.Find(counting)!.Value, DeadlineKind.AppealDue), Tier.A);

    /// <summary>The shipped calendar of a State.</summary>
    public static WorkCalendar CalendarOf(string jurisdiction) =>
        ShippedLaw.Book.Calendars.Single(calendar => calendar.Jurisdiction == jurisdiction);

    public static (IReadOnlyList<WorkCalendar> Calendars, IReadOnlyList<Problem> Problems) ReadCalendar(string yaml)
    {
        var problems = new List<Problem>();
        return (new CalendarFile(new YamlSource("calendar.yaml", problems)).Read(yaml), problems);
    }

    public static (IReadOnlyList<Rule> Rules, IReadOnlyList<Problem> Problems) ReadRules(string yaml)
    {
        var problems = new List<Problem>();
        return (new RuleFile(new YamlSource("rules.yaml", problems)).Read(yaml).Select(read => read.Rule).ToList(), problems);
    }

    private static Length ReadLength(string text) => text.Split(' ') is [var number, var unit]
        ? new Length(int.Parse(number, System.Globalization.CultureInfo.InvariantCulture), LengthCodes.Find(unit)!.Value)
        : new Length(0, LengthUnit.None);
}
