using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary>Tells people of an incident, and changes what they were told when it changes.</summary>
public sealed class IncidentAlerts(Alerts alerting, TextCatalog texts)
{
    /// <summary>Begins the cause of a telling whose recipients a coordinator chose.</summary>
    public const string Chosen = "to:";

    /// <summary>Tells these addresses, each in the rendering for whoever reads there.</summary>
    /// <param name="cause">What makes this telling another than the ones before: the same cause is told once.</param>
    /// <param name="followers">Who is cleared for its case, if the act has just read that.</param>
    public async Task<bool> TellAsync(
        Session session, IncidentView view, AlertKind kind, string cause, IReadOnlyCollection<Subscriber> to,
        IReadOnlySet<AddressId>? followers = null) =>
        await Alerts.RaiseAsync(session, [await PrepareAsync(session, view, kind, cause, to, followers)]);

    /// <inheritdoc cref="TellAsync"/>
    internal async Task<PreparedAlert> PrepareAsync(
        Session session, IncidentView view, AlertKind kind, string cause, IReadOnlyCollection<Subscriber> to,
        IReadOnlySet<AddressId>? followers = null)
    {
        var draft = new AlertDraft(
            view.Incident.Case, kind, Severity.Critical, $"incident:{view.Incident.Id.Value:N}:{kind}:{cause}",
            new Line("incident.head-alert", ("code", view.CodeShown), ("what", view.Incident.Kind)));
        // Whom a coordinator chooses by hand is cleared by that.
        var cleared = view.File is { } file && !cause.StartsWith(Chosen, StringComparison.Ordinal)
            ? followers ?? await session.Subscriptions.ClearedAsync(file.Id, view.Incident.Id)
            : null;
        return alerting.Prepare(
            session, draft, to, reader => CardReader.Of(Cleared(reader, view, cleared), view),
            (language, reader) => IncidentCards.Of(view, kind, reader, language, texts, session.Now), view.Incident.Id);
    }

    /// <summary>Changes every message that shows the incident, wherever it hangs, to how it stands now.</summary>
    public async Task RefreshAsync(Session session, IncidentView view) =>
        await RefreshAsync(session, view, await session.Incidents.CardsAsync(view.Incident.Id));

    /// <summary>The same of some cards: those written in the same act show it as it stands already.</summary>
    public async Task RefreshAsync(Session session, IncidentView view, IReadOnlyList<IncidentCard> cards)
    {
        if (cards.Count == 0)
            return;
        await session.Outbox.SupersedeEditsAsync(cards.Select(card => card.Delivery).ToList());

        var cleared = view.File is { } file ? await session.Subscriptions.ClearedAsync(file.Id, view.Incident.Id) : null;
        var edits = new List<NewDelivery>();
        foreach (var card in cards)
        {
            if (await session.Addresses.FindAsync(card.At) is not { IsDark: false } address)
                continue;
            var reader = await ReaderAsync(session, address);
            var language = reader.Language;
            edits.Add(new NewDelivery(
                $"card:{card.Delivery.Value:N}:{view.Incident.Version}", address.Id, address.At.Channel, DeliveryPriority.Now,
                IncidentCards.Of(view, card.Kind, CardReader.Of(Cleared(reader, view, cleared), view, card.IsShown), language, texts, session.Now),
                texts.Say(language, "alert.repeat"), session.Now,
                session.Now + Urgency.WorthSendingFor(Severity.Critical))
            {
                Edits = card.Delivery,
            });
        }

        await session.Outbox.AddAsync(edits);
    }

    /// <summary>A card as whoever reads at that address would see it now; null: the incident is over, and nobody need be told any more.</summary>
    public async Task<OutgoingMessage?> CardAsync(Session session, IncidentId id, AlertKind kind, AddressId at)
    {
        if (await session.Incidents.FindAsync(id) is not { Handling: not Handling.Closed, Standing: not Standing.Retracted } incident
            || await session.Addresses.FindAsync(at) is not { } address)
            return null;

        var view = await IncidentView.OfAsync(session, incident);
        var cleared = view.File is { } file ? await session.Subscriptions.ClearedAsync(file.Id, id) : null;
        var reader = await ReaderAsync(session, address);
        return IncidentCards.Of(view, kind, CardReader.Of(Cleared(reader, view, cleared), view), reader.Language, texts, session.Now);
    }

    private static async Task<Subscriber> ReaderAsync(Session session, Address address)
    {
        var owner = address.Person is { } id ? await session.People.FindAsync(id) : null;
        return new Subscriber(address.Id, address.At.Channel, owner?.Language ?? address.Language, address.IsGroup)
        {
            Role = owner?.Role,
            Person = owner?.Id,
            IsDiscreet = owner?.IsDiscreet == true,
        };
    }

    // Whoever may not see the case, or not any more, reads what groups read, however the message finds them.
    private static Subscriber Cleared(Subscriber reader, IncidentView view, IReadOnlySet<AddressId>? followers) => reader with
    {
        IsCodeOnly = followers is not null && reader is { IsGroup: false, Role: Role.Advocate } && !followers.Contains(reader.Address)
            && (reader.Person is not { } person || view.Incident.TakenBy != person),
    };
}
