using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Incidents;

/// <summary>What can be done about an incident, by who reads its card. Whether they may is asked again when they press.</summary>
internal static class IncidentButtons
{
    public static List<IReadOnlyList<Choice>>? Of(IncidentView view, CardReader reader, string language, TextCatalog texts)
    {
        Choice Button(string key, string act) => IncidentCards.Button(view, key, act, language, texts);
        var (incident, audience) = (view.Incident, reader.Audience);
        var hide = reader.IsDiscreet ? Button("discreet.hide", "hide") : null;
        if (incident.Handling == Handling.Closed)
        {
            var last = audience == Audience.Core ? TriageButtons.Of(view, language, texts).ToList() : [];
            if (view.Files > 0 && audience == Audience.Core)
                last.Add([new Choice(texts.Plain(language, "files.button", ("count", view.Files)), $"{ShowFiles.Press}:all:{incident.Code.Text}")]);
            if (audience == Audience.Core)
                last.Insert(0, [Button("ack.reopen", "reopen")]);
            if (hide is not null)
                last.Add([hide]);
            return last.Count == 0 ? null : last;
        }

        var rows = new List<IReadOnlyList<Choice>>();
        if (audience == Audience.Core && view.Story.Proposal is { Detail: { } how })
            rows.Add([Button("ack.agree", $"end.{how}"), Button("ack.goes-on", "goes-on")]);
        if (audience == Audience.Core)
            rows.AddRange(TriageButtons.Of(view, language, texts));
        if (incident.Handling == Handling.Open)
            rows.Add(reader.SaidCannot ? [Button("button.on-it", "take")] : [Button("button.on-it", "take"), Button("button.cant", "cant")]);
        if (reader.HasIt)
            rows.Add(incident.AskedAt is null ? [Button("ack.hand", "hand")] : [Button("ack.still", "still"), Button("ack.hand", "hand")]);
        if (reader.HasIt)
            rows.Add([Button("ack.lawyer", "lawyer"), Button("ack.add-note", "note")]);
        else if (audience == Audience.Core)
            rows.Add([Button("ack.add-note", "note")]);
        if (view.Files > 0 && (reader.HasIt || audience == Audience.Core))
            rows.Add([new Choice(
                texts.Plain(language, "files.button", ("count", view.Files)), $"{ShowFiles.Press}:all:{incident.Code.Text}")]);
        if (reader.HasIt || audience == Audience.Core)
            rows.Add([Button("ack.end", "end"), Button("button.details", "more")]);
        else
            rows.Add([Button("button.details", "more")]);
        if (hide is not null)
            rows.Add([hide]);
        return rows;
    }

    /// <summary>How an incident can end, one button each.</summary>
    public static List<IReadOnlyList<Choice>> Outcomes(IncidentView view, string language, TextCatalog texts) => Ends
        .Select(outcome => new Choice(
            texts.Plain(language, "ack.end-as", ("outcome", outcome)),
            $"inc:end.{Words.Snake(outcome.ToString())}:{view.Incident.Code.Text}"))
        .Chunk(2).Select(row => (IReadOnlyList<Choice>)row).ToList();

    private static readonly Outcome[] Ends = [Outcome.Released, Outcome.ConfirmedHeld, Outcome.HandedOver, Outcome.FalseAlarm, Outcome.Other];
}
