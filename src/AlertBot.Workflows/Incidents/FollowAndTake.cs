using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// An advocate presses [I'm on it] in a group that hears of a case which they do not follow themselves. They are offered in private to
/// follow it and take it with one press; coordinators hear of it with sound, since whoever follows reads the file. In a group that a coordinator
/// chose for this one incident they take it at once: they were told by that choice, and the file stays closed to them.
/// </summary>
public sealed class FollowAndTake(TakeIncident take, IncidentAlerts alerts, TellNews news)
{
    /// <returns>False: it is nothing of this, or they may not.</returns>
    public async Task<bool> PressAsync(Talk talk, string act, IncidentCode code)
    {
        if (!talk.May(Role.Advocate) || talk.Person is not { } person
            || await talk.Session.Incidents.FindAsync(code) is not { Handling: not Handling.Closed } incident)
            return false;
        if (act is "take" or "more" && talk.IsGroup && await talk.Session.Subscriptions.WasToldAsync(incident.Id, talk.Here.Id))
            return await ChosenAsync(talk, incident, person, isTaken: act == "take");
        if (incident.Case is not { } @case)
            return false;
        var offer = $"follow:{incident.Id.Value:N}:{person.Id.Value:N}";
        if (act is "take" or "more" && talk.IsGroup && await talk.Session.Subscriptions.HasAsync(@case, talk.Here.Id))
            return await OfferAsync(talk, incident, person, offer);
        if (act != "follow" || talk.IsGroup || !await talk.Session.Outbox.HasAsync(offer, talk.Here.Id))
            return false;

        if (!await talk.Session.Subscriptions.AddAsync(@case, talk.Here.Id, person.Id))
            await talk.Session.Subscriptions.ConfirmAsync(@case, talk.Here.Id);
        await talk.Session.Audit.AddAsync(person.Id, AuditAct.CaseFollowed, @case.Value, talk.Here.Id.Value.ToString("N"));
        var outcome = await take.RunAsync(talk.Session, incident.Id);
        if (await talk.Session.Incidents.FindAsync(incident.Id) is { } now)
            await news.FollowedAsync(talk.Session, now, person.Id);
        talk.EditPressed(talk.Texts.Say(
            talk.Language, outcome == TakeOutcome.Taken ? "follow.taken" : "follow.follows", ("code", incident.Code.Text)),
            [[talk.Button("button.card", $"inc:card:{incident.Code.Text}")]]);
        return true;
    }

    // The card in private is what clears them, and where they read the rest.
    private async Task<bool> ChosenAsync(Talk talk, Incident incident, Person person, bool isTaken)
    {
        if (await PrivatelyAsync(talk, person) is not { } to)
        {
            talk.Notice("ack.begin-private");
            return true;
        }

        var before = await talk.Session.Incidents.CardsAsync(incident.Id);
        await alerts.TellAsync(
            talk.Session, await IncidentView.OfAsync(talk.Session, incident), AlertKind.IncidentAlert,
            $"{IncidentAlerts.Chosen}{talk.Here.Id.Value:N}:{person.Id.Value:N}", [to]);
        var outcome = isTaken ? await take.RunAsync(talk.Session, incident.Id) : TakeOutcome.NotAllowed;
        if (outcome == TakeOutcome.NotAllowed && await talk.Session.Incidents.TakeAsync(incident.Id) is { } now)
            await alerts.RefreshAsync(talk.Session, await IncidentView.OfAsync(talk.Session, await talk.Session.Incidents.SaveAsync(now)), before);
        talk.Notice(outcome switch
        {
            TakeOutcome.Taken => "incident.you-have-it",
            TakeOutcome.TakenBefore => "incident.taken-before",
            _ => "ack.see-private",
        });
        return true;
    }

    private static async Task<Subscriber?> PrivatelyAsync(Talk talk, Person person) =>
        (await talk.Session.Addresses.OpenOfAsync([person.Id])).FirstOrDefault(one => one.Channel == talk.Here.At.Channel);

    private static async Task<bool> OfferAsync(Talk talk, Incident incident, Person person, string offer)
    {
        if (await PrivatelyAsync(talk, person) is not { } to)
        {
            talk.Notice("ack.begin-private");
            return true;
        }

        var choices = new[] { new[] { new Choice(talk.Texts.Plain(person.Language, "follow.button"), $"inc:follow:{incident.Code.Text}") } };
        await talk.Session.Outbox.AddAsync(new NewDelivery(
            offer, to.Address, to.Channel, DeliveryPriority.Answer,
            new OutgoingMessage(talk.Texts.Say(person.Language, "follow.offer", ("code", incident.Code.Text)), choices),
            talk.Texts.Say(person.Language, "alert.repeat"), talk.Now, talk.Now + Urgency.WorthSendingFor(Severity.Urgent)));
        talk.Notice("ack.see-private");
        return true;
    }
}
