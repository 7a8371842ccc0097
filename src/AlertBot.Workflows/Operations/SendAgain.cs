using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Operations;

/// <summary>
/// Sends an alert once more that did not arrive, at an owner's word. It says of when it is, and that it may be a repeat where nobody knows. It passes
/// the same gate as every message: nothing of it reaches whoever may no longer be told.
/// </summary>
public sealed class SendAgain(IncidentAlerts incidents, TextCatalog texts)
{
    public static readonly AuditAct Act = new("delivery.again");

    public async Task<SentAgain> RunAsync(Session session, DeliveryId id)
    {
        if (!session.Actor.MayActAs(Role.Owner))
            return SentAgain.NotAllowed;
        if (await session.Outbox.TakeLostAsync(id) is not { } lost || await session.Addresses.FindAsync(lost.To) is not { } to)
            return SentAgain.NotFound;
        var reason = OutboxStore.AgainOf(id);
        if (await session.Outbox.HasAsync(reason, lost.To))
            return SentAgain.Before;
        if (!lost.CanGo || await MessageOfAsync(session, lost) is not { } message)
            return SentAgain.Over;

        var owner = to.Person is { } person ? await session.People.FindAsync(person) : null;
        var language = owner?.Language ?? to.Language;
        var zone = owner?.Zone ?? DateTimeZone.Utc;
        var repeat = texts.Say(language, "alert.repeat");
        var head = texts.Say(language, "alert.again", ("at", lost.Since.InZone(zone)));
        if (lost.IsUnclear)
            head = repeat + RichText.Of("\n") + head;
        var added = await session.Outbox.AddAsync(new NewDelivery(
            reason, to.Id, to.At.Channel, Urgency.PriorityOf(lost.Severity), message with { Text = head + RichText.Of("\n") + message.Text }, repeat,
            session.Now, session.Now + Urgency.WorthSendingFor(lost.Severity))
        {
            Alert = lost.Alert,
            Needs = lost.Needs,
        });
        if (added == 0)
            return SentAgain.MayNotBeTold;

        await session.Audit.AddAsync(session.Actor.Id, Act, lost.Alert.Value, id.Value.ToString("N"));
        return SentAgain.Done;
    }

    private async Task<OutgoingMessage?> MessageOfAsync(Session session, LostDelivery lost) => lost.Incident is { } incident
        ? await incidents.CardAsync(session, incident, lost.Kind, lost.To)
        : lost.Message;
}

/// <summary>What came of sending an alert again.</summary>
public enum SentAgain
{
    Done,
    NotAllowed,
    NotFound,

    /// <summary>Somebody did it before.</summary>
    Before,

    /// <summary>There is nothing left to tell: it was withdrawn, is over, or its words are no longer kept.</summary>
    Over,

    /// <summary>The address may not be told this any more.</summary>
    MayNotBeTold,
}
