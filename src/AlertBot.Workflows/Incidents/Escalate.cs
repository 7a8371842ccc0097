using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary>Does what <see cref="Escalation"/> says about an incident, and tells who is to be told.</summary>
public sealed class Escalate(IncidentAlerts alerts, Alerts alerting, IncidentPolicy policy)
{
    /// <param name="incident">Held by this act.</param>
    /// <returns>The incident as saved.</returns>
    public async Task<Incident> LookAsync(Session session, Incident incident)
    {
        if (await IsHeldBackAsync(session, incident))
            return await WaitingAsync(session, incident);

        var story = await StoryAsync(session, incident);
        var circle = await IncidentCircle.OfAsync(session, incident, story.CannotTake, policy);
        var look = Escalation.Look(incident, policy, circle.Reaches, session.Now);
        switch (look.Move)
        {
            case EscalationMove.Tell:
                return await AgainAsync(
                    session, look.Next, circle.Of(look.Steps), string.Join(',', look.Steps.Select(step => Words.Snake(step.ToString()))));
            case EscalationMove.Repeat:
                return await AgainAsync(session, look.Next, circle.Everywhere, IncidentStory.Repeat);
            case EscalationMove.Ask:
                return await AskAsync(session, incident, look.Next);
            case EscalationMove.OpenAgain:
                return await OpenAgainAsync(session, incident, null);
            default:
                return await session.Incidents.SaveAsync(look.Next);
        }
    }

    /// <summary>Nobody has it any more, and everybody hears of that at once.</summary>
    /// <param name="by">Who gave it away; null: they did not answer.</param>
    public async Task<Incident> OpenAgainAsync(Session session, Incident incident, PersonId? by)
    {
        await session.Incidents.NoteAsync(incident.Id, by, by is null ? IncidentAct.OpenedAgain : IncidentAct.HandedOn);
        var open = Escalation.OpenAgain(incident, policy, session.Now);
        var circle = await IncidentCircle.OfAsync(session, open, new HashSet<PersonId>(), policy);
        // Whoever gave it away knows.
        var others = circle.Everywhere.Where(one => by is null || one.Person != by).ToList();
        var saved = await AgainAsync(session, open, others.Count > 0 ? others : circle.Everywhere, IncidentStory.Repeat);
        await alerts.RefreshAsync(session, await IncidentView.OfAsync(session, saved));
        return saved;
    }

    private async Task<Incident> AgainAsync(
        Session session, Incident next, IReadOnlyCollection<Postgres.Stores.Subscriber> to, string steps)
    {
        var saved = await session.Incidents.SaveAsync(next);
        await session.Incidents.NoteAsync(saved.Id, null, IncidentAct.Told, steps);
        if (to.Count > 0)
            await alerts.TellAsync(session, await IncidentView.OfAsync(session, saved), AlertKind.IncidentAgain, CauseOf(saved), to);
        return saved;
    }

    // One of a flood of reports that name nobody registered: it stands in the queue, and was told to nobody by a card of its own.
    private static async Task<bool> IsHeldBackAsync(Session session, Incident incident) =>
        incident is { Handling: Handling.Open, Case: null, Step: 0 } && (await session.Incidents.CardsAsync(incident.Id)).Count == 0;

    // All of those together are one message an hour, so that a flood wakes nobody two hundred times, and is not forgotten either.
    private async Task<Incident> WaitingAsync(Session session, Incident incident)
    {
        var waiting = (await session.Incidents.OpenAsync()).Count(one => one is { Handling: Handling.Open, Case: null });
        var draft = new AlertDraft(
            null, AlertKind.ReportsWaiting, Severity.Urgent, "waiting:" + (session.Now.ToUnixTimeSeconds() / 3_600).ToString(
                System.Globalization.CultureInfo.InvariantCulture),
            new Line("ack.waiting", ("count", waiting)));
        await alerting.RaiseAsync(session, draft, await Recipients.CoordinatorsAsync(session));
        return await session.Incidents.SaveAsync(incident with { LookAt = session.Now + policy.RepeatEvery });
    }

    // Who cannot be asked any more, because their role or their address is gone, does not have it.
    private async Task<Incident> AskAsync(Session session, Incident before, Incident next)
    {
        if (before.TakenBy is not { } holder || await session.People.FindAsync(holder) is not { } person
            || !await IncidentAccess.MayActAsync(session, before, Actor.Of(person))
            || await session.Addresses.OpenOfAsync([holder]) is not { Count: > 0 } addresses)
            return await OpenAgainAsync(session, before, null);

        var saved = await session.Incidents.SaveAsync(next);
        await session.Incidents.NoteAsync(saved.Id, null, IncidentAct.Asked);
        await alerts.TellAsync(session, await IncidentView.OfAsync(session, saved), AlertKind.IncidentStill, CauseOf(saved), addresses);
        return saved;
    }

    private static async Task<IncidentStory> StoryAsync(Session session, Incident incident) =>
        new(incident, await session.Incidents.EntriesAsync(incident.Id));

    private static string CauseOf(Incident saved) => "v" + saved.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
