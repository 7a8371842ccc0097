using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// Corrects what was told wrongly, with exactly those who were told it and where they were told it. What is not true at all and still
/// waits does not go out any more.
/// </summary>
public sealed class Corrections(IncidentAlerts alerts, Alerts alerting, TextCatalog texts)
{
    /// <param name="text">What is right, in a coordinator's words; null: that it is not true at all.</param>
    /// <returns>How many are told.</returns>
    public async Task<int> SendAsync(Session session, Incident incident, string? text)
    {
        // What is not true at all need not go out any more. What is only told wrongly must: its card is changed behind it.
        if (text is null)
            await session.Incidents.SupersedeUnsentAsync(incident.Id);
        var to = await session.Incidents.ReceivedAsync(incident.Id);
        var view = await IncidentView.OfAsync(session, incident);
        if (to.Count > 0)
        {
            var line = text is null
                ? new Line("triage.retracted", ("code", view.CodeShown), ("what", incident.Kind))
                : new Line("triage.correction", ("code", view.CodeShown), ("text", text));
            var draft = DraftOf(incident, line);
            // In a group nobody knows who reads: there it only hears that what it was told is not so.
            var brief = DraftOf(incident, new Line("triage.corrected-in-group", ("code", view.CodeShown)));
            await alerting.RaiseAsync(
                session, draft, to, one => (one.IsDiscreet, IsBrief: one.IsGroup && text is not null),
                (language, reading) => reading.IsDiscreet
                    ? IncidentCards.Of(
                        view, AlertKind.IncidentAlert, new CardReader(Audience.Advocates) { IsDiscreet = true }, language, texts, session.Now)
                    : new OutgoingMessage((reading.IsBrief ? brief : draft).TextIn(language, texts)), incident.Id);
        }

        await alerts.RefreshAsync(session, view);
        return to.Count;
    }

    /// <summary>The same where what is right is known without a coordinator's words.</summary>
    /// <param name="line">Names nobody: groups read it too.</param>
    /// <param name="isOver">What was to be told of it and still waits need not go out any more.</param>
    public async Task SendAsync(Session session, Incident incident, Line line, bool isOver)
    {
        if (isOver)
            await session.Incidents.SupersedeUnsentAsync(incident.Id);
        var view = await IncidentView.OfAsync(session, incident);
        var draft = DraftOf(incident, line);
        await alerting.RaiseAsync(
            session, draft, await session.Incidents.ReceivedAsync(incident.Id), one => one.IsDiscreet,
            (language, isDiscreet) => isDiscreet
                ? IncidentCards.Of(
                        view, AlertKind.IncidentAlert, new CardReader(Audience.Advocates) { IsDiscreet = true }, language, texts, session.Now)
                : new OutgoingMessage(draft.TextIn(language, texts)), incident.Id);
        await alerts.RefreshAsync(session, view);
    }

    /// <summary>Changes the cards of an incident, and tells nobody anything new.</summary>
    public async Task RefreshAsync(Session session, IncidentId id)
    {
        if (await session.Incidents.FindAsync(id) is { } incident)
            await alerts.RefreshAsync(session, await IncidentView.OfAsync(session, incident));
    }

    private static AlertDraft DraftOf(Incident incident, Line line) => new(
        incident.Case, AlertKind.IncidentCorrection, Severity.Critical,
        $"incident:{incident.Id.Value:N}:{AlertKind.IncidentCorrection}:{incident.Version}", line);
}
