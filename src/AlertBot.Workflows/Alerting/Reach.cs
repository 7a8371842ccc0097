using AlertBot.Postgres;
using AlertBot.Postgres.Stores;

namespace AlertBot.Workflows.Alerting;

/// <summary>
/// Chooses where a person with accounts on several messengers is told first: on the preferred messenger, or on the first one they had. The others
/// serve if that fails (<see cref="FallBack"/>).
/// </summary>
internal static class Reach
{
    /// <summary>Keeps, for each person, the accounts on one messenger. Groups stay.</summary>
    public static async Task<IReadOnlyCollection<Subscriber>> FirstOfAsync(Session session, IReadOnlyCollection<Subscriber> to)
    {
        var first = AskFirstOf(session, to);
        await session.AskAsync(first);
        return first.Answer;
    }

    /// <inheritdoc cref="FirstOfAsync"/>
    public static Question<IReadOnlyCollection<Subscriber>> AskFirstOf(Session session, IReadOnlyCollection<Subscriber> to)
    {
        var people = to.Where(IsRouted).Select(one => one.Person!.Value).Distinct().ToList();
        if (people.Count == 0)
            return Question.Known(to);

        var open = session.Addresses.AskOpenOf(people);
        return Question.Of<IReadOnlyCollection<Subscriber>>(
            () =>
            {
                var accounts = open.Answer.ToLookup(one => one.Person!.Value);
                return to.SelectMany(one => IsRouted(one) ? FirstOf(accounts[one.Person!.Value].ToList()) ?? [one] : [one])
                    .DistinctBy(one => one.Address).ToList();
            },
            open);
    }

    private static bool IsRouted(Subscriber one) => one is { IsGroup: false, IsChosen: false, Person: not null };

    // Null if no account is open; the recipients then stay as they are.
    private static List<Subscriber>? FirstOf(List<Subscriber> open)
    {
        if (open.Count == 0)
            return null;
        // A person who never answered on a messenger is not relied on there.
        if (open.Any(one => !one.IsUnconfirmed))
            open = open.Where(one => !one.IsUnconfirmed).ToList();
        var channel = open.FirstOrDefault(one => one.Channel == one.Prefers)?.Channel ?? open[0].Channel;
        return open.Where(one => one.Channel == channel).ToList();
    }
}
