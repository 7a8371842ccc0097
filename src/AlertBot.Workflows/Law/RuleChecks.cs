using AlertBot.Domain.Law;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Law;

/// <summary>Checks the parts of a rule against each other; each part alone is already correct.</summary>
internal static class RuleChecks
{
    public static void CheckNames(YamlMap map, IEnumerable<RuleLimit?> also)
    {
        foreach (var twice in also.OfType<RuleLimit>().GroupBy(limit => limit.Name).Where(group => group.Count() > 1))
            map.Report("also", $"two further limits are called '{twice.Key}'; give each a 'name' of its own");
    }

    public static void CheckWhole(YamlMap map, Rule rule)
    {
        if (rule.Main.Length.IsCutoff && rule.Before is null)
            map.Report("length", "a cutoff is counted back from the end of another rule: name it in 'before'");
        if (!rule.Main.Length.IsCutoff && rule.Before is not null)
            map.Report("before", "'before' only goes with a length in cutoff_hours_before or cutoff_days_before");
        if (rule.Before is null && rule.Starts.Count == 0)
            map.Report("starts", "'starts' is missing: name the kinds of event that start the clock");
        if (rule.AppliesFrom > rule.AppliesUntil)
            map.Report("applies_from", "the law would end before it begins: check applies_from and applies_until");
        if (rule.Main.Length.Unit == LengthUnit.WorkingDaysBefore && rule.RunsFrom != RunsFrom.DateSet)
            map.Report("length", "working_days_before is counted back from a date that was set: write runs_from: date_set");
        if (rule.Main.Length.Unit == LengthUnit.Hours && rule.Main.Counting != Counting.Hours)
            map.Report("counting", "a length in hours is counted by H");
    }
}
