using AlertBot.Postgres;
using AlertBot.Postgres.Stores;

namespace AlertBot.Workflows.Alerting;

/// <summary>
/// Where a person with accounts on several messengers is told first: on the messenger that they like best, or had first. The others
/// are for when that does not reach them (<see cref="FallBack"/>).
/// </summary>
internal static class Reach
{
    /// <summary>The same people and groups, each person at the accounts of one messenger.</summary>
    public static async Task<IReadOnlyCollection<Subscriber>> FirstOfAsync(Session session, IReadOnlyCollection<Subscriber> to)
    {
        var people = to.Where(IsRouted).Select(one => one.Person!.Value).Distinct().ToList();
        if (people.Count == 0)
            return to;

        var open = (await session.Addresses.OpenOfAsync(people)).ToLookup(one => one.Person!.Value);
        return to.SelectMany(one => IsRouted(one) ? FirstOf(open[one.Person!.Value].ToList()) ?? [one] : [one])
            .DistinctBy(one => one.Address).ToList();
    }

    private static bool IsRouted(Subscriber one) => one is { IsGroup: false, IsChosen: false, Person: not null };

    // Null: none is open, so what was meant stays as it is.
    private static List<Subscriber>? FirstOf(List<Subscriber> open)
    {
        if (open.Count == 0)
            return null;
        // Whoever never answered on one messenger is not relied on there.
        if (open.Any(one => !one.IsUnconfirmed))
            open = open.Where(one => !one.IsUnconfirmed).ToList();
        var channel = open.FirstOrDefault(one => one.Channel == one.Prefers)?.Channel ?? open[0].Channel;
        return open.Where(one => one.Channel == channel).ToList();
    }
}
