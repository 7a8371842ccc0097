using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Names;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// Brings a report to the incident it tells of, or opens one, and tells people: the circle of the case at once, coordinators
/// always, everybody once it is corroborated. What is not sure is suggested to a coordinator, and never merged silently.
/// </summary>
public sealed class GatherReports(
    IncidentAlerts alerts, Corroborate corroborate, ReportFlood flood, SuggestPeople suggestPeople, TellJoined joined, IncidentPolicy policy)
{
    /// <summary>Where a report belongs that may mean these people. Its turn begins with the question, and lasts until the act ends.</summary>
    /// <param name="matches">The registered people who may be meant, best first.</param>
    public Question<WhereItBelongs> Ask(Session session, IReadOnlyList<NameMatch<CaseId>> matches)
    {
        var decision = GatherDecision.Of(matches);
        // Two who report one event at the same moment would each see none and open one.
        var turn = session.Incidents.AskForTurn(decision.Case);
        var open = decision.Case is { } @case
            ? session.Incidents.AskOpenOf(@case, session.Now - policy.GatherWithin)
            : Question.Known<IReadOnlyList<Incident>>([]);
        return Question.Of(() => new WhereItBelongs(decision, open.Answer is [var latest, ..] ? latest : null), turn, open);
    }

    /// <returns>The incident as it stands now.</returns>
    public async Task<Incident> RunAsync(Session session, Report report, WhereItBelongs where) =>
        await FindAsync(session, report, where) is { } known
            ? await JoinAsync(session, report, known)
            : await BeginAsync(session, report, where.Decision.Case, report.Content?.Kind ?? ReportKind.Other, where.Decision.Perhaps);

    /// <summary>
    /// The reporter tells more of a report that people have. Where nobody else has told of it, it is gathered anew: whom it is about may be
    /// known only now.
    /// </summary>
    public async Task CompleteAsync(Session session, Report report, IReadOnlyList<NameMatch<CaseId>> matches)
    {
        if (report.Incident is not { } id || await session.Incidents.TakeAsync(id) is not { Handling: not Handling.Closed } incident)
            return;

        var isAlone = (await session.Reports.OfAsync(id)).All(one => one.Id == report.Id);
        if (!isAlone || incident.Case is not null)
        {
            if (isAlone && incident.Handling == Handling.Open)
                incident = await session.Incidents.SaveAsync(incident with { Kind = report.Content?.Kind ?? ReportKind.Other });
            await RedrawAsync(session, id);
            return;
        }

        var decision = GatherDecision.Of(matches);
        // What somebody has, what was verified and what was told to more than coordinators is not ended by what a reporter says.
        if (incident is { Handling: Handling.Open, Standing: Standing.Unverified, IsToldFully: false }
            && await FindAsync(session, report, matches) is { } known && known.Id != id)
        {
            // What nobody but this report told is the other event told once more.
            await session.Incidents.NoteAsync(id, null, IncidentAct.Duplicate);
            await session.Incidents.SaveAsync(incident with
            {
                Handling = Handling.Closed,
                Outcome = Outcome.Duplicate,
                DuplicateOf = known.Id,
                ClosedAt = session.Now,
                AskedAt = null,
                LookAt = null,
            });
            await RedrawAsync(session, id);
            await JoinAsync(session, report, known, from: id);
            return;
        }

        var before = await session.Incidents.CardsAsync(id);
        var added = decision.Case is null ? await suggestPeople.NoteAsync(session, incident, decision.Perhaps) : [];
        incident = await session.Incidents.SaveAsync(incident with { Case = decision.Case, Kind = report.Content?.Kind ?? ReportKind.Other });
        var (now, hearers) = (IncidentView.Ask(session, incident), Hearers.Ask(session, incident, report));
        await session.AskAsync(now, hearers);
        var view = await now.Answer.WithColleaguesAsync(session);
        if (decision.Case is not null)
            await TellAsync(session, view, report, hearers.Answer, before);
        else
            await alerts.RefreshAsync(session, view, before);
        await suggestPeople.TellLikelyAsync(session, view, added);
    }

    /// <summary>Changes the cards of an incident to how it stands now.</summary>
    public async Task RedrawAsync(Session session, IncidentId id)
    {
        // A change is told apart from the one before by the version.
        if (await session.Incidents.TakeAsync(id) is { } incident)
            await alerts.RefreshAsync(session, await IncidentView.OfAsync(session, await session.Incidents.SaveAsync(incident)));
    }

    /// <summary>A report that turns out to tell of something else becomes an incident of its own, told as any other.</summary>
    internal async Task<Incident> PartAsync(Session session, Report report, Incident from)
    {
        var own = await BeginAsync(session, report, from.Case, report.Content?.Kind ?? ReportKind.Other, []);
        await session.Incidents.NoteAsync(from.Id, null, IncidentAct.Parted, own.Code.Text);
        var left = await session.Incidents.TakeAsync(from.Id) ?? from;
        await alerts.RefreshAsync(session, await IncidentView.OfAsync(session, await session.Incidents.SaveAsync(left)));
        return own;
    }

    /// <param name="perhaps">Registered people of whom it is not sure that they are meant.</param>
    private async Task<Incident> BeginAsync(
        Session session, Report report, CaseId? @case, ReportKind kind, IReadOnlyCollection<NameMatch<CaseId>> perhaps)
    {
        while (true)
        {
            var incident = new Incident(IncidentId.New(), IncidentCode.New(), @case, kind, session.Now)
            {
                LookAt = session.Now + policy.NextStepAfter,
                Version = 1,
            };
            var isNew = session.Incidents.AskToBegin(incident, report.Id);
            // Whom it may be about is read with the rest of it.
            if (perhaps.Count > 0)
            {
                await session.AskAsync(isNew);
                await suggestPeople.NoteAsync(session, incident, isNew.Answer ? perhaps : []);
            }

            var (view, hearers) = (IncidentView.Ask(session, incident), Hearers.Ask(session, incident, report));
            await session.AskAsync(isNew, view, hearers);
            if (!isNew.Answer)
                continue;
            await TellAsync(session, view.Answer, report, hearers.Answer, []);
            return incident;
        }
    }

    /// <param name="from">Where it stood before: it goes back there when that is opened again.</param>
    private async Task<Incident> JoinAsync(Session session, Report report, Incident incident, IncidentId? from = null)
    {
        var before = await IncidentView.OfAsync(session, incident);
        if (from is { } other)
            await session.Reports.MoveAllAsync(other, incident.Id);
        else
            await session.Reports.SetIncidentAsync(report.Id, incident.Id);
        await session.Incidents.NoteAsync(incident.Id, null, IncidentAct.Reported);
        var kind = report.Content?.Kind ?? ReportKind.Other;
        incident = await session.Incidents.SaveAsync(incident with { Kind = (ReportKind)Math.Min((int)incident.Kind, (int)kind) });
        var (now, hearers) = (IncidentView.Ask(session, incident), Hearers.Ask(session, incident, report));
        var cards = session.Incidents.AskCards(incident.Id);
        await session.AskAsync(now, hearers, cards);
        var view = await now.Answer.WithColleaguesAsync(session);
        await TellAsync(session, view, report, hearers.Answer, cards.Answer);
        await joined.RunAsync(session, before, view, report);
        return incident;
    }

    /// <summary>The circle of the case hears of it, UNVERIFIED; those who decide on it have a card of their own.</summary>
    internal async Task TellCircleAsync(Session session, IncidentView view, IReadOnlyCollection<Subscriber> coordinators)
    {
        if (view.Incident.Case is { } @case)
            await Alerts.RaiseAsync(
                session, [await ForCircleAsync(session, view, coordinators, (await Recipients.OfAsync(session, [@case]))(@case), null)]);
    }

    private Task<PreparedAlert> ForCircleAsync(
        Session session, IncidentView view, IReadOnlyCollection<Subscriber> coordinators, IReadOnlyCollection<Subscriber> circle,
        IReadOnlySet<AddressId>? cleared) => alerts.PrepareAsync(
            session, view, AlertKind.IncidentHeadsUp, "first", circle.ExceptBy(coordinators.Select(one => one.Address), one => one.Address).ToList(),
            cleared);

    private async Task<Incident?> FindAsync(Session session, Report report, IReadOnlyList<NameMatch<CaseId>> matches)
    {
        var where = Ask(session, matches);
        await session.AskAsync(where);
        return await FindAsync(session, report, where.Answer);
    }

    private async Task<Incident?> FindAsync(Session session, Report report, WhereItBelongs where)
    {
        if (where.Decision is { Case: not null } or { Perhaps.Count: > 0 } || report.Content?.Who is not { } who)
            return where.Known;

        // Of somebody not registered: the same name, surely, and nobody else of nearly that name.
        using var index = new NameIndex<IncidentId>();
        var since = session.Now - policy.GatherWithin;
        foreach (var (incident, name) in (await session.Reports.NamesOfUnknownAsync(since)).Where(one => one.Incident != report.Incident))
            index.Add(incident, [name]);
        return index.Find(who, 2) switch
        {
            [{ Band: NameBand.Same } only] => await session.Incidents.TakeAsync(only.Id),
            [{ Band: NameBand.Same } best, { Band: not NameBand.Same }] => await session.Incidents.TakeAsync(best.Id),
            _ => null,
        };
    }

    private async Task TellAsync(Session session, IncidentView view, Report report, Hearers hearers, IReadOnlyList<IncidentCard> before)
    {
        // Kept and counted like any other, and heard of with the next look at what waits; it rings nobody by itself.
        if (hearers.IsMuted)
        {
            await corroborate.RunAsync(session, view, before);
            return;
        }

        var told = new List<PreparedAlert>();
        if (!await flood.HoldsBackAsync(session, view, report))
            told.Add(await alerts.PrepareAsync(session, view, AlertKind.IncidentTriage, "first", hearers.Coordinators, hearers.Cleared));
        if (view.Incident.Case is not null && corroborate.IsGrave(report) && !hearers.SparesCircle)
            told.Add(await ForCircleAsync(session, view, hearers.Coordinators, hearers.Circle, hearers.Cleared));
        await Alerts.RaiseAsync(session, told);
        await corroborate.RunAsync(session, view, before);
    }
}

/// <param name="Known">The open incident of the person whom it is surely about; null: there is none, or that is not sure.</param>
public sealed record WhereItBelongs(GatherDecision Decision, Incident? Known);
