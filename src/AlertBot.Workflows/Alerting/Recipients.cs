using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;

namespace AlertBot.Workflows.Alerting;

/// <summary>Decides who is told.</summary>
public static class Recipients
{
    /// <summary>
    /// The recipients for each case: its reachable followers, or all coordinators if there are none. So an alert never goes to nobody, nor only to
    /// people of whom we do not know that they read it.
    /// </summary>
    public static async Task<Func<CaseId, IReadOnlyCollection<Subscriber>>> OfAsync(Session session, IReadOnlyCollection<CaseId> cases)
    {
        var subscribers = await session.Subscriptions.OpenOfAsync(cases);
        bool IsHeard(CaseId @case) => subscribers[@case].Any(one => one is { IsUnconfirmed: false, IsCodeOnly: false });
        var coordinators = cases.All(IsHeard) ? [] : await CoordinatorsAsync(session);
        return @case => IsHeard(@case)
            ? subscribers[@case].ToList()
            : subscribers[@case].Concat(coordinators).DistinctBy(one => one.Address).ToList();
    }

    public static Task<IReadOnlyList<Subscriber>> CoordinatorsAsync(Session session) => session.Addresses.OpenWithRoleAsync(Role.Coordinator);
}
