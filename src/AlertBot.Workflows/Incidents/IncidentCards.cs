using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Reports;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Names;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Incidents;

/// <summary>How an incident looks in a chat: by who reads it, and by how it stands now.</summary>
public static class IncidentCards
{
    /// <summary>A card is changed in one piece on every channel, the one with the shortest messages included.</summary>
    public const int Longest = 1_900;

    private const int LongestFact = 160;
    private const int LongestWords = 400;
    private const int MostNotes = 2;

    // What the lines after the words may take: notes, who has it.
    private const int LeftForTheRest = 700;

    private const int LeftForSuggestions = 450;
    private const int MostReasons = 3;

    /// <param name="kind">Of the alert whose message it is, e.g. <c>incident_heads_up</c>: a repeat looks different from the first.</param>
    public static OutgoingMessage Of(IncidentView view, AlertKind kind, Audience audience, string language, TextCatalog texts) =>
        Of(view, kind, new CardReader(audience), language, texts, view.Story.OpenSince);

    /// <inheritdoc cref="Of(IncidentView, AlertKind, Audience, string, TextCatalog)"/>
    public static OutgoingMessage Of(IncidentView view, AlertKind kind, CardReader reader, string language, TextCatalog texts, Instant now)
    {
        if (reader.IsHidden)
            return new OutgoingMessage(texts.Say(language, "discreet.line"), [[Button(view, "discreet.show", "show", language, texts)]]);
        return new OutgoingMessage(
            RichText.Join("\n", Lines(view, kind, reader, language, texts, now)), IncidentButtons.Of(view, reader, language, texts));
    }

    internal static Choice Button(IncidentView view, string key, string act, string language, TextCatalog texts) =>
        new(texts.Say(language, key).Plain, $"inc:{act}:{view.Incident.Code.Text}") { ByThumb = act is "take" or "still" };

    /// <summary>What people wrote, in one line and no longer than that: it must not look like lines of ours.</summary>
    internal static string Cut(string text, int most)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Shortened.To(line, most);
    }

    private static IEnumerable<RichText> Lines(IncidentView view, AlertKind kind, CardReader reader, string language, TextCatalog texts, Instant now)
    {
        RichText Say(Line line) => line.In(language, texts);
        var told = Facts(view, kind, reader, now).Select(Say).ToList();
        if (reader.Audience == Audience.Core)
            told.AddRange(Suggested(view, language, texts));
        if (reader.Audience == Audience.Core)
            told.AddRange(Words(view, told.Sum(line => line.Plain.Length + 1)).Select(Say));
        return told.Concat(State(view, reader).Select(Say));
    }

    private static IEnumerable<Line> Facts(IncidentView view, AlertKind kind, CardReader reader, Instant now)
    {
        var incident = view.Incident;
        yield return new Line("incident." + HeadOf(incident, kind), ("code", view.CodeShown), ("what", incident.Kind));
        if (kind == AlertKind.IncidentAlert && incident.Handling != Handling.Closed
            && view.Story.Entries.LastOrDefault(
                entry => entry.Act is IncidentAct.ToldVerified or IncidentAct.ToldCorroborated or IncidentAct.ToldAtLimit) is { } why)
        {
            yield return new Line("ack.act." + Configuration.Words.Snake(why.Act.ToString()));
        }

        if (incident.IsToldFully && reader.Audience == Audience.Core && view.Told is { } counted)
            yield return counted;

        if (kind == AlertKind.IncidentAgain && incident is { Handling: Handling.Open, Standing: not Standing.Retracted }
            && view.Story.LastTold is { } step)
            yield return new Line("ack.again", ("number", incident.Step), ("long", now - view.Story.OpenSince), ("step", step.Split(',')));
        if (reader.Audience == Audience.Group)
            yield break;

        if (view.Names.Count > 0)
            yield return new Line("incident.names", ("names", Cut(string.Join(", ", view.Names.Select(name => name.Reveal())), LongestFact)));
        var contents = view.Reports.Select(report => report.Content!).ToList();
        if (contents.Any(one => one.IsDuress))
            yield return new Line("checkin.duress-on-card");
        else if (contents.Any(one => one.IsSilence))
            yield return new Line("checkin.on-card");
        if (contents.Select(one => one.WhenShown()).OfType<string>().FirstOrDefault() is { } when)
            yield return new Line("incident.when", ("when", Cut(when, LongestFact)));
        if (contents.Select(one => one.WhereShown()).OfType<string>().FirstOrDefault() is { } where)
            yield return new Line("incident.where", ("where", Cut(where, LongestFact)));
        if (contents.Select(one => one.ByWhom).OfType<TakenBy>().Cast<TakenBy?>().FirstOrDefault() is { } who)
            yield return new Line("incident.by-whom", ("who", who));
        if (contents.Any(one => one.MovesIn is not null))
            yield return new Line("incident.moving");
        if (contents.Any(one => one.IsKindRead) && contents.All(one => one.Kind is null || one.IsKindRead))
            yield return new Line("incident.kind-read");
        if (view.Reports.Any(report => report.IsStillWriting))
            yield return new Line("incident.still-writing");
        else if (view.Reports.Any(report => report is { IsIncomplete: true, FellSilentAt: not null }))
            yield return new Line("incident.fell-silent");
        if (reader.Audience == Audience.Core && view.Files > 0)
            yield return new Line("ack.files", ("count", view.Files));
    }

    // Whoever comes next is less likely, and has a button or a place in the registry all the same: what does not fit is left out.
    private static IEnumerable<RichText> Suggested(IncidentView view, string language, TextCatalog texts)
    {
        if (view.Suggestions.Count == 0)
            yield break;
        var title = new Line(view.Incident.Case is null ? "find.title" : "triage.also-named").In(language, texts);
        yield return title;
        var room = LeftForSuggestions - title.Plain.Length;
        foreach (var one in view.Suggestions)
        {
            var line = MatchWords.Of(one.Code, one.Chance, one.Why.Take(MostReasons).ToList(), language, texts);
            if ((room -= line.Plain.Length + 1) < 0)
                yield break;
            yield return line;
        }
    }

    // As many as fit, in the order in which they were told; the others are under [Details].
    private static IEnumerable<Line> Words(IncidentView view, int taken)
    {
        var all = view.Reports.SelectMany(report => report.Content!.Words).Where(words => !string.IsNullOrWhiteSpace(words)).ToList();
        var room = Longest - LeftForTheRest - taken;
        for (var at = 0; at < all.Count; at++)
        {
            var words = Cut(all[at], LongestWords);
            // A quote costs its marks and its break.
            if ((room -= words.Length + 4) < 0)
            {
                yield return new Line("ack.more-words", ("count", all.Count - at));
                yield break;
            }

            yield return new Line("incident.words", ("words", words));
        }
    }

    // Repeats and steps are told apart at a glance by those who saw the first one.
    private static string HeadOf(Incident incident, AlertKind kind) => incident switch
    {
        { Standing: Standing.Retracted } => "head-retracted",
        { Handling: Handling.Closed } => "head-closed",
        _ => kind switch
        {
            _ when kind == AlertKind.IncidentHeadsUp => "head-heads-up",
            _ when kind == AlertKind.IncidentAgain && incident.Handling == Handling.Open => "head-again",
            _ when kind == AlertKind.IncidentTriage => "head-triage",
            _ when kind == AlertKind.IncidentReopened && incident.Handling == Handling.Open => "head-reopened",
            _ => "head-alert",
        },
    };

    private static IEnumerable<Line> State(IncidentView view, CardReader reader)
    {
        if (view.Incident.Standing == Standing.Unverified)
            yield return new Line("incident.unverified", ("reporters", view.IndependentReporters));
        if (view.Incident.Standing == Standing.Unverified && reader.Audience != Audience.Group && view.RestsOn is { } rests)
            yield return rests;
        if (reader.Audience != Audience.Group)
        {
            if (view.Story.Entries.LastOrDefault(entry => entry.Act == IncidentAct.Corrected) is { Detail: { } right })
                yield return new Line("triage.corrected", ("text", Cut(right, LongestFact)));
            foreach (var note in view.Story.Notes.TakeLast(MostNotes))
                yield return NoteOf(view, note);
        }

        yield return Handled(view, reader);
        if (reader.Audience != Audience.Group && view.Incident.Handling != Handling.Closed && view.Story.Proposal is { Detail: { } how } proposal)
            yield return new Line("ack.proposed", ("sign", SignOf(view, proposal)), ("outcome", how));
        if (reader.HasIt && view.Incident.AskedAt is not null)
            yield return new Line("ack.still-on-it");
        if (view.Incident.Handling == Handling.Open && reader.SaidCannot)
            yield return new Line("ack.you-cannot");
        else if (view.Incident.Handling == Handling.Open && reader.Audience == Audience.Core && view.Story.CannotTake is { Count: > 0 } cannot)
            yield return new Line("ack.cannot", ("signs", cannot.Select(view.ShownOf).Order(StringComparer.Ordinal).Take(10).ToList()));
    }

    internal static Line NoteOf(IncidentView view, IncidentEntry note) => note.Act == IncidentAct.Lawyer
        ? new Line("ack.note-lawyer", ("sign", SignOf(view, note)))
        : new Line("ack.note", ("sign", SignOf(view, note)), ("note", Cut(note.Detail ?? "", LongestFact)));

    internal static string SignOf(IncidentView view, IncidentEntry entry) => entry.By is { } by ? view.ShownOf(by) : "";

    private static Line Handled(IncidentView view, CardReader reader) => view.Incident switch
    {
        { Handling: Handling.Closed, Outcome: { } outcome } => new Line("incident.closed", ("outcome", outcome)),
        { Handling: Handling.Taken } when reader.HasIt => new Line("ack.yours"),
        { Handling: Handling.Taken, TakenBy: { } by } when reader.Audience != Audience.Group => new Line(
            "incident.taken-by", ("sign", view.ShownOf(by))),
        { Handling: Handling.Taken } => new Line("incident.taken"),
        _ => new Line("incident.open"),
    };
}
