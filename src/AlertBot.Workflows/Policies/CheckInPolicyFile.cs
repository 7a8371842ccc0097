using AlertBot.Domain.CheckIns;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Policies;

/// <summary>
/// The section <c>check_in</c> of <c>config/policies.yaml</c>. A value with a mistake is as it usually is, and the mistake is reported.
/// </summary>
public sealed record CheckInPolicyFile(CheckInPolicy Policy, IReadOnlyList<Problem> Problems)
{
    private const string Section = "check_in";

    public static CheckInPolicyFile Load(string file)
    {
        try
        {
            return Read(file, File.ReadAllText(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new CheckInPolicyFile(CheckInPolicy.Usual, [new Problem(file, 1, "the file cannot be read: " + unreadable.Message)]);
        }
    }

    public static CheckInPolicyFile Read(string file, string text)
    {
        var problems = new List<Problem>();
        var policy = CheckInPolicy.Usual;
        if (new YamlSource(file, problems).Parse(text) is { } root)
        {
            if (root.Map(Section) is { } map)
                policy = Read(map);
            else
                root.Report(Section, $"the section '{Section}' is missing: say within which bounds people at risk are asked");
        }

        return new CheckInPolicyFile(policy, problems);
    }

    private static CheckInPolicy Read(YamlMap map)
    {
        map.AllowOnly("shortest_wait", "longest_wait", "most_contacts", "link_lives");
        var usual = CheckInPolicy.Usual;
        var policy = usual with
        {
            ShortestGrace = IncidentPolicyFile.Length(map, "shortest_wait", usual.ShortestGrace),
            LongestGrace = IncidentPolicyFile.Length(map, "longest_wait", usual.LongestGrace),
            MostContacts = IncidentPolicyFile.Count(map, "most_contacts", usual.MostContacts),
            LinkLives = IncidentPolicyFile.Length(map, "link_lives", usual.LinkLives),
        };
        if (policy.OfferedGraces.Count > 0)
            return policy;

        map.Report("shortest_wait", "between 'shortest_wait' and 'longest_wait' lies none of the waits that are offered: 15m, 30m, 1h, 2h, 4h");
        return policy with { ShortestGrace = usual.ShortestGrace, LongestGrace = usual.LongestGrace };
    }
}
