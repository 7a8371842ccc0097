using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// Many reports at once of people whom nobody registered: an attack, or a raid. Each is kept and stands in the queue, but the
/// coordinators are not woken for each. What names a registered person is never held back.
/// </summary>
public sealed class ReportFlood(Alerts alerting, TextCatalog texts)
{
    private const int OneByOne = 5;
    private static readonly Duration Within = Duration.FromMinutes(10);

    /// <summary>Whether there are so many that this one is not told by a card of its own. One message says so, and its number grows.</summary>
    public async Task<bool> HoldsBackAsync(Session session, IReadOnlyCollection<Subscriber> coordinators)
    {
        var count = await session.Incidents.CountUnknownAsync(session.Now - Within);
        if (count <= OneByOne)
            return false;

        var line = new Line("triage.flood", ("count", count));
        var cards = await session.Incidents.FloodCardsAsync(session.Now - Within);
        if (cards.Count == 0)
        {
            var draft = new AlertDraft(null, AlertKind.ReportFlood, Severity.Urgent, $"flood:{session.Now.ToUnixTimeTicks()}", line);
            await alerting.RaiseAsync(session, draft, coordinators);
            return true;
        }

        var readers = coordinators.ToDictionary(one => one.Address);
        await session.Outbox.SupersedeEditsAsync(cards.Select(card => card.Id).ToList());
        await session.Outbox.AddAsync(cards.Where(card => readers.ContainsKey(card.To)).Select(card => new NewDelivery(
            $"flood:{card.Id.Value:N}:{Guid.CreateVersion7():N}", card.To, readers[card.To].Channel, DeliveryPriority.Urgent,
            new OutgoingMessage(line.In(readers[card.To].Language, texts)), texts.Say(readers[card.To].Language, "alert.repeat"),
            session.Now, session.Now + Within)
        {
            Edits = card.Id,
        }).ToList());
        return true;
    }
}
