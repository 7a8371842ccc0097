using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// Something new about an incident that people know already. It is a message with sound to whoever has it and to coordinators, in the
/// reporter's words: a card that changes makes no sound. What was closed is open again by it.
/// </summary>
public sealed class TellNews(Alerts alerting, IncidentAlerts alerts, AlertCards cards, IncidentPolicy policy, TextCatalog texts)
{
    /// <summary>The reporter says something more.</summary>
    public const string Added = "added";

    /// <summary>The reporter changed what they had written.</summary>
    public const string Changed = "changed";

    /// <summary>The reporter answered a question.</summary>
    public const string Answered = "answered";

    /// <summary>The reporter says that how it ended is wrong.</summary>
    public const string Wrong = "wrong";

    // So many in ten minutes are told one by one; of more than that, one message every two minutes says how many there are.
    private const int OneByOne = 8;
    private const int LongestWords = 1_000;
    private static readonly Duration Within = Duration.FromMinutes(10);
    private static readonly Duration Together = Duration.FromMinutes(2);

    /// <param name="incident">Held by this act.</param>
    /// <param name="words">In the reporter's words; empty: a file or a place says it.</param>
    /// <param name="except">Who hears of it otherwise.</param>
    /// <returns>The incident as saved.</returns>
    public async Task<Incident> ToldAsync(
        Session session, Incident incident, ReportId report, string how, string words, IReadOnlyCollection<Subscriber>? except = null)
    {
        incident = await OpenAgainAsync(session, incident);
        var view = await IncidentView.OfAsync(session, incident);
        var latest = view.Story.Entries.Count(entry => entry.Act == IncidentAct.Added && entry.At > session.Now - Within);
        if (latest <= OneByOne)
        {
            var line = new Line(
                "news." + how, ("code", view.CodeShown), ("at", session.Now.InZone(view.Zone)), ("text", IncidentCards.Cut(words, LongestWords)));
            await SendAsync(session, view, line, CauseOf(report, view), except);
        }
        else
        {
            var slot = session.Now.ToUnixTimeSeconds() / (long)Together.TotalSeconds;
            await SendAsync(
                session, view, new Line("news.many", ("code", view.CodeShown), ("count", latest)),
                "m" + slot.ToString(CultureInfo.InvariantCulture), except);
        }

        return incident;
    }

    /// <summary>Another report of it.</summary>
    /// <param name="line">What is new in it.</param>
    public Task<bool> ReportedAsync(
        Session session, IncidentView view, ReportId report, Line line, IReadOnlyList<(string Key, string Data)>? buttons = null) =>
        SendAsync(session, view, line, CauseOf(report, view), null, buttons);

    /// <summary>Somebody follows its case from now on, by a press in a group.</summary>
    public async Task FollowedAsync(Session session, Incident incident, Domain.People.PersonId by)
    {
        var view = await IncidentView.OfAsync(session, incident);
        await SendAsync(
            session, view, new Line("news.follows", ("code", view.CodeShown), ("sign", Domain.People.PersonSign.Of(by))),
            $"follows:{by.Value:N}", null);
    }

    /// <summary>A reporter says that it was not meant. Coordinators decide what that means.</summary>
    public async Task NotMeantAsync(Session session, IncidentId id, ReportId report)
    {
        if (await session.Incidents.TakeAsync(id) is { } incident)
            await BackAsync(session, incident, report, IncidentAct.NotMeant);
    }

    /// <summary>A reporter deleted what they told: its words go from every message that carried them, and coordinators hear that.</summary>
    public async Task WithdrawnAsync(Session session, IncidentId id, ReportId report)
    {
        if (await session.Incidents.TakeAsync(id) is not { } incident)
            return;
        var code = (await IncidentView.OfAsync(session, incident)).CodeShown;
        await cards.ReplaceAsync(session, KeyOf(id, report), new Line("news.gone", ("code", code)));
        foreach (var entry in (await session.Incidents.EntriesAsync(id)).Where(entry => entry is { Act: IncidentAct.Digest, Detail: not null }))
            await cards.ReplaceAsync(session, entry.Detail!, new Line("news.gone", ("code", code)));
        var isUntold = await session.Alerts.ForgetUntoldAsync(id);
        incident = await BackAsync(session, incident, report, IncidentAct.Withdrawn);
        // Nobody has read it yet: what is left of it is for the first who can.
        if (isUntold)
            await alerts.TellAsync(
                session, await IncidentView.OfAsync(session, incident), AlertKind.IncidentTriage, "left:" + report.Value.ToString("N"), []);
    }

    private async Task<Incident> BackAsync(Session session, Incident incident, ReportId report, IncidentAct how)
    {
        await session.Incidents.NoteAsync(incident.Id, null, how);
        incident = await session.Incidents.SaveAsync(incident);
        var view = await IncidentView.OfAsync(session, incident);
        await alerts.RefreshAsync(session, view);
        await ReportedAsync(session, view, report, new Line(
            "news." + Words.Snake(how.ToString()), ("code", view.CodeShown), ("at", session.Now.InZone(view.Zone))));
        return incident;
    }

    /// <summary>What was over is not: nobody has it, and the steps begin anew.</summary>
    private async Task<Incident> OpenAgainAsync(Session session, Incident incident)
    {
        if (incident.Handling != Handling.Closed)
            return incident;
        // Merged into another one, it is there that people look.
        if (incident is { Outcome: Outcome.Duplicate, DuplicateOf: { } kept })
            return await session.Incidents.TakeAsync(kept) is { } other ? await OpenAgainAsync(session, other) : incident;

        await session.Incidents.NoteAsync(incident.Id, null, IncidentAct.OpenedByWords);
        var open = await session.Incidents.SaveAsync(Escalation.OpenAgain(incident, policy, session.Now) with
        {
            Outcome = null,
            ClosedAt = null,
            Standing = incident.Standing == Standing.Retracted ? Standing.Unverified : incident.Standing,
        });
        await alerts.RefreshAsync(session, await IncidentView.OfAsync(session, open));
        return open;
    }

    private async Task<bool> SendAsync(
        Session session, IncidentView view, Line line, string cause, IReadOnlyCollection<Subscriber>? except,
        IReadOnlyList<(string Key, string Data)>? buttons = null)
    {
        var incident = view.Incident;
        var to = (await Recipients.CoordinatorsAsync(session)).ToList();
        if (incident is { Handling: Handling.Taken, TakenBy: { } holder })
            to.AddRange((await session.Addresses.OpenOfAsync([holder])).Where(one => to.All(other => other.Address != one.Address)));
        to = to.Where(one => except?.Any(other => other.Address == one.Address) != true).ToList();
        var code = incident.Code.Text;
        // What is kept of an alert outlives the words of a reporter: they stand in the messages alone.
        var draft = new AlertDraft(
            incident.Case, AlertKind.IncidentNews, Severity.Critical, $"incident:{incident.Id.Value:N}:{AlertKind.IncidentNews}:{cause}",
            new Line("incident.head-alert", ("code", view.CodeShown), ("what", incident.Kind)))
        {
            Buttons = [.. buttons is null ? [] : new[] { buttons }, [("button.details", $"inc:more:{code}"), ("button.card", $"inc:card:{code}")]],
        };
        return await alerting.RaiseAsync(
            session, draft, to, reader => reader.IsDiscreet,
            (language, isDiscreet) => isDiscreet
                ? IncidentCards.Of(
                    view, AlertKind.IncidentAlert, new CardReader(Audience.Advocates) { IsDiscreet = true }, language, texts, session.Now)
                : new OutgoingMessage(line.In(language, texts), draft.ChoicesIn(language, texts)), incident.Id);
    }

    private static string KeyOf(IncidentId incident, ReportId report) => $"incident:{incident.Value:N}:{AlertKind.IncidentNews}:{report.Value:N}:";

    private static string CauseOf(ReportId report, IncidentView view) =>
        report.Value.ToString("N") + ":" + view.Story.Entries.Count.ToString(CultureInfo.InvariantCulture);
}
