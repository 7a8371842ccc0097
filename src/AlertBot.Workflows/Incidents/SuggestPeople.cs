using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Names;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Names;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// Registered people whom reports of an incident may mean, for coordinators to decide on: nobody is attached to anything by it.
/// While it is not known whom an incident is about, they are candidates; afterwards, people who may have been taken too.
/// </summary>
public sealed class SuggestPeople(NameRegistry names, IncidentAlerts alerts)
{
    private const int Candidates = 3;
    private const double Likely = 0.3;

    /// <summary>
    /// A reporter has said something more: it stands on the cards, and whoever it may name is suggested to coordinators. A name
    /// that is likely meant is not to be overlooked: they get a new card.
    /// </summary>
    /// <param name="incident">Held by this act.</param>
    /// <returns>The incident as saved.</returns>
    public async Task<Incident> HeardAsync(Session session, Incident incident, string? words, CancellationToken ct)
    {
        var added = string.IsNullOrWhiteSpace(words) ? [] : await NoteAsync(session, incident, await NamedAsync(incident, words, ct));
        var saved = await session.Incidents.SaveAsync(incident);
        var view = await IncidentView.OfAsync(session, saved);
        await alerts.RefreshAsync(session, view);
        await TellLikelyAsync(session, view, added);
        return saved;
    }

    /// <summary>Where one of them is likely meant, coordinators get a new card.</summary>
    internal async Task TellLikelyAsync(Session session, IncidentView view, IReadOnlyCollection<SuggestedPerson> added)
    {
        if (!added.Any(one => one.Chance >= Likely))
            return;
        var cause = "named:" + string.Join(',', added.Select(one => one.Code));
        await alerts.TellAsync(session, view, AlertKind.IncidentTriage, cause, await Recipients.CoordinatorsAsync(session));
    }

    private async Task<IReadOnlyCollection<NameMatch<CaseId>>> NamedAsync(Incident incident, string words, CancellationToken ct)
    {
        // Words that are not about a name come near some name now and then: where the person is known, only another one surely named counts.
        var least = incident is { Case: null, Handling: not Handling.Closed } ? NameBand.Possible : NameBand.Same;
        return (await names.FindAsync(words, Candidates, ct)).Where(match => match.Band >= least && match.Id != incident.Case).ToList();
    }

    /// <returns>Those of whom nothing was said before.</returns>
    internal async Task<List<SuggestedPerson>> NoteAsync(
        Session session, Incident incident, IReadOnlyCollection<NameMatch<CaseId>> matches)
    {
        if (matches.Count == 0)
            return [];

        var (entries, cases) = (session.Incidents.AskEntries(incident.Id), session.Cases.AskFor(matches.Select(match => match.Id).ToList()));
        await session.AskAsync(entries, cases);
        var known = In(incident, entries.Answer).Select(one => one.Code).ToHashSet(StringComparer.Ordinal);
        var files = cases.Answer.ToDictionary(file => file.Id);
        var added = new List<SuggestedPerson>();
        foreach (var match in matches)
        {
            if (files.GetValueOrDefault(match.Id) is not { } file || !known.Add(file.Code.Text))
                continue;
            var person = new SuggestedPerson(file.Code.Text, match.Score, match.Reasons);
            await session.Incidents.NoteAsync(incident.Id, null, ActOf(incident), person.Text);
            added.Add(person);
        }

        return added;
    }

    internal static List<SuggestedPerson> In(Incident incident, IEnumerable<IncidentEntry> entries) => entries
        .Where(entry => entry.Act == ActOf(incident)).Select(entry => SuggestedPerson.Read(entry.Detail)).OfType<SuggestedPerson>()
        .OrderByDescending(one => one.Chance).ToList();

    internal static bool IsSuggestion(IncidentEntry entry) => entry.Act is IncidentAct.Perhaps or IncidentAct.Also;

    private static IncidentAct ActOf(Incident incident) => incident.Case is null ? IncidentAct.Perhaps : IncidentAct.Also;
}
