using AlertBot.Domain.Cases;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// The conversation that puts an event on file: what, when, how exactly that is known, and what belongs to it. It knows no
/// messenger, no database and no clock: what it is told goes in, what it makes of it comes out.
/// </summary>
public static class EventTalk
{
    /// <summary>Raise it when <see cref="EventState"/> changes its shape; older conversations then start anew.</summary>
    public const int StateVersion = 2;

    public const int ShortLimit = 200;
    public const int NoteLimit = 1500;
    public const int BodyLimit = 40;

    internal const string Back = "back";
    internal const string Cancel = "cancel";
    internal const string Skip = "skip";
    internal const string Clear = "clear";
    internal const string Sure = "sure";
    internal const string Near = "near";
    internal const string AsHour = "hour";
    internal const string AsSetHour = "set-hour";
    internal const string AsSets = "sets";
    internal const string AsNote = "note";
    internal const string Body = "b.";
    internal const string Meant = "m.";
    internal const string Enough = "enough";
    internal const string Go = "go";
    internal const string Group = "g.";
    internal const string Kind = "k.";
    internal const string HowExactly = "p.";

    /// <param name="code">Null: it is asked for.</param>
    public static EventState Begin(int turn, string? code = null, string? zone = null) =>
        new() { Turn = turn, At = code is null ? EventAt.Case : EventAt.Kind, Code = code, Zone = zone };

    /// <summary>The case is found: whoever knows the database has looked.</summary>
    public static Turn<EventState, EventAnswer> CaseFound(EventState state, string code, string zone) =>
        To(state with { Code = code, Zone = zone }, state.Kind is null ? EventAt.Kind : EventAt.Date);

    /// <param name="today">At the place of the case: what has happened does not lie ahead of it.</param>
    public static Turn<EventState, EventAnswer> Answer(EventState state, Said said, LocalDate today) => said switch
    {
        Said.Pressed press when press.Turn != state.Turn => new(state) { IsStale = true },
        Said.Pressed { Data: Cancel } => new(null),
        Said.Pressed { Data: Back } => GoBack(state),
        Said.Pressed { Data: var data } => Press(state, data, today),
        Said.Words { Text: var text } => Words(state, text, today),
        _ => Again(state, new Line("talk.words-please")),
    };

    /// <summary>The steps that this event needs, in order.</summary>
    public static IEnumerable<EventAt> StepsOf(EventState state) => Enum.GetValues<EventAt>().Where(at => at switch
    {
        EventAt.Case or EventAt.Meant => false,
        // Of a month or a year nobody asks how exactly.
        EventAt.Precision => state is { IsDateUnknown: false, Date: { } date }
            && WhenText.Read(date, state.ZoneOfCase) is { Precision: Precision.Exact },
        EventAt.Served or EventAt.Known => EventMenu.IsDecision(state.Kind ?? ""),
        EventAt.Sets => EventMenu.QuestionOfDateSet(state.Kind ?? "") is not null,
        EventAt.Body => EventMenu.GoesToACommittee(state.Kind ?? ""),
        EventAt.Leftover => state.Leftover is not null,
        _ => true,
    });

    /// <summary>What has been told, once it is enough to be put on file; null before.</summary>
    public static EventAnswer? Result(EventState state)
    {
        if (state is not { Code: { } code, Kind: { } kindCode } || EventKinds.Find(kindCode) is not { } kind
            || (state.When is null && !state.IsDateUnknown))
            return null;

        var needed = StepsOf(state).ToHashSet();
        return new EventAnswer(code, kind, state.When)
        {
            // What was told before the kind was changed is kept, but does not count for a kind that has no such date.
            Served = needed.Contains(EventAt.Served) && state.Served is { } served ? WhenText.ReadDay(served) : null,
            Known = needed.Contains(EventAt.Known) && state.Known is { } known ? WhenText.ReadDay(known) : null,
            Sets = needed.Contains(EventAt.Sets) && state.Sets is { } sets ? WhenText.Read(sets, state.ZoneOfCase) : null,
            Body = state.Body,
            About = Guid.TryParseExact(state.About, "N", out var about) ? new EventId(about) : null,
            Detail = (state.Place ?? state.Source ?? state.Note) is null
                ? EventDetail.None
                : new EventDetail(state.Place, state.Source, null, state.Note),
        };
    }

    private static Turn<EventState, EventAnswer> Press(EventState state, string data, LocalDate today) => (state.At, data) switch
    {
        (EventAt.Kind, _) when data.StartsWith(Group, StringComparison.Ordinal)
            && EventMenu.Groups.Any(group => group.Name == data[Group.Length..]) => To(state with { Group = data[Group.Length..] }, EventAt.Kind),
        (EventAt.Kind, _) when data.StartsWith(Kind, StringComparison.Ordinal) && EventKinds.Find(data[Kind.Length..]) is { } kind =>
            Onward(state with { Kind = kind.Code, Group = null }),
        (EventAt.Kind, Skip) when state.Kind is not null => Onward(state with { Group = null }),
        (EventAt.Date, "today") => Date(state, NodaTime.Text.LocalDatePattern.Iso.Format(today), today),
        (EventAt.Date, "yesterday") => Date(state, NodaTime.Text.LocalDatePattern.Iso.Format(today.PlusDays(-1)), today),
        (EventAt.Date, "unknown") => Onward(state with { IsDateUnknown = true }),
        (EventAt.Date, Skip) when state.Date is not null || state.IsDateUnknown => Onward(state),
        (EventAt.Precision, _) when data.StartsWith(HowExactly, StringComparison.Ordinal)
            && WhenText.ReadPrecision(data[HowExactly.Length..]) is { } precision => Onward(state with { Precision = precision }),
        (EventAt.Precision, Skip) => Onward(state),
        (EventAt.Date or EventAt.Served or EventAt.Known or EventAt.Sets, Near) when state.Near is { } near => Words(state, near, today),
        (_, Sure) when state.Doubted is { } doubted => Words(state with { Sure = [.. state.Sure, doubted], Doubted = null }, doubted, today),
        ( >= EventAt.Served and <= EventAt.Note, Skip) => Onward(state),
        ( >= EventAt.Served and <= EventAt.Note, Clear) => Onward(Without(state)),
        ( >= EventAt.Place and <= EventAt.Note, Enough) => To(state, state.Leftover is null ? EventAt.Check : EventAt.Leftover),
        (EventAt.Body, _) when data.StartsWith(Body, StringComparison.Ordinal) && EventMenu.Bodies.Contains(data[Body.Length..]) =>
            Onward(state with { Body = data[Body.Length..] }),
        (EventAt.Leftover, _) => EventLeftover.Press(state, data) is { } settled ? To(settled, NextAfterLeftover(settled)) : Again(state, null),
        (EventAt.Meant, _) when data.StartsWith(Meant, StringComparison.Ordinal) => Mean(state, data[Meant.Length..]),
        (EventAt.Check, Go) when FirstDoubt(state, today) is var (at, doubt) => new(Doubting(state, at, doubt)) { Remark = doubt },
        (EventAt.Check, Go) when Result(state) is { } result => new(null, result),
        _ => Again(state, null),
    };

    private static Turn<EventState, EventAnswer> Words(EventState state, string text, LocalDate today) => state.At switch
    {
        EventAt.Kind => EventKinds.Find(text.Trim().ToLowerInvariant().Replace(' ', '_')) is { } kind
            ? Onward(state with { Kind = kind.Code, Group = null })
            : Again(state, new Line("event.unknown-kind")),
        EventAt.Date => Date(state, text, today),
        EventAt.Precision => WhenText.ReadPrecision(text) is { } precision
            ? Onward(state with { Precision = precision })
            : Again(state, new Line("talk.press-please")),
        EventAt.Served => Day(state, text, today, day => state with { Served = day }),
        EventAt.Known => Day(state, text, today, day => state with { Known = day }),
        EventAt.Sets => Sets(state, text.Trim(), today),
        EventAt.Body => text.Trim() is { Length: > 0 and <= BodyLimit } body
            ? Onward(state with { Body = body.ToUpperInvariant() })
            : Again(state, new Line("talk.too-long", ("limit", BodyLimit))),
        EventAt.Place => Told(state, text, ShortLimit, told => state with { Place = told }),
        EventAt.Source => Told(state, text, ShortLimit, told => state with { Source = told }),
        EventAt.Note => Told(state, text, NoteLimit, told => state with { Note = told }),
        EventAt.Case => Again(state, new Line("case.not-found", ("code", text))),
        _ => Again(state, new Line("talk.press-please")),
    };

    private static Turn<EventState, EventAnswer> Date(EventState state, string text, LocalDate today)
    {
        if (WhenText.Read(text, state.ZoneOfCase) is not { Window: { } window })
            return Again(state, new Line("event.bad-date"));
        // Somewhere it is tomorrow already; beyond that it is a slip of the keyboard, or a date that belongs to another question.
        if (window.FirstDay > today.PlusDays(1) && !EventMenu.MayLieAhead(state.Kind ?? ""))
            return Again(state, new Line("event.ahead", ("day", window.FirstDay)));

        if (DateDoubt.Of(state, EventAt.Date, text.Trim(), today) is { } doubt)
            return Doubt(state, text.Trim(), doubt);

        // How exactly it is known was said of another date.
        return Onward(state with { Date = text.Trim(), IsDateUnknown = false, Precision = text.Trim() == state.Date ? state.Precision : null });
    }

    private static Turn<EventState, EventAnswer> Day(EventState state, string text, LocalDate today, Func<string, EventState> with)
    {
        if (WhenText.ReadDay(text) is not { } day || day.Year is < 1900 or > 2200)
            return Again(state, new Line("event.bad-day"));
        if (day > today.PlusDays(1))
            return Again(state, new Line("event.ahead", ("day", day)));
        if (state.When?.Window is { } decided && day < decided.FirstDay)
            return Again(state, new Line("event.before-decision", ("day", decided.FirstDay)));
        if (DateDoubt.Of(state, state.At, text.Trim(), today) is { } doubt)
            return Doubt(state, text.Trim(), doubt);

        return Onward(with(text.Trim()));
    }

    private static Turn<EventState, EventAnswer> Sets(EventState state, string text, LocalDate today) =>
        WhenText.Read(text, state.ZoneOfCase) is null ? Again(state, new Line("event.bad-date"))
        : DateDoubt.Of(state, EventAt.Sets, text, today) is { } doubt ? Doubt(state, text, doubt)
        : Onward(state with { Sets = text });

    /// <summary>The first date of what was told that looks like a slip, and what to say of it; null when there is none.</summary>
    public static (EventAt At, Line Remark)? FirstDoubt(EventState state, LocalDate today)
    {
        foreach (var at in new[] { EventAt.Date, EventAt.Served, EventAt.Known, EventAt.Sets })
        {
            if (TextAt(state, at) is { } text && DateDoubt.Of(state, at, text, today) is { } doubt)
                return (at, doubt);
        }

        return null;
    }

    private static string? TextAt(EventState state, EventAt at) => at switch
    {
        EventAt.Date when !state.IsDateUnknown => state.Date,
        EventAt.Served => state.Served,
        EventAt.Known => state.Known,
        EventAt.Sets => state.Sets,
        _ => null,
    };

    /// <summary>Goes back to a date that looks like a slip, and asks.</summary>
    internal static EventState Doubting(EventState state, EventAt at, Line doubt) =>
        state with { At = at, Doubted = DateDoubt.MayBeSo(doubt) ? TextAt(state, at) : null, Turn = state.Turn + 1 };

    private static Turn<EventState, EventAnswer> Doubt(EventState state, string text, Line remark) =>
        Again(state with { Doubted = DateDoubt.MayBeSo(remark) ? text : null }, remark);

    // The code of what is meant, or "?" where nobody knows: then nothing is taken as done.
    private static Turn<EventState, EventAnswer> Mean(EventState state, string code)
    {
        var meant = code switch
        {
            ['e', '.', .. var id] when state.Meant.Contains(code) => state with { About = id, Meant = [] },
            ['b', '.', .. var body] when state.Meant.Contains(code) => state with { Body = body, Meant = [] },
            "?" => state with { IsMeantUnknown = true, Meant = [] },
            _ => null,
        };
        return meant is not null && Result(meant) is { } result ? new(null, result) : Again(state, null);
    }

    private static EventAt NextAfterLeftover(EventState state) => state.Leftover is null ? EventAt.Check : EventAt.Leftover;

    private static Turn<EventState, EventAnswer> Told(EventState state, string text, int limit, Func<string, EventState> with) =>
        text.Trim() switch
        {
            "" => Again(state, new Line("talk.words-please")),
            { Length: var length } when length > limit => Again(state, new Line("talk.too-long", ("limit", limit))),
            var told => Onward(with(told)),
        };

    private static EventState Without(EventState state) => state.At switch
    {
        EventAt.Served => state with { Served = null },
        EventAt.Known => state with { Known = null },
        EventAt.Sets => state with { Sets = null },
        EventAt.Body => state with { Body = null },
        EventAt.Place => state with { Place = null },
        EventAt.Source => state with { Source = null },
        EventAt.Note => state with { Note = null },
        _ => state,
    };

    private static Turn<EventState, EventAnswer> Onward(EventState state) => To(state, StepsOf(state).First(at => at > state.At));

    private static Turn<EventState, EventAnswer> GoBack(EventState state) => state switch
    {
        { At: EventAt.Kind, Group: not null } => To(state with { Group = null }, EventAt.Kind),
        { At: EventAt.Case } => Again(state, null),
        { At: EventAt.Meant } => To(state with { Meant = [] }, EventAt.Check),
        _ => To(state, StepsOf(state).Where(at => at < state.At).Append(EventAt.Kind).Max()),
    };

    private static Turn<EventState, EventAnswer> To(EventState state, EventAt at) =>
        new(state with { At = at, Turn = state.Turn + 1, Doubted = null, Near = null });

    private static Turn<EventState, EventAnswer> Again(EventState state, Line? remark) => new(state with { Turn = state.Turn + 1, Near = null })
    {
        Remark = remark,
    };
}
