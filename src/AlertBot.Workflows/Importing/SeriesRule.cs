namespace AlertBot.Workflows.Importing;

/// <summary>
/// Whether the rule of a series may be worked out at all. A rule of three hundred letters can stand for thirty million hearings a year
/// (<c>BYHOUR</c>, <c>BYMINUTE</c> and <c>BYSECOND</c> with all their values), and whoever works it out holds all of them in memory first. No hearing
/// is of such a kind, so it is refused before.
/// </summary>
internal static class SeriesRule
{
    /// <summary>More series in one file are no calendar of a court.</summary>
    public const int MostInFile = 200;

    /// <summary>From the beginning of a series every one of its days is counted.</summary>
    public const int MostYearsAgo = 5;

    private const string Name = "RRULE";
    private const int Longest = 300;

    private static readonly HashSet<string> Frequencies = new(StringComparer.OrdinalIgnoreCase) { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
    private static readonly HashSet<string> OneOnly = new(StringComparer.OrdinalIgnoreCase) { "BYSECOND", "BYMINUTE", "BYHOUR" };

    /// <param name="entry">The entry as it stands in the file, with its lines put together.</param>
    public static bool MayBeWorkedOut(string entry)
    {
        var rules = entry.Split('\n').Select(line => line.Trim()).Where(IsRule).ToList();
        return rules.Count == 0 || (rules is [{ Length: <= Longest } rule] && rule[Name.Length] == ':' && IsOfDays(rule[(Name.Length + 1)..]));
    }

    private static bool IsRule(string line) => line.StartsWith(Name, StringComparison.OrdinalIgnoreCase)
        && line.Length > Name.Length && line[Name.Length] is ':' or ';';

    private static bool IsOfDays(string rule)
    {
        var parts = rule.Split(';').Select(part => part.Split('=', 2)).Where(part => part.Length == 2)
            .Select(part => (Name: part[0].Trim(), Value: part[1].Trim())).ToList();
        return parts.Where(part => part.Name.Equals("FREQ", StringComparison.OrdinalIgnoreCase)).ToList() is [{ Value: var often }]
            && Frequencies.Contains(often)
            && parts.Where(part => OneOnly.Contains(part.Name)).All(part => !part.Value.Contains(',', StringComparison.Ordinal))
            && parts.Where(part => OneOnly.Contains(part.Name)).DistinctBy(part => part.Name, StringComparer.OrdinalIgnoreCase).Count()
                == parts.Count(part => OneOnly.Contains(part.Name));
    }
}
