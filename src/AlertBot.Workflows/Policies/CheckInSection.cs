using AlertBot.Domain.CheckIns;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Policies;

/// <summary>The section <c>check_in</c>: the limits within which people at risk choose how they are asked.</summary>
internal static class CheckInSection
{
    public const string Name = "check_in";

    public static CheckInPolicy Read(YamlMap root)
    {
        if (root.Map(Name) is { } map)
            return ReadSection(map);

        root.Report(Name, $"the section '{Name}' is missing: say within which bounds people at risk are asked");
        return CheckInPolicy.Usual;
    }

    private static CheckInPolicy ReadSection(YamlMap map)
    {
        map.AllowOnly("shortest_wait", "longest_wait", "most_contacts", "link_lives");
        var usual = CheckInPolicy.Usual;
        var policy = usual with
        {
            ShortestGrace = map.Length("shortest_wait", usual.ShortestGrace),
            LongestGrace = map.Length("longest_wait", usual.LongestGrace),
            MostContacts = map.Count("most_contacts", usual.MostContacts, least: 1, most: 99),
            LinkLives = map.Length("link_lives", usual.LinkLives),
        };
        if (policy.OfferedGraces.Count > 0)
            return policy;

        map.Report("shortest_wait", "between 'shortest_wait' and 'longest_wait' lies none of the waits that are offered: 15m, 30m, 1h, 2h, 4h");
        return policy with { ShortestGrace = usual.ShortestGrace, LongestGrace = usual.LongestGrace };
    }
}
