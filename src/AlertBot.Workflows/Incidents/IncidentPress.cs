using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Chat;

namespace AlertBot.Workflows.Incidents;

/// <summary><c>inc:ACT:CODE</c> under the card of an incident.</summary>
public sealed class IncidentPress(
    TakeIncident take, AnswerIncident answer, NoteOnIncident note, NoteConversation asking, IncidentEnding ending, FollowAndTake follow) : IPress
{
    public string Prefix => "inc";

    public async Task PressAsync(Talk talk, string data)
    {
        var parts = data.Split(':', 2);
        if (parts.Length < 2 || !IncidentCode.TryParse(parts[1], out var code) || talk.Person is null
            || await IncidentAccess.FindAsync(talk.Session, code) is not { } incident)
        {
            if (parts.Length < 2 || !IncidentCode.TryParse(parts[1], out var other) || !await follow.PressAsync(talk, parts[0], other))
                talk.Notice("incident.not-allowed");
            return;
        }

        // Whoever opens it has read it: the reporter hears that somebody did.
        if (parts[0] is "more" or "card" or "show")
            await talk.Session.Incidents.NoteOnceAsync(incident.Id, talk.Person.Id, IncidentAct.Read);
        switch (parts[0])
        {
            case "take":
                await TakeAsync(talk, incident);
                break;
            case "cant":
                Say(talk, await answer.CannotAsync(talk.Session, incident.Id), "ack.cannot-noted");
                break;
            case "still":
                Say(talk, await answer.StillAsync(talk.Session, incident.Id), "ack.still-noted");
                break;
            case "hand":
                Say(talk, await answer.HandOnAsync(talk.Session, incident.Id), "ack.handed-on");
                break;
            case "lawyer":
                talk.Notice(await note.RunAsync(talk.Session, incident.Id, null) ? "ack.noted" : "incident.is-closed");
                break;
            case "note":
                await asking.BeginAsync(talk, incident);
                break;
            case "more":
                await DetailsAsync(talk, incident);
                break;
            case "card" when !talk.IsGroup:
                await CardAsync(talk, incident, isNew: true);
                return;
            case "show" or "hide" when !talk.IsGroup:
                await ShowAsync(talk, incident, isShown: parts[0] == "show");
                return;
            case ['e', ..] when await ending.PressAsync(talk, incident, parts[0]):
                return;
            default:
                talk.Notice("button.stale");
                return;
        }

        await RedrawAsync(talk, incident);
    }

    private async Task TakeAsync(Talk talk, Incident incident)
    {
        var outcome = await take.RunAsync(talk.Session, incident.Id);
        talk.Notice(outcome switch
        {
            TakeOutcome.Taken => "incident.you-have-it",
            TakeOutcome.YoursAlready => "incident.you-had-it",
            TakeOutcome.TakenBefore => "incident.taken-before",
            TakeOutcome.Closed => "incident.is-closed",
            _ => "incident.not-allowed",
        });
        // Whoever takes it in a group has seen no more than a code.
        if (outcome == TakeOutcome.Taken && talk.IsGroup && await talk.Session.Incidents.FindAsync(incident.Id) is { } taken)
            await PrivatelyAsync(talk, taken);
    }

    private static void Say(Talk talk, AnswerOutcome outcome, string done) => talk.Notice(outcome switch
    {
        AnswerOutcome.Done => done,
        AnswerOutcome.NextAreTold => "ack.next-are-told",
        AnswerOutcome.SaidBefore => "ack.cannot-noted",
        AnswerOutcome.IsYours => "ack.is-yours",
        AnswerOutcome.IsTaken => "ack.is-taken",
        AnswerOutcome.NotYours => "ack.not-yours",
        AnswerOutcome.Closed => "incident.is-closed",
        _ => "incident.not-allowed",
    });

    private static async Task DetailsAsync(Talk talk, Incident incident)
    {
        if (talk.IsGroup)
            talk.Notice(await PrivatelyAsync(talk, incident) ? "ack.see-private" : "ack.begin-private");
        else
            talk.Reply(await IncidentDetails.OfAsync(talk.Session, incident, talk.Person!, talk.Texts));
    }

    // Names go to the one who asked, and never into the group.
    private static async Task<bool> PrivatelyAsync(Talk talk, Incident incident)
    {
        var person = talk.Person!;
        var to = (await talk.Session.Addresses.OpenOfAsync([person.Id])).FirstOrDefault(one => one.Channel == talk.Here.At.Channel);
        if (to is null)
            return false;

        var view = await IncidentView.OfAsync(talk.Session, incident);
        var details = await IncidentDetails.OfAsync(talk.Session, incident, person, talk.Texts);
        var reader = CardReader.Of(to, view);
        var message = reader.IsHidden
            ? IncidentCards.Of(view, AlertKind.IncidentAlert, reader, person.Language, talk.Texts, talk.Now)
            : new OutgoingMessage(details, IncidentButtons.Of(view, reader, person.Language, talk.Texts));
        await talk.Session.Outbox.AddAsync(new NewDelivery(
            $"details:{talk.UpdateId:N}", to.Address, to.Channel, DeliveryPriority.Answer, message, talk.Texts.Say(person.Language, "alert.repeat"),
            talk.Now, talk.Now + Urgency.WorthSendingFor(Severity.Urgent)));
        return true;
    }

    // Cards that belong to an alert are changed by the act itself; one that was asked for is changed here.
    private static async Task RedrawAsync(Talk talk, Incident incident)
    {
        if (!talk.IsGroup && talk.Update.About is { } message && await talk.Session.Incidents.CardAtAsync(incident.Id, talk.Here.Id, message) is null)
            await CardAsync(talk, incident, isNew: false);
    }

    private static async Task ShowAsync(Talk talk, Incident incident, bool isShown)
    {
        if (talk.Update.About is { } message && await talk.Session.Incidents.CardAtAsync(incident.Id, talk.Here.Id, message) is { } card)
        {
            await talk.Session.Incidents.SetShownAsync(card.Delivery, isShown);
            await CardAsync(talk, incident, isNew: false, card.Kind, isShown);
        }
        else
        {
            await CardAsync(talk, incident, isNew: false, isShown: isShown);
        }
    }

    private static async Task CardAsync(Talk talk, Incident incident, bool isNew, AlertKind? kind = null, bool isShown = true)
    {
        if (await talk.Session.Incidents.FindAsync(incident.Id) is not { } now)
            return;
        var view = await IncidentView.OfAsync(talk.Session, now);
        var reader = CardReader.Of(
            new Subscriber(talk.Here.Id, talk.Here.At.Channel, talk.Language, IsGroup: false)
            {
                Role = talk.Person!.Role,
                Person = talk.Person.Id,
                IsDiscreet = talk.Person.IsDiscreet,
            },
            view, isShown);
        var card = IncidentCards.Of(view, kind ?? AlertKind.IncidentAlert, reader, talk.Language, talk.Texts, talk.Now);
        if (isNew)
            talk.Reply(card.Text, card.Choices);
        else
            talk.EditPressed(card.Text, card.Choices);
    }
}
