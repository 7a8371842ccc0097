using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
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
    /// <summary>It is over, or was never so: whoever was told of it, follows the case or coordinates hears how it ended and who decided.</summary>
    public async Task ClosedAsync(Session session, Incident incident)
    {
        var line = incident.Standing == Standing.Retracted ? "triage.retracted" : "ack.closed-told";
        await EndedAsync(
            session, incident, code => new Line(line, ("code", code), ("what", incident.Kind), ("outcome", incident.Outcome!.Value)));
    }

    /// <summary>The same event stood on file twice: it goes on under the other code.</summary>
    public Task JoinedAsync(Session session, Incident closed, Incident kept) =>
        EndedAsync(session, closed, code => new Line("triage.joined-told", ("code", code), ("other", kept.Code.Text)));

    private async Task EndedAsync(Session session, Incident incident, Func<string, Line> said)
    {
        await session.Incidents.SupersedeUnsentAsync(incident.Id);
        var view = await IncidentView.OfAsync(session, incident);
        var followers = incident.Case is { } @case ? (await session.Subscriptions.OpenOfAsync([@case]))[@case] : [];
        var to = (await session.Incidents.ReceivedAsync(incident.Id)).Concat(followers).Concat(await Recipients.CoordinatorsAsync(session))
            .DistinctBy(one => one.Address).ToList();
        var head = said(view.CodeShown);
        var role = session.Actor.Person?.Role ?? Role.Owner;
        var by = new Line("ack.decided-by", ("role", role), ("sign", session.Actor.Person?.Shown ?? "–"));
        IReadOnlyList<(string, string)> undo = [("ack.is-wrong", $"inc:reopen:{incident.Code.Text}")];
        var draft = DraftOf(incident, head, by) with { Buttons = [undo] };
        // In a group the name of a colleague is nobody's business.
        var brief = DraftOf(incident, head, new Line("ack.decided-by-role", ("role", role))) with { Buttons = [undo] };
        await alerting.RaiseAsync(
            session, draft, to, one => (one.IsDiscreet, one.IsGroup),
            (language, reading) => reading.IsDiscreet
                ? Hidden(session, view, language)
                : (reading.IsGroup ? brief : draft).MessageIn(language, texts), incident.Id);
        await alerts.RefreshAsync(session, view);
    }

    /// <param name="text">What is right, in a coordinator's words.</param>
    /// <returns>How many are told.</returns>
    public async Task<int> SendAsync(Session session, Incident incident, string text)
    {
        var to = await session.Incidents.ReceivedAsync(incident.Id);
        var view = await IncidentView.OfAsync(session, incident);
        if (to.Count > 0)
        {
            var draft = DraftOf(incident, new Line("triage.correction", ("code", view.CodeShown), ("text", text)));
            // In a group nobody knows who reads: there it only hears that what it was told is not so.
            var brief = DraftOf(incident, new Line("triage.corrected-in-group", ("code", view.CodeShown)));
            await alerting.RaiseAsync(
                session, draft, to, one => (one.IsDiscreet, one.IsGroup),
                (language, reading) => reading.IsDiscreet
                    ? Hidden(session, view, language)
                    : new OutgoingMessage((reading.IsGroup ? brief : draft).TextIn(language, texts)), incident.Id);
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
                ? Hidden(session, view, language)
                : new OutgoingMessage(draft.TextIn(language, texts)), incident.Id);
        await alerts.RefreshAsync(session, view);
    }

    /// <summary>Changes the cards of an incident, and tells nobody anything new.</summary>
    public async Task RefreshAsync(Session session, IncidentId id)
    {
        if (await session.Incidents.FindAsync(id) is { } incident)
            await alerts.RefreshAsync(session, await IncidentView.OfAsync(session, incident));
    }

    private OutgoingMessage Hidden(Session session, IncidentView view, string language) => IncidentCards.Of(
        view, AlertKind.IncidentAlert, new CardReader(Audience.Advocates) { IsDiscreet = true }, language, texts, session.Now);

    private static AlertDraft DraftOf(Incident incident, params IReadOnlyList<Line> lines) => new(
        incident.Case, AlertKind.IncidentCorrection, Severity.Critical,
        $"incident:{incident.Id.Value:N}:{AlertKind.IncidentCorrection}:{incident.Version}", lines);
}
