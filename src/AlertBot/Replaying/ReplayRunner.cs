using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Hosting;
using AlertBot.Postgres;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Deadlines;
using NodaTime;
using EventId = AlertBot.Domain.Cases.EventId;

namespace AlertBot.Replaying;

/// <summary>
/// Plays histories side by side on one clock: the cast tells the bot, the monitors run when they are due, and the phones show what arrives. Only the
/// time is simulated.
/// </summary>
public sealed class ReplayRunner(Ground ground, Stage stage, IReadOnlyList<Scenario> scenarios)
{
    private readonly Dictionary<string, Playing> _playing = scenarios.ToDictionary(one => one.Name, one => new Playing(one), StringComparer.Ordinal);
    private readonly PriorityQueue<Func<CancellationToken, Task>, (Instant, int)> _planned = new();
    private Func<ReplayMoment, Task> _show = _ => Task.CompletedTask;

    /// <summary>The first moment in any of the histories.</summary>
    public static Instant StartOf(IReadOnlyList<Scenario> scenarios) =>
        scenarios.Min(one => InstantOf(one, one.Events[0].Told)) - Duration.FromDays(1);

    /// <param name="show">Called with each moment; the replay waits for it.</param>
    public async Task<IReadOnlyList<ReplayedScenario>> RunAsync(Func<ReplayMoment, Task>? show, CancellationToken ct)
    {
        _show = show ?? _show;
        foreach (var playing in _playing.Values)
            Plan(playing);

        var end = _playing.Values.Max(playing => EndOf(playing.Scenario, playing.Scenario.Until));
        while (await NextAsync(ct) is { } next && next <= end)
            await PlayAsync(next, ct);

        return _playing.Values.Select(playing => new ReplayedScenario(
            playing.Scenario, [.. playing.Checks, .. playing.Scenario.Expectations.Select(playing.Judge).OfType<CheckedExpectation>()],
            playing.Timeline)).ToList();
    }

    private void Plan(Playing playing)
    {
        var scenario = playing.Scenario;
        var events = new EventId?[scenario.Events.Count];
        foreach (var (told, index) in scenario.Events.Select((told, index) => (told, index)))
        {
            _planned.Enqueue(ct => TellAsync(playing, told, index, events, ct), (InstantOf(scenario, told.Told), 0));
            if (told.Confirmed is { } confirmed)
                _planned.Enqueue(
                    ct => ConfirmAsync(playing, events[index]!.Value, ct),
                    (Instant.Max(InstantOf(scenario, confirmed), InstantOf(scenario, told.Told)), 1));
        }

        foreach (var expected in scenario.Expectations.Where(one => one.Kind is ExpectationKind.Status or ExpectationKind.Deadline))
            _planned.Enqueue(ct => CheckAsync(playing, expected, ct), (EndOf(scenario, expected.To!.Value), 2));
    }

    // The next moment at which somebody tells something or a monitor must look.
    private async Task<Instant?> NextAsync(CancellationToken ct)
    {
        await using var session = await stage.Database.BeginAsync(ct);
        var look = new[] { await session.Deadlines.NextLookAsync(), await QuietCases.NextAsync(session) }.Min();
        var told = _planned.TryPeek(out _, out var priority) ? priority.Item1 : (Instant?)null;
        return look is { } a && told is { } b ? Instant.Min(a, b) : look ?? told;
    }

    private async Task PlayAsync(Instant next, CancellationToken ct)
    {
        stage.Clock.MoveTo(next);
        var now = stage.Clock.GetCurrentInstant();
        while (_planned.TryPeek(out var act, out var priority) && priority is (var at, < 2) && at <= now)
        {
            _planned.Dequeue();
            await act(ct);
        }

        await stage.Get<DeadlineMonitor>().RunAsync(ct);
        await stage.Get<QuietCases>().RunAsync(ct);
        await stage.DeliverAsync(ct);
        await CollectAsync(ct);

        while (_planned.TryPeek(out var check, out var priority) && priority.Item1 <= now)
        {
            _planned.Dequeue();
            await check(ct);
        }
    }

    private async Task TellAsync(Playing playing, ToldEvent told, int index, EventId?[] events, CancellationToken ct)
    {
        await using var session = await stage.Database.BeginAsync(ct);
        var coordinator = await stage.ActorAsync(session, stage.Cast.Coordinator);
        playing.Case ??= await OpenAsync(session, playing.Scenario, coordinator);

        var read = told.Draft.Read(playing.Scenario.Zone).Event!;
        if (told.Draft.SameFactAs is { } same)
            read = read with { SameFactAs = events[same - 1] };
        if (told.Draft.About is { } about)
            read = read with { About = events[about - 1] };
        events[index] = read.Id;
        await stage.Get<RecordEvent>().RunAsync(session.As(coordinator), playing.Case.Value, read);
        await session.CommitAsync(ct);
        await ShowAsync(playing, ReplayMomentKind.Told, told.Title ?? Words_(told.Draft));
    }

    private async Task<CaseId> OpenAsync(Session session, Scenario scenario, Domain.People.Actor coordinator)
    {
        var content = scenario.Case.Read(scenario.Case.Jurisdictions).Content!;
        var file = await stage.Get<OpenCase>().RunAsync(
            session.As(coordinator), content.Names, scenario.Case.Jurisdictions, scenario.Zone, scenario.Code)
            ?? throw new OperatorProblem($"The case code {scenario.Code} is used by two scenarios.");
        await stage.SubscribeAsync(session, file.Id);
        return file.Id;
    }

    private async Task ConfirmAsync(Playing playing, EventId @event, CancellationToken ct)
    {
        await using var session = await stage.Database.BeginAsync(ct);
        var second = await stage.ActorAsync(session, stage.Cast.SecondCoordinator);
        await stage.Get<RecordEvent>().ConfirmAsync(session.As(second), @event);
        await session.CommitAsync(ct);
        await ShowAsync(playing, ReplayMomentKind.Confirmed, "a second person confirms the date");
    }

    private async Task CollectAsync(CancellationToken ct)
    {
        await using var session = await stage.Database.BeginAsync(ct);
        foreach (var alert in await session.Alerts.SinceAsync(session.Now))
        {
            if (alert.Case is not { } @case || _playing.Values.FirstOrDefault(one => one.Case == @case) is not { } playing
                || !playing.Known.Add(alert.Id))
                continue;

            var deliveries = await session.Alerts.DeliveriesAsync(alert.Id);
            var local = session.Now.InZone(playing.Scenario.Zone).LocalDateTime;
            var seen = new SeenAlert(
                local.Date, local, alert, deliveries.GetValueOrDefault(Domain.Alerts.DeliveryState.Sent), deliveries.Values.Sum());
            playing.Seen.Add(seen);
            await ShowAsync(
                playing, ReplayMomentKind.Alert, $"{seen} → {seen.Sent} of {seen.All}", playing.WasExpected(seen) ? true : null, seen.IsAskedAgain);
        }
    }

    private async Task CheckAsync(Playing playing, Expectation expected, CancellationToken ct)
    {
        await using var session = await stage.Database.BeginAsync(ct);
        var file = playing.Case is { } id ? await session.Cases.FindAsync(id) : null;
        var check = expected.Kind == ExpectationKind.Status
            ? new CheckedExpectation(expected, file?.Status == expected.Status, file is null ? "no case yet" : Words.Snake(file.Status.ToString()))
            : CheckDeadline(expected, file);
        playing.Checks.Add(check);
        await ShowAsync(playing, ReplayMomentKind.Check, $"{expected.Text}: {check.Found}", check.Passed);
    }

    private CheckedExpectation CheckDeadline(Expectation expected, CaseFile? file)
    {
        var wanted = expected.Deadline!;
        var suffix = wanted.Limit is null ? null : ":" + wanted.Limit;
        var found = (file is null ? [] : CaseDeadlines.Compute(file, ground.Law, stage.Clock.GetCurrentInstant()))
            .Where(deadline => deadline.RuleId == wanted.Rule
                && (suffix is null ? deadline.Key.Count(c => c == ':') == 1 : deadline.Key.EndsWith(suffix, StringComparison.Ordinal)))
            .ToList();
        var fits = found.Any(deadline =>
            (wanted.Earliest is null || deadline.Limit.Earliest.LocalText == wanted.Earliest)
            && (wanted.Latest is null || deadline.Limit.Latest.LocalText == wanted.Latest)
            && (wanted.State is null || Words.Snake(deadline.State.ToString()) == wanted.State));
        return new CheckedExpectation(expected, fits, found.Count == 0 ? "none" : string.Join("; ", found.Select(deadline =>
            $"{deadline.Limit.Earliest.LocalText} / {deadline.Limit.Latest.LocalText} {Words.Snake(deadline.State.ToString())}")));
    }

    private Task ShowAsync(Playing playing, ReplayMomentKind kind, string text, bool? passed = null, bool isAskedAgain = false)
    {
        var now = stage.Clock.GetCurrentInstant();
        var moment = new ReplayMoment(
            now, now.InZone(playing.Scenario.Zone).LocalDateTime, playing.Scenario.Name, playing.Scenario.Code.Text, kind, text, passed)
        {
            IsAskedAgain = isAskedAgain,
        };
        playing.Timeline.Add(moment);
        return _show(moment);
    }

    private static string Words_(EventDraft draft) => draft.Kind.Replace('_', ' ');

    private static Instant InstantOf(Scenario scenario, LocalDateTime local) => scenario.Zone.AtLeniently(local).ToInstant();

    private static Instant EndOf(Scenario scenario, LocalDate day) =>
        scenario.Zone.AtStartOfDay(day.PlusDays(1)).ToInstant() - Duration.FromSeconds(1);

    private sealed class Playing(Scenario scenario)
    {
        public Scenario Scenario => scenario;

        public CaseId? Case { get; set; }

        public HashSet<Domain.Alerts.AlertId> Known { get; } = [];

        public List<SeenAlert> Seen { get; } = [];

        public List<CheckedExpectation> Checks { get; } = [];

        public List<ReplayMoment> Timeline { get; } = [];

        public bool WasExpected(SeenAlert seen) => scenario.Expectations.Any(one => one.Kind == ExpectationKind.Alert && Covers(one, seen));

        /// <summary>Null if another check covers this expectation.</summary>
        public CheckedExpectation? Judge(Expectation expected)
        {
            var fitting = expected.Alert is null ? [] : Seen.Where(seen => Covers(expected, seen)).ToList();
            return expected.Kind switch
            {
                ExpectationKind.Alert => new CheckedExpectation(
                    expected, fitting.Any(seen => seen.All > 0 && seen.Sent == seen.All), fitting.Count == 0 ? Nearest(expected) : Text(fitting)),
                ExpectationKind.Silence => Silence(expected),
                ExpectationKind.Never => new CheckedExpectation(expected, fitting.Count == 0, fitting.Count == 0 ? "none" : Text(fitting)),
                _ => null,
            };
        }

        // From the first thing said of the case to the last day that is played.
        private CheckedExpectation Silence(Expectation expected)
        {
            var days = Seen.Select(seen => seen.Day).Append(scenario.Until).Order().ToList();
            var longest = days.Zip(days.Skip(1), (a, b) => Period.DaysBetween(a, b)).DefaultIfEmpty(int.MaxValue).Max();
            return new CheckedExpectation(
                expected, longest <= expected.Days, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"at most {longest} days"));
        }

        private static bool Covers(Expectation expected, SeenAlert seen) =>
            !(seen.Day < expected.From) && !(seen.Day > expected.To) && seen.Fits(expected.Alert!);

        private string Nearest(Expectation expected)
        {
            var elsewhere = Seen.Where(seen => seen.Fits(expected.Alert!)).ToList();
            return elsewhere.Count == 0 ? "it never came" : "it came on other days: " + Text(elsewhere);
        }

        private static string Text(List<SeenAlert> seen) => string.Join(", ", seen.Select(one => NodaTime.Text.LocalDatePattern.Iso.Format(one.Day)));
    }
}
