using AlertBot.Domain.CheckIns;
using AlertBot.Workflows.Chat;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.Workflows.CheckIns;

/// <summary>The questions of the conversation about a check-in, as text keys and facts.</summary>
public static class CheckInPrompts
{
    private const int MostZones = 8;
    private static readonly int[] OfferedIntervals = [6, 12, 24];
    private static readonly int[] OfferedHours = [8, 12, 18, 21];
    private static readonly IReadOnlyList<Option> BackAndCancel =
        [new Option("button.back", CheckInTalk.Back), new Option("button.cancel", CheckInTalk.Cancel)];

    /// <summary>The open question.</summary>
    public static Prompt Ask(CheckInState state, CheckInPolicy policy) => state.At switch
    {
        CheckInAt.Explain => new Prompt(
            [new Line("checkin.explain"), new Line("checkin.explain-limits")],
            [[new Option("button.continue", CheckInTalk.Go), new Option("button.cancel", CheckInTalk.Cancel)]]),
        CheckInAt.When => new Prompt(
            [new Line("checkin.ask-when")],
            [
                [new Option("checkin.daily", CheckInTalk.Daily), new Option("checkin.by-days", CheckInTalk.ByDays)],
                .. OfferedIntervals.Select(
                    hours => (IReadOnlyList<Option>)[new Option(new Line("checkin.every", ("hours", hours)), Number(CheckInTalk.Every, hours))]),
                BackAndCancel,
            ]),
        CheckInAt.Days => new Prompt([new Line("checkin.ask-days")], [.. Rows(Week(state), 2), .. Going(state.Days != WeekDays.None), BackAndCancel]),
        CheckInAt.Hour => new Prompt(
            [new Line("checkin.ask-hour")],
            [.. Rows(OfferedHours.Select(
                hour => new Option(new Line("checkin.at", ("time", new LocalTime(hour, 0))), Number(CheckInTalk.Hour, hour))), 2), BackAndCancel]),
        CheckInAt.Zone => new Prompt(
            [new Line("quiet.ask-zone")],
            [.. Rows(ZoneName.Common.Take(MostZones)
                .Select(zone => new Option(new Line("newcase.zone", ("zone", zone)), CheckInTalk.Zone + zone)), 2), BackAndCancel]),
        CheckInAt.Grace => new Prompt(
            [new Line("checkin.ask-wait", ("from", policy.ShortestGrace), ("to", policy.LongestGrace))],
            [
                .. Rows(
                    policy.OfferedGraces.Select(
                        grace => new Option(new Line("checkin.wait", ("grace", grace)), Number(CheckInTalk.Grace, (int)grace.TotalMinutes))), 2),
                BackAndCancel,
            ]),
        CheckInAt.Name => new Prompt([new Line("checkin.ask-name")], [[new Option("checkin.no-name", CheckInTalk.Skip)], BackAndCancel]),
        _ => Check(state),
    };

    /// <summary>The times of the questions, in words.</summary>
    /// <param name="zone">The zone of their clock.</param>
    public static Line Times(CheckInSchedule schedule, string? zone) => schedule switch
    {
        CheckInSchedule.Every every => new Line("checkin.when-every", ("hours", every.Hours)),
        CheckInSchedule.Daily { Days: WeekDays.All } daily => new Line("checkin.when-daily", ("time", daily.At), ("zone", zone ?? "")),
        CheckInSchedule.Daily some => new Line(
            "checkin.when-days", ("days", some.Days.Each().Cast<object>().ToList()), ("time", some.At), ("zone", zone ?? "")),
        _ => throw new InvalidOperationException("A schedule without words."),
    };

    /// <summary>The name that others see.</summary>
    public static Line Name(string? called) => called is null ? new Line("checkin.without-name") : new Line("checkin.with-name", ("name", called));

    private static Prompt Check(CheckInState state)
    {
        var lines = new List<Line> { new("checkin.check") };
        if (state.Times is { } times)
            lines.Add(Times(times, state.Zone));
        lines.Add(new Line("checkin.steps", ("grace", Duration.FromMinutes(state.Grace ?? 0))));
        lines.Add(Name(state.Called));
        var changes = new List<Option>
        {
            To("checkin.change-when", CheckInAt.When), To("checkin.change-wait", CheckInAt.Grace), To("checkin.change-name", CheckInAt.Name),
        };
        if (state.Times is CheckInSchedule.Daily)
            changes.Add(To("quiet.other-zone", CheckInAt.Zone));
        return new Prompt(
            lines, [[new Option("checkin.begin", CheckInTalk.Go)], .. Rows(changes, 2), [new Option("button.cancel", CheckInTalk.Cancel)]]);
    }

    private static IEnumerable<Option> Week(CheckInState state) => WeekDays.All.Each().Select(day =>
    {
        var name = new Line("checkin.day", ("day", day));
        return new Option(state.Days.Has(day) ? new Line("button.chosen", ("what", name)) : name, Number(CheckInTalk.Day, (int)day));
    });

    private static IEnumerable<IReadOnlyList<Option>> Going(bool isPossible) => isPossible ? [[new Option("button.continue", CheckInTalk.Go)]] : [];

    private static Option To(string key, CheckInAt at) => new(key, CheckInTalk.Change + at);

    private static string Number(string prefix, int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{prefix}{number}");

    private static List<IReadOnlyList<Option>> Rows(IEnumerable<Option> options, int perRow) =>
        options.Chunk(perRow).Select(row => (IReadOnlyList<Option>)row).ToList();
}
