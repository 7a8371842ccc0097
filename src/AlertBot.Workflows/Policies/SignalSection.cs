using AlertBot.Domain.Channels;
using AlertBot.Workflows.Configuration;

namespace AlertBot.Workflows.Policies;

/// <summary>The section <c>signal</c>: how many of the strangers that Signal allows are reserved for critical alerts.</summary>
internal static class SignalSection
{
    public const string Name = "signal";

    private const string Reserve = "reserve_for_critical";

    public static SignalPolicy Read(YamlMap root)
    {
        if (root.Map(Name) is not { } map)
        {
            root.Report(Name, $"the section '{Name}' is missing: say how many new people a day are kept for critical alerts");
            return SignalPolicy.Usual;
        }

        map.AllowOnly(Reserve);
        return new SignalPolicy(map.Count(Reserve, SignalPolicy.Usual.ReserveForCritical, least: 0, most: 1_000));
    }
}
