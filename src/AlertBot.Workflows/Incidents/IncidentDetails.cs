using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>All that is on file of an incident, for one who is cleared for it: what was reported, what was done, who was told.</summary>
public static class IncidentDetails
{
    /// <param name="wasRead">True if this look is in the audit log already, as of a page that renews itself.</param>
    public static async Task<RichText> OfAsync(Session session, Incident incident, Person reader, TextCatalog texts, bool wasRead = false)
    {
        if (!wasRead)
            await session.Audit.AddAsync(reader.Id, AuditAct.IncidentRead, incident.Id.Value);
        var view = await IncidentView.OfAsync(session, incident);
        var audience = reader.MayActAs(Role.Coordinator) ? Audience.Core : Audience.Advocates;
        RichText Say(Line line) => line.In(reader.Language, texts);
        RichText Part(string title, IEnumerable<Line> lines) => RichText.Join("\n", lines.Select(Say).Prepend(Say(new Line(title))));

        var parts = new List<RichText>
        {
            IncidentCards.Of(view, AlertKind.IncidentAlert, new CardReader(audience), reader.Language, texts, incident.OpenedAt).Text,
            Part("ack.reports", view.Reports.SelectMany(report => Report(report, audience, reader.Zone))),
            Part(
                "ack.done", view.Story.Entries.Where(entry => !SuggestPeople.IsSuggestion(entry)).Select(
                    entry => EntryOf(view, entry, audience, reader.Zone))),
            Say(await ToldAsync(session, incident)),
        };
        return RichText.Join("\n\n", parts);
    }

    // Reporters are nobody here: neither where they wrote from nor what they are called is in it.
    private static IEnumerable<Line> Report(Report report, Audience audience, DateTimeZone zone)
    {
        yield return new Line(
            "ack.report", ("at", (report.SentAt ?? report.BegunAt).InZone(zone)), ("what", report.Content!.Kind ?? ReportKind.Other),
            ("forward", report.Content.IsForward), ("incomplete", report.IsIncomplete));
        if (audience != Audience.Core)
            yield break;
        foreach (var words in report.Content.Words)
            yield return new Line("incident.words", ("words", words));
    }

    // What reporters were asked and answered is for coordinators, like all their words.
    private static Line EntryOf(IncidentView view, Postgres.Stores.IncidentEntry entry, Audience audience, DateTimeZone zone)
    {
        var at = ("at", (object)entry.At.InZone(zone));
        var sign = IncidentCards.SignOf(view, entry);
        return entry.Act switch
        {
            IncidentAct.Note => new Line("ack.entry-note", at, ("sign", sign), ("note", entry.Detail ?? "")),
            IncidentAct.Told => new Line("ack.entry-told", at, ("step", (entry.Detail ?? "").Split(','))),
            IncidentAct.Closed => new Line("ack.entry-closed", at, ("sign", sign), ("outcome", entry.Detail ?? "")),
            IncidentAct.Question or IncidentAct.Answer or IncidentAct.Corrected when audience == Audience.Core && entry.Detail is { } words =>
                new Line("ack.entry-words", at, ("act", entry.Act), ("words", words)),
            _ when sign.Length > 0 => new Line("ack.entry-by", at, ("act", entry.Act), ("sign", sign)),
            _ => new Line("ack.entry", at, ("act", entry.Act)),
        };
    }

    private static async Task<Line> ToldAsync(Session session, Incident incident)
    {
        var (groups, advocates, coordinators) = await session.Incidents.CountToldAsync(incident.Id);
        return new Line("ack.told", ("groups", groups), ("advocates", advocates), ("coordinators", coordinators));
    }
}
