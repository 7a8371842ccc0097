using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using NodaTime;

namespace AlertBot.Workflows.Alerting;

/// <summary>
/// When each reader gets an alert. An urgent one never waits, another waits for the end of a person's quiet hours, and one that is
/// only worth knowing waits for the digest of those who want one.
/// </summary>
/// <param name="ForDigests">One entry for each person, however many addresses they have.</param>
internal sealed record Timing(IReadOnlyList<(Subscriber To, Instant NotBefore)> AtOnce, IReadOnlyList<(PersonId Person, Subscriber To)> ForDigests)
{
    public static async Task<Timing> OfAsync(Session session, AlertDraft draft, IReadOnlyCollection<Subscriber> to)
    {
        if (draft.Severity >= Severity.Urgent)
            return new Timing(to.Select(one => (one, session.Now)).ToList(), []);

        var rhythms = await session.Rhythms.OfAsync(to.Where(one => !one.IsGroup).Select(one => one.Address).ToList());
        var atOnce = new List<(Subscriber, Instant)>();
        var kept = new Dictionary<PersonId, Subscriber>();
        foreach (var one in to)
        {
            if (!rhythms.TryGetValue(one.Address, out var life))
                atOnce.Add((one, session.Now));
            else if (draft.Severity == Severity.Info && life.Rhythm.Digest is not null)
                kept.TryAdd(life.Rhythm.Person, one);
            else
                atOnce.Add((one, life.Rhythm.Quiet?.OpenFrom(session.Now, life.Zone) ?? session.Now));
        }

        return new Timing(atOnce, kept.Select(pair => (pair.Key, pair.Value)).ToList());
    }
}
