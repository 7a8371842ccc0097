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
        var (subscribers, coordinators) = (session.Subscriptions.AskOpenOf(cases), AskCoordinators(session));
        await session.AskAsync(subscribers, coordinators);
        return @case => Of(subscribers.Answer[@case].ToList(), coordinators.Answer);
    }

    /// <summary>Those of one case.</summary>
    /// <param name="coordinators">The question of <see cref="AskCoordinators"/>.</param>
    public static Question<IReadOnlyCollection<Subscriber>> Ask(
        Session session, CaseId @case, Question<IReadOnlyList<Subscriber>> coordinators)
    {
        var subscribers = session.Subscriptions.AskOpenOf([@case]);
        return Question.Of(() => Of(subscribers.Answer[@case].ToList(), coordinators.Answer), subscribers, coordinators);
    }

    public static Task<IReadOnlyList<Subscriber>> CoordinatorsAsync(Session session) => session.Addresses.OpenWithRoleAsync(Role.Coordinator);

    public static Question<IReadOnlyList<Subscriber>> AskCoordinators(Session session) => session.Addresses.AskOpenWithRole(Role.Coordinator);

    private static IReadOnlyCollection<Subscriber> Of(IReadOnlyCollection<Subscriber> followers, IReadOnlyCollection<Subscriber> coordinators) =>
        followers.Any(one => one is { IsUnconfirmed: false, IsCodeOnly: false })
            ? followers
            : followers.Concat(coordinators).DistinctBy(one => one.Address).ToList();
}
