using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary>What a coordinator can decide on an incident, as buttons under its card.</summary>
public static class TriageButtons
{
    public static IReadOnlyList<IReadOnlyList<Choice>> Of(IncidentView view, string language, TextCatalog texts)
    {
        var incident = view.Incident;
        if (incident.Handling == Handling.Closed)
            return [[Button("button.who-knows", "who")]];

        var rows = new List<IReadOnlyList<Choice>>();
        if (incident.Standing == Standing.Unverified)
            rows.Add([Button("button.verify", "verify"), Button("button.false-alarm", "false")]);
        else
            rows.Add([Button("button.correct", "correct"), Button("button.false-alarm", "false")]);
        if (incident.Case is null)
        {
            rows.AddRange(view.Suggestions.Select(one => (IReadOnlyList<Choice>)
                [new Choice(texts.Say(language, "button.attach", ("code", one.Code)).Plain, $"tri:attach:{incident.Code.Text}:{one.Code}")]));
            rows.Add([Button("button.open-draft", "new")]);
        }

        rows.Add([Button("button.ask-reporter", "ask"), Button("button.duplicate", "dup"), Button("button.who-knows", "who")]);
        return rows;

        Choice Button(string key, string act) => new(texts.Say(language, key).Plain, $"tri:{act}:{incident.Code.Text}");
    }
}
