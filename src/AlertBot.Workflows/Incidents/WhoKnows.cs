using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary>For coordinators: who was told of an incident, and who has not yet got the last word on it.</summary>
public static class WhoKnows
{
    public static async Task<RichText> OfAsync(Session session, Incident incident, string language, TextCatalog texts)
    {
        var messages = await session.Incidents.WhoKnowsAsync(incident.Id);
        var corrected = messages.Any(one => one.Kind == AlertKind.IncidentCorrection);
        var lines = new List<Line> { new(corrected ? "triage.who-corrected" : "triage.who", ("code", incident.Code.Text)) };
        foreach (var one in messages.Where(one => !corrected || one.Kind == AlertKind.IncidentCorrection).GroupBy(one => one.To))
        {
            var state = one.Any(message => message.State == DeliveryState.Sent) ? DeliveryState.Sent : one.Last().State;
            lines.Add(new Line("triage.who-line", ("who", await NameAsync(session, one.Key)), ("state", state)));
        }

        if (lines.Count == 1)
            lines.Add(new Line("triage.who-nobody"));
        return RichText.Join("\n", lines.Select(line => line.In(language, texts)));
    }

    private static async Task<Line> NameAsync(Session session, AddressId at)
    {
        var address = await session.Addresses.FindAsync(at);
        if (address?.Person is { } id && await session.People.FindAsync(id) is { } person)
            return new Line("triage.person", ("role", person.Role), ("sign", PersonSign.Of(id)));
        return new Line("triage.group", ("title", await session.Addresses.TitleAsync(at) ?? "–"));
    }
}
