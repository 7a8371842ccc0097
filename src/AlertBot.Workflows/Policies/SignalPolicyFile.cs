using System.Globalization;
using AlertBot.Domain.Channels;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Policies;

/// <summary>The section <c>signal</c> of <c>config/policies.yaml</c>. With a mistake it is as usual, and the mistake is reported.</summary>
public sealed record SignalPolicyFile(SignalPolicy Policy, IReadOnlyList<Problem> Problems)
{
    private const string Section = "signal";
    private const string Reserve = "reserve_for_critical";
    private const int Most = 1_000;

    public static SignalPolicyFile Load(string file)
    {
        try
        {
            return Read(file, File.ReadAllText(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new SignalPolicyFile(SignalPolicy.Usual, [new Problem(file, 1, "the file cannot be read: " + unreadable.Message)]);
        }
    }

    public static SignalPolicyFile Read(string file, string text)
    {
        var problems = new List<Problem>();
        var policy = SignalPolicy.Usual;
        if (new YamlSource(file, problems).Parse(text)?.Map(Section) is { } map)
        {
            map.AllowOnly(Reserve);
            policy = new SignalPolicy(Count(map));
        }

        return new SignalPolicyFile(policy, problems);
    }

    private static int Count(YamlMap map)
    {
        if (map.Text(Reserve) is not { } text)
            return SignalPolicy.Usual.ReserveForCritical;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= Most)
            return count;
        map.Report(Reserve, $"'{text}' is no number of people for '{Reserve}': write 5, or another whole number up to {Most}");
        return SignalPolicy.Usual.ReserveForCritical;
    }
}
