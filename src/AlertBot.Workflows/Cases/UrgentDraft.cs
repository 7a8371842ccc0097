using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// The draft of an urgent action, filled from confirmed facts alone. Every sentence names the facts that it rests on; what is not on file is a blank,
/// and nothing is guessed.
/// </summary>
public static class UrgentDraft
{
    /// <summary>What a lawyer fills in.</summary>
    public const string Blank = "[____________]";

    private static readonly string[] Threats =
        ["extradition_request", "extradition_decision", "expulsion_order", "transfer_decision", "handover_date_set", "extradition_arrest_ordered"];

    private static readonly string[] Charges = ["charge_reported", "extradition_request", "conviction"];

    private static readonly string[] Remedies =
    [
        "asylum_application", "asylum_refused", "appeal_filed", "appeal_decided", "custody_appeal_filed", "custody_appeal_decided",
        "extradition_appeal_filed", "extradition_appeal_decided", "complaint_filed", "complaint_decided", "suspensive_effect_asked",
        "suspensive_effect_granted", "suspensive_effect_refused",
    ];

    private static readonly string[] Harm = ["ill_treatment_reported", "pressure", "interrogation"];

    private static readonly string[] Elsewhere =
    [
        "application_filed", "interim_measure_asked", "interim_measure_granted", "interim_measure_refused", "case_communicated",
        "views_or_judgment",
    ];

    /// <param name="sure">The confirmed facts, in order.</param>
    /// <param name="dates">The dates of the case that people are told of, the next first.</param>
    public static IReadOnlyList<DraftPart> Of(
        UrgentBody body, CaseFile file, IReadOnlyList<PersonName> names, IReadOnlyList<CaseEvent> sure, IReadOnlyList<Deadline> dates, Instant now)
    {
        var parts = new List<DraftPart>
        {
            new("person", [Person(names), State(file)]),
            new("held", Held(sure)),
        };
        if (body == UrgentBody.Wgad)
            parts.Add(new("charges", [.. Facts(sure, Charges, "charges"), Missing("warrant")]));
        else
            parts.Add(new("threat", [.. Facts(sure, Threats, "threat"), Removal(sure), Next(sure, dates, now)]));
        parts.Add(new("remedies", Facts(sure, Remedies, "remedies")));
        parts.Add(new("harm", [.. Facts(sure, Harm, "harm"), Missing("harm-why")]));
        parts.Add(new("elsewhere", Facts(sure, Elsewhere, "elsewhere")));
        parts.Add(new("ask", [new DraftSentence(new Line("desk.draft.ask", ("body", Words.Snake(body.ToString()))), [])]));
        return parts;
    }

    /// <summary>The body to which a case of these States goes first.</summary>
    public static UrgentBody UsualFor(CaseFile file) => file.Jurisdictions.Contains("ECHR") ? UrgentBody.Rule39 : UrgentBody.Hrc;

    private static DraftSentence Person(IReadOnlyList<PersonName> names) => new(
        new Line(
            "desk.draft.person", ("names", names.Count == 0 ? Blank : string.Join(" / ", names.Select(name => name.Reveal()))),
            ("blank", Blank)),
        []);

    private static DraftSentence State(CaseFile file) => file.Jurisdictions.FirstOrDefault(LawBook.IsNational) is { } state
        ? new(new Line("desk.draft.state", ("law", state)), [])
        : Missing("state");

    private static IReadOnlyList<DraftSentence> Held(IReadOnlyList<CaseEvent> sure)
    {
        if (CaseProgress.HeldSince(Timeline.Of(sure)) is not { } held)
            return [Missing("held")];
        // Where they are held is what was said last of it.
        var since = sure.Where(one => one.Id == held.Event.Id || (EventKinds.StillHeld.Contains(one.Kind) && Starts(one) >= Starts(held.Event)))
            .ToList();
        var place = since.LastOrDefault(one => one.Detail.Place is not null);
        var authority = since.LastOrDefault(one => one.Detail.Authority is not null);
        return
        [
            new(new Line("desk.draft.held", ("when", WhenOf(held.Event)), ("kind", held.Kind)), [held.Event.Id]),
            new(new Line("desk.draft.place", ("place", place?.Detail.Place ?? Blank)), Ids(place)),
            new(new Line("desk.draft.authority", ("authority", authority?.Detail.Authority ?? Blank)), Ids(authority)),
        ];
    }

    private static List<DraftSentence> Facts(IReadOnlyList<CaseEvent> sure, string[] kinds, string part)
    {
        var told = sure.Where(one => kinds.Contains(one.Kind.Code)).Select(one => new DraftSentence(
            one.Body is { } body
                ? new Line("desk.draft.fact-of", ("when", WhenOf(one)), ("kind", one.Kind), ("body", EventPrompts.BodyLine(body)))
                : new Line("desk.draft.fact", ("when", WhenOf(one)), ("kind", one.Kind)),
            [one.Id])).ToList();
        return told.Count > 0 ? told : [Missing(part)];
    }

    private static DraftSentence Removal(IReadOnlyList<CaseEvent> sure) =>
        sure.LastOrDefault(one => one is { Kind.Code: "handover_date_set", Sets: not null }) is { } planned
            ? new(new Line("desk.draft.removal", ("when", planned.Sets!)), [planned.Id])
            : Missing("removal");

    private static DraftSentence Next(IReadOnlyList<CaseEvent> sure, IReadOnlyList<Deadline> dates, Instant now) =>
        dates.FirstOrDefault(date => date.Limit.Latest.Instant > now && sure.Any(one => one.Id == date.Trigger)) is { } next
            ? new(new Line("desk.draft.next", ("kind", next.Kind), ("day", next.Limit.Earliest), ("rule", next.RuleId)), [next.Trigger])
            : Missing("next");

    private static DraftSentence Missing(string part) => new(new Line($"desk.draft.{part}-blank", ("blank", Blank)), []) { IsBlank = true };

    private static object WhenOf(CaseEvent one) => one.When is { } when ? when : new Line("format.not-known");

    private static Instant Starts(CaseEvent one) => one.When?.Window?.First ?? one.RecordedAt;

    private static EventId[] Ids(CaseEvent? one) => one is null ? [] : [one.Id];
}

/// <param name="Name">The heading's key is <c>desk.draft.part-</c> and this.</param>
public sealed record DraftPart(string Name, IReadOnlyList<DraftSentence> Sentences);

/// <summary>One sentence with the facts that it rests on. Prints as a mask.</summary>
public sealed record DraftSentence(Line Text, IReadOnlyList<EventId> Facts)
{
    /// <summary>Nothing of it is on file.</summary>
    public bool IsBlank { get; init; }

    public override string ToString() => "(sentence)";
}

/// <summary>To whom an urgent action goes.</summary>
public enum UrgentBody
{
    /// <summary>Interim measures of the Human Rights Committee.</summary>
    Hrc,

    /// <summary>An interim measure of the European Court of Human Rights.</summary>
    Rule39,

    /// <summary>An urgent appeal to the Working Group on Arbitrary Detention.</summary>
    Wgad,
}
