using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary>How an incident looks in a chat: by who reads it, and by how it stands now.</summary>
public static class IncidentCards
{
    /// <param name="kind">Of the alert whose message it is, e.g. <c>incident_heads_up</c>: a repeat looks different from the first.</param>
    public static OutgoingMessage Of(IncidentView view, string kind, Audience audience, string language, TextCatalog texts) => new(
        RichText.Join("\n", Lines(view, kind, audience).Select(line => line.In(language, texts))), Buttons(view, audience, language, texts));

    private static IEnumerable<Line> Lines(IncidentView view, string kind, Audience audience)
    {
        var incident = view.Incident;
        yield return new Line("incident." + HeadOf(incident, kind), ("code", view.CodeShown), ("what", incident.Kind));
        if (audience != Audience.Group)
        {
            if (view.Names.Count > 0)
                yield return new Line("incident.names", ("names", string.Join(", ", view.Names.Select(name => name.Reveal()))));
            foreach (var line in Told(view, audience))
                yield return line;
        }

        if (incident.Standing == Standing.Unverified)
            yield return new Line("incident.unverified", ("reporters", view.IndependentReporters));
        yield return Standing_(view, audience);
    }

    // Repeats and steps are told apart at a glance by those who saw the first one.
    private static string HeadOf(Incident incident, string kind) => incident switch
    {
        { Standing: Standing.Retracted } => "head-retracted",
        { Handling: Handling.Closed } => "head-closed",
        _ => kind switch
        {
            IncidentAlerts.HeadsUp => "head-heads-up",
            IncidentAlerts.Again => "head-again",
            IncidentAlerts.Triage => "head-triage",
            _ => "head-alert",
        },
    };

    private static IEnumerable<Line> Told(IncidentView view, Audience audience)
    {
        var contents = view.Reports.Select(report => report.Content!).ToList();
        if (contents.Select(one => one.When).OfType<string>().FirstOrDefault() is { } when)
            yield return new Line("incident.when", ("when", when));
        if (contents.Select(one => one.Where).OfType<string>().FirstOrDefault() is { } where)
            yield return new Line("incident.where", ("where", where));
        if (contents.Select(one => one.ByWhom).OfType<TakenBy>().Cast<TakenBy?>().FirstOrDefault() is { } who)
            yield return new Line("incident.by-whom", ("who", who));
        if (audience == Audience.Core)
        {
            foreach (var words in contents.SelectMany(one => one.Words))
                yield return new Line("incident.words", ("words", words));
        }
    }

    private static Line Standing_(IncidentView view, Audience audience) => view.Incident switch
    {
        { Handling: Handling.Closed, Outcome: { } outcome } => new Line("incident.closed", ("outcome", outcome)),
        { Handling: Handling.Taken, TakenBy: { } by } when audience != Audience.Group => new Line("incident.taken-by", ("sign", PersonSign.Of(by))),
        { Handling: Handling.Taken } => new Line("incident.taken"),
        _ => new Line("incident.open"),
    };

    private static List<IReadOnlyList<Choice>>? Buttons(IncidentView view, Audience audience, string language, TextCatalog texts)
    {
        var incident = view.Incident;
        if (incident.Handling == Handling.Closed)
            return null;

        Choice Button(string key, string act) => new(texts.Say(language, key).Plain, $"inc:{act}:{incident.Code.Text}");
        var rows = new List<IReadOnlyList<Choice>>();
        if (audience == Audience.Core)
            rows.AddRange(Talking.Triage.TriageButtons.Of(view, language, texts));
        if (incident.Handling == Handling.Open)
            rows.Add([Button("button.on-it", "take"), Button("button.cant", "cant")]);
        rows.Add([Button("button.details", "more")]);
        return rows;
    }
}
