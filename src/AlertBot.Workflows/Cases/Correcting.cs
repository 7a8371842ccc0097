using AlertBot.Domain.Cases;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.Cases;

/// <summary>What is being put right: which part of which event, and what was told of it. Prints as a mask.</summary>
public sealed record Correcting(string Event, string Part)
{
    /// <summary>Raise it when it changes its shape.</summary>
    public const int StateVersion = 1;

    public const string When = "when";
    public const string HowExactly = "how";
    public const string Kind = "kind";
    public const string Served = "served";
    public const string Known = "known";
    public const string Sets = "sets";
    public const string Body = "body";
    public const string About = "about";
    public const string Withdraw = "withdraw";
    public const string Prefer = "prefer";

    public int Turn { get; init; }

    /// <summary>The new value as it was written; null while it is asked for.</summary>
    public string? Told { get; init; }

    /// <summary>True: it looks like a slip, and somebody said that it is right.</summary>
    public bool IsSure { get; init; }

    /// <summary>The parts of an event that can be put right, in the order in which they are offered.</summary>
    public static IEnumerable<string> PartsOf(CaseEvent one, CaseFile file)
    {
        yield return When;
        if (one.When is { Precision: not (Precision.Month or Precision.Year) })
            yield return HowExactly;
        yield return Kind;
        if (EventMenu.IsDecision(one.Kind.Code))
        {
            yield return Served;
            yield return Known;
        }

        if (EventMenu.QuestionOfDateSet(one.Kind.Code) is not null)
            yield return Sets;
        if (EventMenu.GoesToACommittee(one.Kind.Code) || EventKinds.Filings.Contains(one.Kind))
            yield return Body;
        if (EventKinds.Filings.Contains(one.Kind) && Decisions(one, file).Any())
            yield return About;
        if (Accounts(one, file).Count > 1 && !one.Preferred)
            yield return Prefer;
        yield return Withdraw;
    }

    /// <summary>What a filing may be about.</summary>
    public static IEnumerable<CaseEvent> Decisions(CaseEvent filing, CaseFile file) => file.Events.Where(one => one.Id != filing.Id
        && !one.IsWithdrawn && (EventKinds.Decisions.Contains(one.Kind) || EventKinds.Taken.Contains(one.Kind)));

    /// <summary>The events as they will stand, or what is wrong with what was told.</summary>
    public (IReadOnlyList<CaseEvent> Events, Line? Problem) In(CaseFile file, LocalDate today)
    {
        if (file.Events.FirstOrDefault(other => other.Id.Value.ToString("N") == Event) is not { } one)
            return ([], new Line("correct.gone"));

        var told = Told?.Trim() ?? "";
        return Part switch
        {
            When => Date(one, file, told, today),
            HowExactly => one.When is { } when && WhenText.ReadPrecision(told) is { } precision
                ? ([one with { When = when with { Precision = precision } }], null)
                : ([], new Line("talk.press-please")),
            Kind => EventKinds.Find(told) is { } kind && kind != JoinCases.Merge
                ? ([one with { Kind = kind }], null)
                : ([], new Line("event.unknown-kind")),
            Served => Day(one, told, today, day => one with { Served = day }),
            Known => Day(one, told, today, day => one with { Known = day }),
            Sets => WhenText.Read(told, ZoneOf(one, file)) is not { Window: { } set } sets ? ([], new Line("event.bad-date"))
                : !IsSure && DateDoubt.OfSet(set, one.When?.Window, today) is { } doubt ? ([], doubt)
                : ([one with { Sets = sets }], null),
            Body => told.Length is > 0 and <= EventTalk.BodyLimit
                ? ([one with { Body = told.ToUpperInvariant() }], null)
                : ([], new Line("talk.too-long", ("limit", EventTalk.BodyLimit))),
            About => Decisions(one, file).FirstOrDefault(other => other.Id.Value.ToString("N") == told) is { } decision
                ? ([one with { About = decision.Id }], null)
                : ([], new Line("talk.press-please")),
            Withdraw => ([one with { IsWithdrawn = true }], null),
            Prefer => (Preferring(one, file), null),
            _ => ([], new Line("talk.press-please")),
        };
    }

    public override string ToString() => $"(correcting, {Part})";

    private static DateTimeZone ZoneOf(CaseEvent one, CaseFile file) => one.When?.Zone ?? file.Zone;

    private (IReadOnlyList<CaseEvent> Events, Line? Problem) Date(CaseEvent one, CaseFile file, string told, LocalDate today)
    {
        if (WhenText.Read(told, ZoneOf(one, file)) is not { Window: { } window } when)
            return ([], new Line("event.bad-date"));
        if (DateDoubt.OfWhatHappened(window, today, EventMenu.MayLieAhead(one.Kind.Code)) is { } doubt && !(IsSure && DateDoubt.MayBeSo(doubt)))
            return ([], doubt);

        // How exactly it was known was said of the day; another day is known as exactly.
        var precision = one.When?.Precision is Precision.Day or Precision.Night && when is { Precision: Precision.Exact, Time: null }
            ? one.When.Precision
            : when.Precision;
        return ([one with { When = when with { Precision = precision } }], null);
    }

    private (IReadOnlyList<CaseEvent> Events, Line? Problem) Day(CaseEvent one, string told, LocalDate today, Func<LocalDate, CaseEvent> changed)
    {
        if (WhenText.Read(told, DateTimeZone.Utc) is not { Window: { } window } || WhenText.ReadDay(told) is not { } day)
            return ([], new Line("event.bad-day"));
        if (one.When?.Window is { } decided && day < decided.FirstDay)
            return ([], new Line("event.before-decision", ("day", decided.FirstDay)));
        return DateDoubt.OfWhatHappened(window, today) is { } doubt && !(IsSure && DateDoubt.MayBeSo(doubt)) ? ([], doubt) : ([changed(day)], null);
    }

    private static List<CaseEvent> Accounts(CaseEvent one, CaseFile file)
    {
        var root = one.SameFactAs ?? one.Id;
        return file.Events.Where(other => !other.IsWithdrawn && (other.Id == root || other.SameFactAs == root || other.Id == one.Id)).ToList();
    }

    /// <summary>The accounts of a fact that change when this one counts from now on: it, and the one that counted before.</summary>
    public static IReadOnlyList<CaseEvent> Preferring(CaseEvent one, CaseFile file) =>
    [
        one with { Preferred = true },
        .. Accounts(one, file).Where(other => other.Id != one.Id && other.Preferred).Select(other => other with { Preferred = false }),
    ];
}
