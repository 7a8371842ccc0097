using System.Globalization;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary>
/// Something is verified and nobody follows it: a coordinator says whom it goes to. The commonest story of all is that of somebody whom
/// nobody registered yet.
/// </summary>
public sealed class TellWhom(IncidentAlerts alerts, TextCatalog texts)
{
    private const string Advocates = "adv";
    private const string OnCall = "call";
    private const int MostGroups = 8;

    /// <summary>Whether anybody but coordinators was told of it.</summary>
    public static async Task<bool> IsUnheardAsync(Session session, Incident incident) =>
        !await session.Incidents.IsToldBeyondCoordinatorsAsync(incident.Id);

    /// <summary>Whom it could go to, one button each.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<Choice>>> ChoicesAsync(Session session, Incident incident, string language)
    {
        var code = incident.Code.Text;
        var rows = new List<IReadOnlyList<Choice>>();
        var advocates = await AdvocatesAsync(session);
        if (advocates.Count > 0)
        {
            var count = advocates.Select(one => one.Person).Distinct().Count();
            rows.Add([new Choice(texts.Plain(language, "triage.tell-advocates", ("count", count)), $"tri:tell:{code}:{Advocates}")]);
        }

        if ((await session.OnCall.RotaAsync()).People.Count > 0)
            rows.Add([new Choice(texts.Plain(language, "triage.tell-on-call"), $"tri:tell:{code}:{OnCall}")]);
        var groups = (await session.Subscriptions.GroupsAsync()).Take(MostGroups).ToList();
        var titles = await session.Addresses.TitlesAsync(groups.Select(group => group.Address));
        rows.AddRange(groups.Select(group => (IReadOnlyList<Choice>)[new Choice(
            Shortened.To(titles.GetValueOrDefault(group.Address) ?? "–", 40), $"tri:tell:{code}:{group.Address.Value:N}")]));
        return rows;
    }

    /// <returns>How many people and groups are told by it now; null: it is not verified, no choice of ours, or the actor may not.</returns>
    public async Task<int?> RunAsync(Session session, IncidentId id, string choice)
    {
        if (!session.Actor.MayActAs(Role.Coordinator)
            || await session.Incidents.TakeAsync(id) is not { Standing: Standing.Verified, Handling: not Handling.Closed } incident
            || await ChosenAsync(session, choice) is not { } chosen)
            return null;

        var told = await IncidentCircle.ToldAsync(session, incident);
        var to = chosen.Where(one => !told.Contains(one.Address)).ToList();
        var saved = await session.Incidents.SaveAsync(incident with { IsToldFully = true });
        await session.Incidents.NoteAsync(id, session.Actor.Id, IncidentAct.ToldTo, choice.Length > 4 ? "group" : choice);
        await session.Audit.AddAsync(session.Actor.Id, new AuditAct("incident.tell"), id.Value, choice);
        var view = await IncidentView.OfAsync(session, saved);
        var before = await session.Incidents.CardsAsync(id);
        if (to.Count > 0)
            // Whoever came since the same was chosen before is told by choosing it again.
            await alerts.TellAsync(
                session, view, AlertKind.IncidentAlert,
                string.Create(CultureInfo.InvariantCulture, $"{IncidentAlerts.Chosen}{choice}:v{saved.Version}"), to);
        await alerts.RefreshAsync(session, await IncidentView.OfAsync(session, saved), before);
        return to.Select(one => one.Person?.Value ?? one.Address.Value).Distinct().Count();
    }

    private static async Task<IReadOnlyList<Subscriber>?> ChosenAsync(Session session, string choice)
    {
        if (choice == Advocates)
            return await AdvocatesAsync(session);
        if (choice == OnCall)
            return await session.Addresses.OpenOfAsync((await session.OnCall.RotaAsync()).People);
        return Guid.TryParseExact(choice, "N", out var id)
            ? (await session.Subscriptions.GroupsAsync()).Where(group => group.Address.Value == id).ToList()
            : null;
    }

    private static async Task<IReadOnlyList<Subscriber>> AdvocatesAsync(Session session) =>
        (await session.Addresses.OpenWithRoleAsync(Role.Advocate)).Where(one => one.Role == Role.Advocate).ToList();
}
