using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Workflows.Deadlines;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>The words of a case: who it is about, what happened, what is due and how it was counted.</summary>
/// <param name="deadlines">As computed now, with their arithmetic.</param>
public sealed class CaseStory(TextCatalog texts, string language, IReadOnlyList<Deadline> deadlines)
{
    /// <summary>By the key of a date, who follows it up.</summary>
    public IReadOnlyDictionary<string, RichText> FollowedUp { get; init; } = new Dictionary<string, RichText>();

    /// <summary>
    /// Whether a clock that people are told of runs from this event, or would end by it, and nobody confirmed its date yet.
    /// </summary>
    public static bool WantsSecondPerson(CaseEvent @event, IReadOnlyList<CaseEvent> events, IReadOnlyList<Deadline> deadlines) =>
        @event is { ConfirmedBy: null, MayStartClocks: true, IsWithdrawn: false }
        && (deadlines.Any(deadline => deadline.Trigger == @event.Id && IsShown(deadline) && ChangeAlert.IsDate(deadline))
            || CaseProgress.IsInDoubt(events, @event.Id));

    public static bool IsShown(Deadline deadline) => deadline.IsOpen || deadline.State == DeadlineState.Disputed;

    public RichText Header(CaseFile file, IReadOnlyList<PersonName> names)
    {
        var held = CaseProgress.HeldSince(Domain.Cases.Timeline.Of(file.Events));
        var lines = new List<RichText>
        {
            Say(
                "case.header", ("code", file.Code.Text), ("status", file.Status), ("jurisdictions", file.Jurisdictions),
                ("held", held is null ? Say("case.not-held") : Say("case.held-since", ("day", held.Event.When!)))),
        };
        if (names.Count > 0)
            lines.Add(Say("case.names", ("names", names.Select(name => name.Reveal()))));
        return RichText.Join("\n", lines);
    }

    public RichText Timeline(CaseFile file)
    {
        var lines = Accounts(file.Events.Where(one => !one.IsWithdrawn).ToList()).SelectMany(accounts => Told(accounts, file.Events)).ToList();
        return lines.Count == 0 ? RichText.Empty : RichText.Join("\n", lines.Prepend(Say("case.timeline")));
    }

    public RichText Due()
    {
        var shown = deadlines.Where(IsShown).ToList();
        return shown.Count == 0
            ? Say("case.no-deadlines")
            : RichText.Join("\n", shown.SelectMany(Lines).Prepend(Say("case.deadlines")));
    }

    public RichText Arithmetic(CaseFile file)
    {
        var counted = deadlines.Where(IsShown).Select(deadline => RichText.Join(
            "\n",
            deadline.Limit.Steps.Select((step, at) => RichText.Of($"{at + 1}. ") + texts.Say(language, step))
                .Prepend(Say("case.steps-of", ("kind", deadline.Kind), ("rule", deadline.RuleId)))));
        return RichText.Join("\n\n", counted.Prepend(Say("case.deadline-steps", ("code", file.Code.Text))));
    }

    private IEnumerable<RichText> Lines(Deadline deadline)
    {
        if (!ChangeAlert.IsDate(deadline))
        {
            yield return Say("case.deadline-open", ("kind", deadline.Kind));
            yield break;
        }

        yield return Say(
            "case.deadline-line", ("kind", deadline.Kind), ("rule", deadline.RuleId),
            ("earliest", deadline.Limit.Earliest), ("latest", deadline.Limit.Latest),
            ("ends", deadline.Limit.Earliest == deadline.Limit.Latest ? "one" : "two"), ("state", deadline.State));
        if (deadline.Tier == Tier.B)
            yield return Indented(Say("law.tier.b"));
        if (FollowedUp.TryGetValue(deadline.Key, out var by))
            yield return Indented(by);
    }

    /// <summary>Several accounts of one fact stand together, the preferred one first.</summary>
    public static IEnumerable<IReadOnlyList<CaseEvent>> Accounts(IReadOnlyList<CaseEvent> events)
    {
        var byId = events.ToDictionary(one => one.Id);
        return events.GroupBy(one => RootOf(one, byId))
            .Select(group => group
                .OrderBy(one => one.Preferred ? 0 : 1).ThenBy(one => one.SameFactAs is null ? 0 : 1).ThenBy(one => one.RecordedAt).ToList())
            .OrderBy(accounts => First(accounts[0]));
    }

    private static EventId RootOf(CaseEvent one, Dictionary<EventId, CaseEvent> byId)
    {
        var seen = new HashSet<EventId>();
        while (one.SameFactAs is { } other && seen.Add(one.Id) && byId.TryGetValue(other, out var next))
            one = next;
        return seen.Contains(one.Id) ? seen.MinBy(id => id.Value) : one.Id;
    }

    private static Instant First(CaseEvent one) => one.When?.Window is { } window ? window.First
        : (one.Served ?? one.Known) is { } day ? (one.When?.Zone ?? DateTimeZone.Utc).AtStartOfDay(day).ToInstant()
        : one.RecordedAt;

    private IEnumerable<RichText> Told(IReadOnlyList<CaseEvent> accounts, IReadOnlyList<CaseEvent> events)
    {
        foreach (var (one, at) in accounts.Select((one, at) => (one, at)))
        {
            var mark = at > 0 || !WantsSecondPerson(one, events, deadlines) ? RichText.Empty
                : Say(CaseProgress.IsInDoubt(events, one.Id) ? "case.stand-down-unconfirmed" : "case.unconfirmed");
            if (at == 0)
                yield return Say("case.event-line", ("when", one.When!), ("kind", one.Kind), ("unconfirmed", mark));
            else
                yield return Indented(Say("case.other-account", ("when", one.When!), ("kind", one.Kind)));

            foreach (var detail in DetailsOf(one, texts, language))
                yield return Indented(detail);
            if (at == 0 && accounts.Count > 1)
                yield return Indented(Say("case.preferred"));
        }
    }

    /// <summary>What is on file of an event besides its kind and time, a line each.</summary>
    public static IEnumerable<RichText> DetailsOf(CaseEvent one, TextCatalog texts, string language)
    {
        var said = new (string Key, object? Value)[]
        {
            ("case.event-served", one.Served), ("case.event-known", one.Known), ("case.event-sets", one.Sets),
            ("case.event-body", one.Body is { } body ? EventPrompts.BodyLine(body).In(language, texts) : null),
            ("case.event-place", one.Detail.Place), ("case.event-authority", one.Detail.Authority),
            ("case.event-source", one.Detail.Source), ("case.event-note", one.Detail.Note),
        };
        return said.Where(detail => detail.Value is not null).Select(detail => texts.Say(language, detail.Key, ("value", detail.Value!)));
    }

    private static RichText Indented(RichText text) => RichText.Of("   ") + text;

    private RichText Say(string key, params (string Name, object Value)[] arguments) => texts.Say(language, key, arguments);
}
