using AlertBot.Domain.Time;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Cases;

/// <summary>How each question of <see cref="EventTalk"/> is put, and what can be chosen.</summary>
internal static class EventPrompts
{
    private const int PerRow = 2;

    public static Prompt Ask(EventState state) => state.At switch
    {
        EventAt.Case => new Prompt([new Line("case.which")], [[new Option("button.cancel", EventTalk.Cancel)]]),
        EventAt.Kind => AskKind(state),
        EventAt.Date => AskDate(state),
        EventAt.Precision => AskPrecision(state),
        EventAt.Served => AskMore(state, "event.ask-served", state.Served),
        EventAt.Known => AskMore(state, "event.ask-known", state.Known),
        EventAt.Sets => AskMore(state, EventMenu.QuestionOfDateSet(state.Kind ?? "") ?? "event.ask-set-for", state.Sets),
        EventAt.Body => AskBody(state),
        EventAt.Leftover => EventLeftover.Ask(state),
        EventAt.Place => AskMore(state, "event.ask-place", state.Place, mayEnd: true),
        EventAt.Source => AskMore(state, "event.ask-source", state.Source, mayEnd: true),
        EventAt.Note => AskMore(state, "event.ask-note", state.Note),
        _ => AskCheck(state),
    };

    private static Prompt AskKind(EventState state)
    {
        var rows = (EventMenu.Groups.FirstOrDefault(group => group.Name == state.Group) is { Kinds: { } kinds }
                ? kinds.Select(kind => new Option("event." + kind, EventTalk.Kind + kind))
                : EventMenu.Groups.Select(group => new Option("event-group." + group.Name, EventTalk.Group + group.Name)))
            .Chunk(PerRow).Select(row => (IReadOnlyList<Option>)row).ToList();
        if (state.Near is { } near)
            rows.Insert(0, [new Option("event." + near.Split(' ')[0], EventTalk.Near)]);
        if (state.Kind is { } chosen)
            rows.Add([Keep(new Line("event." + chosen))]);
        rows.Add(state.Group is null ? [new Option("button.cancel", EventTalk.Cancel)] : BackAndCancel);
        return new Prompt([new Line("event.ask-kind", ("code", state.Code ?? ""))], rows);
    }

    private static Prompt AskDate(EventState state)
    {
        var rows = new List<IReadOnlyList<Option>>
        {
            new Option[] { new("button.today", "today"), new("button.yesterday", "yesterday"), new("button.dont-know", "unknown") },
        };
        if (state.Doubted is not null)
            rows.Add([ItIsRight(state)]);
        if (Meant(state) is { } meant)
            rows.Insert(0, [meant]);
        if (state.IsDateUnknown)
            rows.Add([Keep(new Line("format.not-known"))]);
        else if (state.When is { } when)
            rows.Add([Keep(new Line("event.value-date", ("value", when)))]);
        rows.Add(BackAndCancel);
        return new Prompt([new Line("event.chosen-kind", ("kind", state.Kind ?? "")), new Line("event.ask-date", ("zone", state.Zone ?? ""))], rows);
    }

    private static Prompt AskPrecision(EventState state)
    {
        // With a time the minute can be meant; without one the day is the most that was said.
        var hasTime = state.Date is { } date && WhenText.Read(date, state.ZoneOfCase)?.Time is not null;
        Precision[] choices = hasTime ? [Precision.Exact, Precision.Day, Precision.Night] : [Precision.Day, Precision.Night, Precision.Month];
        var rows = choices.Select(choice => Words.Snake(choice.ToString()))
            .Select(code => (IReadOnlyList<Option>)[new Option("event.precision-" + code, EventTalk.HowExactly + code)]).ToList();
        rows.Add(BackAndCancel);
        return new Prompt([new Line("event.chosen-date", ("value", state.When!)), new Line("event.ask-precision")], rows);
    }

    private static Prompt AskMore(EventState state, string question, string? told, bool mayEnd = false)
    {
        var rows = new List<IReadOnlyList<Option>>
        {
            told is null
                ? [new Option("button.skip", EventTalk.Skip)]
                : [Keep(new Line("event.value", ("value", told))), new Option("button.leave-out", EventTalk.Clear)],
        };
        if (state.Doubted is not null)
            rows.Insert(0, [ItIsRight(state)]);
        if (Meant(state) is { } meant)
            rows.Insert(0, [meant]);
        if (mayEnd)
            rows.Add([new Option("event.enough", EventTalk.Enough)]);
        rows.Add(BackAndCancel);
        return new Prompt([new Line(question)], rows);
    }

    private static Option? Meant(EventState state) => state.Near is { } near && WhenText.Read(near, state.ZoneOfCase) is { } when
        ? new Option(new Line("event.value-date", ("value", when)), EventTalk.Near)
        : null;

    private static Option ItIsRight(EventState state) => new(new Line("event.it-is-right", ("value", state.Doubted!)), EventTalk.Sure);

    private static Prompt AskBody(EventState state)
    {
        var rows = EventMenu.Bodies.Select(code => (IReadOnlyList<Option>)[new Option("body." + code.ToLowerInvariant(), EventTalk.Body + code)])
            .ToList();
        rows.Add(
            state.Body is { } told
                ? [Keep(BodyLine(told)), new Option("button.leave-out", EventTalk.Clear)]
                : [new Option("button.dont-know", EventTalk.Skip)]);
        rows.Add(BackAndCancel);
        return new Prompt([new Line("event.ask-body")], rows);
    }

    /// <summary>The words of a body, or what was written where it is none of those we know.</summary>
    internal static Line BodyLine(string body) => EventMenu.Bodies.Contains(body)
        ? new Line("body." + body.ToLowerInvariant())
        : new Line("event.value", ("value", body));

    private static Prompt AskCheck(EventState state)
    {
        var told = EventTalk.Result(state);
        var lines = new List<Line>
        {
            new("event.confirm", ("code", state.Code ?? "")),
            new("event.check-kind", ("kind", state.Kind ?? ""), ("when", told?.When!)),
        };
        lines.AddRange(
            new (string Key, object? Value)[]
            {
                ("case.event-served", told?.Served), ("case.event-known", told?.Known), ("case.event-sets", told?.Sets),
                ("case.event-body", told?.Body is { } body ? BodyLine(body) : null), ("case.event-place", state.Place),
                ("case.event-source", state.Source), ("case.event-note", state.Note),
            }.Where(detail => detail.Value is not null).Select(detail => new Line(detail.Key, ("value", detail.Value!))));
        return new Prompt(lines, [[new Option("event.put-on-file", EventTalk.Go)], BackAndCancel]);
    }

    private static Option Keep(Line value) => new(new Line("button.keep", ("value", value)), EventTalk.Skip);

    internal static IReadOnlyList<Option> BackAndCancel { get; } =
        [new Option("button.back", EventTalk.Back), new Option("button.cancel", EventTalk.Cancel)];
}
