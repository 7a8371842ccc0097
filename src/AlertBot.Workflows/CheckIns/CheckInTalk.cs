using System.Globalization;
using AlertBot.Domain.CheckIns;
using AlertBot.Domain.Time;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.CheckIns;

/// <summary>
/// The conversation in which a person chooses their check-in: when, how long each step waits, under which name. It knows no messenger, no database
/// and no clock. After each answer it asks for the first thing still missing, and at the end it shows everything.
/// </summary>
public static class CheckInTalk
{
    /// <summary>Raise it when <see cref="CheckInState"/> changes its shape; older conversations then begin anew.</summary>
    public const int StateVersion = 1;

    public const int NameLimit = 100;

    internal const string Back = "back";
    internal const string Cancel = "cancel";
    internal const string Go = "go";
    internal const string Skip = "skip";
    internal const string Daily = "daily";
    internal const string ByDays = "days";
    internal const string Every = "every.";
    internal const string Day = "day.";
    internal const string Hour = "at.";
    internal const string Zone = "zone.";
    internal const string Grace = "grace.";
    internal const string Change = "to.";

    /// <param name="zone">The person's zone, if they ever named it.</param>
    public static CheckInState Begin(int turn, string? zone) => new() { Turn = turn, Zone = zone };

    /// <summary>Begins with the existing check-in, to look it over.</summary>
    public static CheckInState BeginWith(int turn, CheckIn one, string? zone) => new()
    {
        Turn = turn,
        At = CheckInAt.Check,
        Schedule = one.Schedule?.ToString(),
        Zone = zone,
        Grace = (int)one.Grace.TotalMinutes,
        Called = one.Called?.Reveal(),
        IsNameAsked = true,
    };

    public static Turn<CheckInState, CheckInAnswer> Answer(CheckInState state, Said said, CheckInPolicy policy) => said switch
    {
        Said.Pressed press when press.Turn != state.Turn => new(state) { IsStale = true },
        Said.Pressed { Data: Cancel } => new(null),
        Said.Pressed { Data: Back } => To(state, Before(state)),
        Said.Pressed { Data: var data } => Press(state, data, policy),
        Said.Words { Text: var text } => Words(state, text.Trim(), policy),
        _ => Again(state, new Line("talk.words-please")),
    };

    private static Turn<CheckInState, CheckInAnswer> Press(CheckInState state, string data, CheckInPolicy policy) => (state.At, data) switch
    {
        (CheckInAt.Explain, Go) => Onward(state),
        (CheckInAt.When, Daily) => To(state with { IsByDays = false }, CheckInAt.Hour),
        (CheckInAt.When, ByDays) => To(state with { IsByDays = true }, CheckInAt.Days),
        (CheckInAt.When, _) when Number(data, Every) is { } hours => Times(state, new CheckInSchedule.Every(hours).ToString()),
        (CheckInAt.Days, Go) when state.Days != WeekDays.None => To(state, CheckInAt.Hour),
        (CheckInAt.Days, _) when Number(data, Day) is >= 1 and <= 7 and var day =>
            To(state with { Days = state.Days ^ WeekDaysText.Only((IsoDayOfWeek)day) }, CheckInAt.Days),
        (CheckInAt.Hour, _) when Number(data, Hour) is >= 0 and < 24 and var hour => At(state, new LocalTime(hour, 0)),
        (CheckInAt.Zone, _) when data.StartsWith(Zone, StringComparison.Ordinal) && ZoneName.Find(data[Zone.Length..]) is { } zone =>
            Onward(state with { Zone = zone }),
        (CheckInAt.Grace, _) when Number(data, Grace) is { } minutes => Wait(state, minutes, policy),
        (CheckInAt.Name, Skip) => Onward(state with { Called = null, IsNameAsked = true }),
        (CheckInAt.Check, _) when data.StartsWith(Change, StringComparison.Ordinal) && Configuration.Words.Read<CheckInAt>(data[Change.Length..])
            is { } at and (CheckInAt.When or CheckInAt.Zone or CheckInAt.Grace or CheckInAt.Name) => To(state, at),
        (CheckInAt.Check, Go) when state is { Times: { } times, Grace: { } grace, NeedsZone: false } =>
            new(null, new CheckInAnswer(times, Duration.FromMinutes(grace), state.Zone, state.Called)),
        _ => Again(state, null),
    };

    private static Turn<CheckInState, CheckInAnswer> Words(CheckInState state, string text, CheckInPolicy policy) => state.At switch
    {
        CheckInAt.When => Times(state, text),
        CheckInAt.Hour => WallTime.Read(text) is { } at ? At(state, at) : Again(state, new Line("checkin.not-a-time")),
        CheckInAt.Zone => ZoneName.Find(text) is { } zone ? Onward(state with { Zone = zone }) : Again(state, new Line("newcase.bad-zone")),
        CheckInAt.Grace => Minutes(text) is { } minutes ? Wait(state, minutes, policy) : Again(state, Bounds(policy)),
        CheckInAt.Name => Name(state, text),
        _ => Again(state, new Line("talk.press-please")),
    };

    private static Turn<CheckInState, CheckInAnswer> Times(CheckInState state, string text) => CheckInSchedule.Read(text) is { } times
        ? Onward(state with { Schedule = times.ToString() })
        : Again(state, new Line("checkin.not-a-time"));

    private static Turn<CheckInState, CheckInAnswer> At(CheckInState state, LocalTime at) =>
        Times(state, new CheckInSchedule.Daily(at, state is { IsByDays: true, Days: not WeekDays.None } ? state.Days : WeekDays.All).ToString());

    private static Turn<CheckInState, CheckInAnswer> Wait(CheckInState state, int minutes, CheckInPolicy policy) =>
        policy.Allows(Duration.FromMinutes(minutes)) ? Onward(state with { Grace = minutes }) : Again(state, Bounds(policy));

    private static Turn<CheckInState, CheckInAnswer> Name(CheckInState state, string text)
    {
        var name = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (name.Length > NameLimit)
            return Again(state, new Line("talk.too-long", ("limit", NameLimit)));
        return name.Length == 0 ? Again(state, new Line("talk.words-please")) : Onward(state with { Called = name, IsNameAsked = true });
    }

    private static Line Bounds(CheckInPolicy policy) => new("checkin.not-a-wait", ("from", policy.ShortestGrace), ("to", policy.LongestGrace));

    // What is known is not asked again: a change leads back to the overview.
    private static Turn<CheckInState, CheckInAnswer> Onward(CheckInState state) => To(state, state switch
    {
        { Times: null } => CheckInAt.When,
        { NeedsZone: true } => CheckInAt.Zone,
        { Grace: null } => CheckInAt.Grace,
        { IsNameAsked: false } => CheckInAt.Name,
        _ => CheckInAt.Check,
    });

    private static CheckInAt Before(CheckInState state) => state.At switch
    {
        CheckInAt.Check => CheckInAt.Name,
        CheckInAt.Name => CheckInAt.Grace,
        CheckInAt.Hour when state.IsByDays => CheckInAt.Days,
        CheckInAt.Grace or CheckInAt.Zone or CheckInAt.Hour or CheckInAt.Days => CheckInAt.When,
        _ => CheckInAt.Explain,
    };

    // 45, 30m, 2h, also with the letters of Cyrillic keyboards.
    private static int? Minutes(string text)
    {
        var (digits, unit) = text.Length > 1 && char.IsLetter(text[^1]) ? (text[..^1].TrimEnd(), char.ToLowerInvariant(text[^1])) : (text, 'm');
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 10_000
            ? unit switch { 'm' or 'м' => number, 'h' or 'ч' => number * 60, _ => null }
            : null;
    }

    private static int? Number(string data, string prefix) =>
        data.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(
            data.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number < 10_000 ? number : null;

    private static Turn<CheckInState, CheckInAnswer> To(CheckInState state, CheckInAt at) => new(state with { At = at, Turn = state.Turn + 1 });

    private static Turn<CheckInState, CheckInAnswer> Again(CheckInState state, Line? remark) => new(state with { Turn = state.Turn + 1 })
    {
        Remark = remark,
    };
}
