using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Cases;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>A coordinator says whom it is about: a registered person, or one who is registered with this.</summary>
public sealed class AttachIncident(
    IncidentAlerts alerts, FullAlert full, OpenCase openCase, GatherReports gatherReports, LawBook book, IncidentPolicy policy)
{
    private const string Everywhere = "UN";

    /// <summary>The States whose law a new case can be opened under; the treaties that bind them come along.</summary>
    public IReadOnlyList<LawPlace> States => LawMenu.Of(book).Places.Where(place => place is { IsState: true, Zones.Count: > 0 }).ToList();

    /// <summary>The same for an incident: first the State in which the reported place lies.</summary>
    public async Task<IReadOnlyList<LawPlace>> StatesOfAsync(Session session, Incident incident)
    {
        var named = (await IncidentView.OfAsync(session, incident)).NamedZone;
        return States.OrderByDescending(state => named is not null && state.Zones.Contains(named.Id)).ToList();
    }

    /// <summary>A State's law with the treaties that bind it, as a new case of it gets them.</summary>
    public IReadOnlyList<string> LawsOf(string state) => [state, .. LawMenu.Of(book).TreatiesOf(state).Append(Everywhere).Distinct()];

    public async Task<TriageOutcome> RunAsync(Session session, IncidentId id, CaseCode code)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || await session.Incidents.TakeAsync(id) is not { } incident)
            return TriageOutcome.NotAllowed;
        if (await session.Cases.FindAsync(code) is not { } file)
            return TriageOutcome.NotFound;
        if (incident.Handling == Handling.Closed)
            return TriageOutcome.Closed;
        // Of two who attach it to two people the first one wins: the circle of that case has heard of it by now.
        if (incident.Case is not null)
            return TriageOutcome.DoneBefore;

        await AttachAsync(session, incident, file);
        return TriageOutcome.Done;
    }

    /// <summary>Registers the person who is named in the report.</summary>
    /// <param name="place">Code of the State whose law and clock it is under: where the person was taken.</param>
    /// <returns>Null when the actor may not, or somebody attached it meanwhile.</returns>
    public async Task<CaseFile?> ToNewCaseAsync(Session session, IncidentId id, string place)
    {
        if (!session.Actor.MayActAs(Role.Coordinator) || States.FirstOrDefault(one => one.Code == place) is not { } state
            || await session.Incidents.TakeAsync(id) is not { Case: null, Handling: not Handling.Closed } incident)
            return null;

        var view = await IncidentView.OfAsync(session, incident);
        // A State may have several clocks; the one of the reported place counts.
        var zone = view.NamedZone is { } named && state.Zones.Contains(named.Id) ? named : DateTimeZoneProviders.Tzdb[state.Zones[0]];
        var file = await openCase.RunAsync(session, view.Names, LawsOf(state.Code), zone);
        if (file is not null)
            await AttachAsync(session, incident, file);
        return file;
    }

    private async Task AttachAsync(Session session, Incident incident, CaseFile file)
    {
        var attached = await session.Incidents.SaveAsync(incident with { Case = file.Id });
        await session.Incidents.NoteAsync(incident.Id, session.Actor.Id, IncidentAct.Attached, file.Code.Text);
        await session.Audit.AddAsync(session.Actor.Id, AuditAct.IncidentAttached, incident.Id.Value, file.Code.Text);
        var view = await IncidentView.OfAsync(session, attached);
        if (attached.IsToldFully)
        {
            // The full alert went out when nobody knew whom it was about: these people were not among those told.
            await alerts.TellAsync(session, view, AlertKind.IncidentAlert, "attached", (await Recipients.OfAsync(session, [file.Id]))(file.Id));
        }
        else
        {
            await gatherReports.TellCircleAsync(session, view, await Recipients.CoordinatorsAsync(session));
            if (view.IndependentReporters >= policy.IndependentReporters)
                attached = await full.RunAsync(session, attached, IncidentAct.ToldCorroborated);
        }

        view = await IncidentView.OfAsync(session, attached);
        await alerts.RefreshAsync(session, view);
    }
}
