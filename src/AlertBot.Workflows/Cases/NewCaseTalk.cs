using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;

namespace AlertBot.Workflows.Cases;

/// <summary>
/// The conversation that opens a case: who, which laws, which clock. It knows no messenger, no database and no clock: what it is
/// told goes in, what it asks comes out.
/// </summary>
public static class NewCaseTalk
{
    /// <summary>Raise it when <see cref="NewCaseState"/> changes its shape; older conversations then start anew.</summary>
    public const int StateVersion = 1;

    public const int NameLimit = 200;
    public const int MostNames = 30;

    private const string Back = "back";
    private const string Cancel = "cancel";
    private const string Go = "go";
    private const string Toggle = "law.";
    private const string Zone = "zone.";
    private const int LawsPerRow = 2;
    private const int MostZones = 8;

    public static NewCaseState Begin(int turn) => new() { Turn = turn };

    public static Turn<NewCaseState, NewCaseAnswer> Answer(NewCaseState state, Said said, LawMenu laws) => said switch
    {
        Said.Pressed press when press.Turn != state.Turn => new(state) { IsStale = true },
        Said.Pressed { Data: Cancel } => new(null),
        Said.Pressed { Data: Back } => To(state, state.At switch
        {
            NewCaseAt.Check => NewCaseAt.Zone,
            NewCaseAt.Zone => NewCaseAt.Laws,
            _ => NewCaseAt.Names,
        }),
        Said.Pressed { Data: var data } => Press(state, data, laws),
        Said.Words { Text: var text } => Words(state, text, laws),
        _ => Again(state, new Line("talk.words-please")),
    };

    /// <summary>The question that is open.</summary>
    public static Prompt Ask(NewCaseState state, LawMenu laws) => state.At switch
    {
        NewCaseAt.Names => AskNames(state),
        NewCaseAt.Laws => AskLaws(state, laws),
        NewCaseAt.Zone => AskZone(state, laws),
        _ => AskCheck(state),
    };

    private static Turn<NewCaseState, NewCaseAnswer> Press(NewCaseState state, string data, LawMenu laws) => (state.At, data) switch
    {
        (NewCaseAt.Names, Go) when state.Names.Count > 0 => To(state, NewCaseAt.Laws),
        (NewCaseAt.Names, "clear") => To(state with { Names = [] }, NewCaseAt.Names),
        (NewCaseAt.Laws, Go) => To(state, NewCaseAt.Zone),
        (NewCaseAt.Laws, _) when data.StartsWith(Toggle, StringComparison.Ordinal) && laws.Find(data[Toggle.Length..]) is { } place =>
            To(state with { Laws = Toggled(state.Laws, place, laws) }, NewCaseAt.Laws),
        (NewCaseAt.Zone, _) when data.StartsWith(Zone, StringComparison.Ordinal) && ZoneName.Find(data[Zone.Length..]) is { } zone =>
            To(state with { Zone = zone }, NewCaseAt.Check),
        (NewCaseAt.Check, Go) when state is { Names.Count: > 0, Zone: { } zone } => new(null, new NewCaseAnswer(state.Names, state.Laws, zone)),
        _ => Again(state, null),
    };

    private static Turn<NewCaseState, NewCaseAnswer> Words(NewCaseState state, string text, LawMenu laws) => state.At switch
    {
        NewCaseAt.Names => Names(state, text),
        NewCaseAt.Laws => Laws(state, text, laws),
        NewCaseAt.Zone => ZoneName.Find(text) is { } zone
            ? To(state with { Zone = zone }, NewCaseAt.Check)
            : ZoneName.Near(text) is { } near
                ? Again(state with { Near = near }, new Line("zone-near", ("zone", near)))
                : Again(state, new Line("newcase.bad-zone")),
        _ => Again(state, new Line("talk.press-please")),
    };

    private static Turn<NewCaseState, NewCaseAnswer> Names(NewCaseState state, string text)
    {
        var told = text.Split('\n').Select(name => name.Trim()).Where(name => name.Length > 0);
        var all = state.Names.Concat(told).Distinct(StringComparer.Ordinal).ToList();
        if (all.Any(name => !name.Any(char.IsLetter)))
            return Again(state, new Line("newcase.no-name"));
        if (all.Any(name => name.Length > NameLimit))
            return Again(state, new Line("talk.too-long", ("limit", NameLimit)));

        return all.Count > MostNames
            ? Again(state, new Line("newcase.too-many-names", ("limit", MostNames)))
            : To(state with { Names = all }, NewCaseAt.Laws);
    }

    // Typed codes replace what was chosen: the order in which they are typed says where the person is.
    private static Turn<NewCaseState, NewCaseAnswer> Laws(NewCaseState state, string text, LawMenu laws)
    {
        var codes = text.Split([' ', ',', ';', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var unknown = codes.Where(code => laws.Find(code) is null).ToList();
        return unknown.Count > 0 || codes.Length == 0
            ? Again(state, new Line(
                "newcase.unknown-law", ("codes", string.Join(", ", unknown)), ("known", laws.Places.Select(place => place.Code).ToList())))
            : To(state with { Laws = codes.Select(code => laws.Find(code)!.Code).Distinct(StringComparer.Ordinal).ToList() }, NewCaseAt.Zone);
    }

    internal static List<string> Toggled(IReadOnlyList<string> chosen, LawPlace place, LawMenu laws) => chosen.Contains(place.Code)
        ? chosen.Where(code => code != place.Code).ToList()
        : chosen.Append(place.Code).Concat(place.IsState ? laws.TreatiesOf(place.Code) : []).Distinct(StringComparer.Ordinal).ToList();

    private static Turn<NewCaseState, NewCaseAnswer> To(NewCaseState state, NewCaseAt at) => new(state with { At = at, Turn = state.Turn + 1 });

    private static Turn<NewCaseState, NewCaseAnswer> Again(NewCaseState state, Line? remark) =>
        new(state with { Turn = state.Turn + 1 }) { Remark = remark };

    private static Prompt AskNames(NewCaseState state) => state.Names.Count == 0
        ? new Prompt([new Line("newcase.ask-name")], [[new Option("button.cancel", Cancel)]])
        : new Prompt(
            [new Line("newcase.ask-more-names", ("names", string.Join("\n", state.Names)))],
            [[new Option("button.continue", Go)], [new Option("newcase.clear-names", "clear"), new Option("button.cancel", Cancel)]]);

    private static Prompt AskLaws(NewCaseState state, LawMenu laws)
    {
        var rows = laws.Places.Select(place => new Option(LabelOf(state, place), Toggle + place.Code)).Chunk(LawsPerRow)
            .Select(row => (IReadOnlyList<Option>)row).ToList();
        rows.Add([new Option(state.Laws.Count == 0 ? "newcase.no-law" : "button.continue", Go)]);
        rows.Add(BackAndCancel);
        return new Prompt([new Line("newcase.ask-jurisdictions")], rows);
    }

    private static Line LabelOf(NewCaseState state, LawPlace place)
    {
        var name = new Line("jurisdiction." + place.Code);
        return state.Laws.Contains(place.Code) ? new Line("button.chosen", ("what", name)) : name;
    }

    private static Prompt AskZone(NewCaseState state, LawMenu laws)
    {
        var guesses = state.Laws.SelectMany(code => laws.Find(code)?.Zones ?? []).Prepend(state.Zone).Prepend(state.Near).OfType<string>()
            .Distinct(StringComparer.Ordinal).Take(MostZones)
            .Select(zone => (IReadOnlyList<Option>)[new Option(new Line("newcase.zone", ("zone", zone)), Zone + zone)]).ToList();
        guesses.Add(BackAndCancel);
        return new Prompt([new Line("newcase.ask-zone")], guesses);
    }

    private static Prompt AskCheck(NewCaseState state) => new(
        [
            new Line("newcase.check"),
            new Line("newcase.check-names", ("names", string.Join("\n", state.Names))),
            new Line(state.Laws.Count == 0 ? "newcase.check-no-law" : "newcase.check-law", ("jurisdictions", state.Laws)),
            new Line("newcase.check-zone", ("zone", state.Zone ?? "")),
        ],
        [[new Option("newcase.open", Go)], BackAndCancel]);

    private static IReadOnlyList<Option> BackAndCancel { get; } = [new Option("button.back", Back), new Option("button.cancel", Cancel)];
}

/// <summary>What has been told so far. It is saved after every step. Prints as a mask.</summary>
public sealed record NewCaseState
{
    /// <summary>Number of the open question.</summary>
    public int Turn { get; init; }

    public NewCaseAt At { get; init; }

    /// <summary>The person's name in every spelling told.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Codes of <c>config/law</c>; the State where the person is comes first.</summary>
    public IReadOnlyList<string> Laws { get; init; } = [];

    public string? Zone { get; init; }

    /// <summary>The time zone of the place that was most likely meant.</summary>
    public string? Near { get; init; }

    public override string ToString() => $"(new case, at {At})";
}

public enum NewCaseAt
{
    Names,
    Laws,
    Zone,
    Check,
}

/// <summary>A case to be opened. Prints as a mask.</summary>
public sealed record NewCaseAnswer(IReadOnlyList<string> Names, IReadOnlyList<string> Laws, string Zone)
{
    public override string ToString() => "(new case)";
}
