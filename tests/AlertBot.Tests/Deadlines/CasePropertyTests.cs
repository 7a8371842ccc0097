using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.Tests.Law;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Policies;
using NodaTime;

namespace AlertBot.Tests.Deadlines;

/// <summary>What holds for every case, however wild its events: of all kinds, vague, undated, contradictory.</summary>
public sealed class CasePropertyTests
{
    private static readonly ReminderPolicy Policy = PoliciesFile.Load(Path.Combine(ShippedLaw.Root, "config", "policies.yaml")).Policies.Reminders;
    private static readonly EventKind[] Kinds = [.. EventKinds.All.OrderBy(kind => kind.Code, StringComparer.Ordinal)];
    private static readonly string[] Zones = ["Asia/Almaty", "Asia/Tashkent", "Europe/Warsaw", "Europe/Vienna", "Africa/Cairo", "Asia/Beirut", "UTC"];
    private static readonly string[] Bodies = ["ECHR", "HRC", "CAT", "WGAD", "UN", "PL", "a court"];
    private static readonly string[] Jurisdictions = ["KZ", "UZ", "KG", "RU", "TR", "PL", "AT", "DE", "CIS", "COE", "EU", "ECHR", "UN", "VCCR"];

    [Fact]
    public void No_case_is_ever_too_strange_to_compute() =>
        Property.ForAll(
            AnyCase,
            input =>
            {
                var (file, now) = input;
                var deadlines = CaseDeadlines.Compute(file, ShippedLaw.Book, now);

                Assert.Equal(deadlines.Count, deadlines.Select(deadline => deadline.Key).Distinct().Count());
                Assert.Equal(
                    deadlines.Select(deadline => deadline.Key), CaseDeadlines.Compute(file, ShippedLaw.Book, now).Select(deadline => deadline.Key));
                Assert.All(deadlines, deadline => AssertSound(deadline, now));

                if (CaseProgress.StatusAfter(file.Events) == CaseStatus.Closed)
                    Assert.DoesNotContain(deadlines, deadline => deadline.IsOpen);
            },
            runs: 300);

    [Fact]
    public void Computed_again_nothing_has_changed_and_compared_with_nothing_all_that_runs_is_new() =>
        Property.ForAll(
            AnyCase,
            input =>
            {
                var deadlines = CaseDeadlines.Compute(input.File, ShippedLaw.Book, input.Now);

                Assert.True(DeadlineDiff.Between(deadlines, CaseDeadlines.Compute(input.File, ShippedLaw.Book, input.Now)).IsEmpty);
                Assert.Equal(deadlines.Count(deadline => deadline.IsOpen), DeadlineDiff.Between([], deadlines).Added.Count);
                Assert.Equal(deadlines.Count(deadline => deadline.IsOpen), DeadlineDiff.Between(deadlines, []).Ended.Count);
            },
            runs: 150);

    [Fact]
    public void The_order_in_which_events_were_put_on_file_does_not_matter() =>
        Property.ForAll(
            AnyCase,
            input =>
            {
                var reversed = input.File with { Events = [.. input.File.Events.Reverse()] };

                Assert.Equal(
                    CaseDeadlines.Compute(input.File, ShippedLaw.Book, input.Now).Select(deadline => (deadline.Key, deadline.State)),
                    CaseDeadlines.Compute(reversed, ShippedLaw.Book, input.Now).Select(deadline => (deadline.Key, deadline.State)));
            },
            runs: 150);

    /// <summary>The dates depend on the known days, not on the order in which people learned of them.</summary>
    [Fact]
    public void The_order_in_which_facts_become_known_does_not_change_the_dates() =>
        Property.ForAll(
            random =>
            {
                var (file, now) = AnyCase(random);
                var dated = file.Events.Where(@event => @event.When?.Window is not null).DistinctBy(@event => @event.When!.Window!.First).ToList();
                var told = dated.Select(@event => @event.RecordedAt).OrderBy(_ => random.Next()).ToList();
                var later = dated.Select((@event, at) => @event with { RecordedAt = told[at] }).Reverse().ToList();
                return (One: file with { Events = dated }, Other: file with { Events = later }, now);
            },
            input => Assert.Equal(DatesOf(input.One, input.now), DatesOf(input.Other, input.now)),
            runs: 300);

    [Fact]
    public void What_was_taken_back_is_as_if_it_had_never_been_on_file() =>
        Property.ForAll(
            random => (Case: AnyCase(random), At: random.Next(1000)),
            input =>
            {
                var (file, now) = input.Case;
                var gone = file.Events[input.At % file.Events.Count];
                var today = now.InZone(file.Zone).Date;
                var (changed, problem) = new Correcting(gone.Id.Value.ToString("N"), Correcting.Withdraw).In(file, today);

                Assert.Null(problem);
                Assert.Equal(
                    AllOf(file with { Events = file.Events.Where(one => one.Id != gone.Id).ToList() }, now), AllOf(With(file, changed), now));
            },
            runs: 300);

    [Fact]
    public void Put_right_and_put_back_every_date_is_as_it_was() =>
        Property.ForAll(
            random =>
            {
                var (file, now) = AnyCase(random);
                var one = file.Events[random.Next(file.Events.Count)];
                var parts = Correcting.PartsOf(one, file).ToList();
                var told = new[] { "2024-03-26", "2024-03-26 10:00", "2024-02", "release", "night", "HRC" }[random.Next(6)];
                return (file, now, Correcting: new Correcting(one.Id.Value.ToString("N"), parts[random.Next(parts.Count)]) { Told = told });
            },
            input =>
            {
                var (changed, _) = input.Correcting.In(input.file, new LocalDate(2101, 1, 1));
                var before = input.file.Events.Where(one => changed.Any(other => other.Id == one.Id)).ToList();

                Assert.Equal(AllOf(input.file, input.now), AllOf(With(With(input.file, changed), before), input.now));
            },
            runs: 300);

    /// <summary>Each rule by itself, on any day of 110 years: what is overdue is so by every reading.</summary>
    [Fact]
    public void Nobody_is_told_overdue_before_the_latest_reading_of_any_rule()
    {
        var random = new Random(14);
        foreach (var rule in ShippedLaw.Book.Rules.Where(rule => rule.Starts.Count > 0))
        {
            for (var run = 0; run < 12; run++)
            {
                var day = new LocalDate(1990, 1, 1).PlusDays(random.Next(110 * 365));
                var zone = rule.Zones.Count > 0 ? rule.Zones[0] : ShippedLaw.Zone("Europe/Vienna");
                var when = new When(day, random.Next(2) == 0 ? new LocalTime(random.Next(24), 0) : null, zone, (Precision)random.Next(4));
                var start = new CaseEvent(new EventId(Guid.CreateVersion7()), rule.Starts[random.Next(rule.Starts.Count)], when)
                {
                    Sets = new When(day.PlusDays(random.Next(300)), null, zone, Precision.Day),
                    Body = rule.Bodies.Count > 0 ? rule.Bodies[0] : null,
                };
                var file = new CaseFile(new CaseId(Guid.Empty), CaseCode.New(), zone, [rule.Jurisdiction], CaseStatus.Open, [start]);
                foreach (var end in CaseDeadlines.Compute(file, ShippedLaw.Book, when.Window?.First ?? Instant.MinValue + Duration.FromDays(1)))
                {
                    var before = end.Limit.Latest.Instant - Duration.FromSeconds(1);
                    var then = CaseDeadlines.Compute(file, ShippedLaw.Book, before).FirstOrDefault(other => other.Key == end.Key);
                    Assert.True(then is null || then.State != DeadlineState.Missed, $"{end.RuleId} on {day}");
                    Assert.True(
                        then is null || Policy.DueAt(then, null, before) is not { Kind: RungKind.Overdue }, $"{end.RuleId} on {day}");
                }
            }
        }
    }

    private static CaseFile With(CaseFile file, IReadOnlyList<CaseEvent> changed) => file with
    {
        Events = file.Events.Select(one => changed.FirstOrDefault(other => other.Id == one.Id) ?? one).ToList(),
    };

    private static List<(string Key, Instant Earliest, Instant Latest, DeadlineState State)> AllOf(CaseFile file, Instant now) =>
        CaseDeadlines.Compute(file, ShippedLaw.Book, now)
            .Select(deadline => (deadline.Key, deadline.Limit.Earliest.Instant, deadline.Limit.Latest.Instant, deadline.State)).ToList();

    private static List<(string Key, Instant Earliest, Instant Latest, DeadlineState State)> DatesOf(CaseFile file, Instant now) =>
        CaseDeadlines.Compute(file, ShippedLaw.Book, now)
            .Where(deadline => deadline.RuleId != "confirm")
            .Select(deadline => (deadline.Key, deadline.Limit.Earliest.Instant, deadline.Limit.Latest.Instant, deadline.State)).ToList();

    private static void AssertSound(Deadline deadline, Instant now)
    {
        Assert.True(deadline.Limit.Latest.Instant >= deadline.Limit.Earliest.Instant);
        Assert.NotEmpty(deadline.Limit.Steps);
        Assert.True(deadline.State != DeadlineState.Missed || now >= deadline.Limit.Latest.Instant, "overdue before the latest end");
        Assert.True(deadline.State is not (DeadlineState.Scheduled or DeadlineState.DueSoon) || now < deadline.Limit.Earliest.Instant);
        Assert.NotEqual(Tier.C, deadline.Tier);

        if (Policy.NextAfter(deadline, now) is { } next)
            Assert.True(next > now);
        if (Policy.DueAt(deadline, null, now) is { } due)
            Assert.True(due.PlannedFor <= now && (due.Kind != RungKind.Overdue || deadline.State == DeadlineState.Missed));
    }

    private static (CaseFile File, Instant Now) AnyCase(Random random)
    {
        var start = new LocalDate(1990, 1, 1).PlusDays(random.Next(110 * 365));
        var events = new List<CaseEvent>();
        for (var count = random.Next(1, 12); count > 0; count--)
            events.Add(AnyEvent(random, start, events));

        var file = new CaseFile(
            new CaseId(Guid.Empty), CaseCode.New(), ShippedLaw.Zone("Asia/Almaty"),
            [.. Jurisdictions.Where(_ => random.Next(2) == 0)], CaseStatus.Open, events);
        return (file, start.PlusDays(random.Next(-30, 900)).AtMidnight().InUtc().ToInstant() + Duration.FromMinutes(random.Next(1440)));
    }

    private static CaseEvent AnyEvent(Random random, LocalDate start, List<CaseEvent> before)
    {
        var day = start.PlusDays(random.Next(700));
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new CaseEvent(new EventId(new Guid(bytes)), Kinds[random.Next(Kinds.Length)], random.Next(8) == 0 ? null : AnyWhen(random, day))
        {
            Served = random.Next(6) == 0 ? day.PlusDays(random.Next(-3, 40)) : null,
            Known = random.Next(6) == 0 ? day.PlusDays(random.Next(-3, 200)) : null,
            Sets = random.Next(4) == 0 ? AnyWhen(random, day.PlusDays(random.Next(-10, 400))) : null,
            Jurisdiction = random.Next(8) == 0 ? Jurisdictions[random.Next(8)] : null,
            MayStartClocks = random.Next(10) > 0,
            SameFactAs = before.Count > 0 && random.Next(6) == 0 ? before[random.Next(before.Count)].Id : null,
            Preferred = random.Next(5) > 0,
            RecordedAt = day.PlusDays(random.Next(30)).AtMidnight().InUtc().ToInstant(),
            RecordedBy = random.Next(2) == 0 ? new PersonId(new Guid(9, 0, 0, new byte[8])) : null,
            ConfirmedBy = random.Next(2) == 0 ? Case.Somebody : null,
            Body = random.Next(6) == 0 ? Bodies[random.Next(Bodies.Length)] : null,
            About = before.Count > 0 && random.Next(4) == 0 ? before[random.Next(before.Count)].Id : null,
        };
    }

    private static When AnyWhen(Random random, LocalDate day) => new(
        day,
        random.Next(2) == 0 ? null : LocalTime.FromMinutesSinceMidnight(random.Next(24 * 60)),
        ShippedLaw.Zone(Zones[random.Next(Zones.Length)]),
        (Precision)random.Next(Enum.GetValues<Precision>().Length),
        random.Next(5) == 0 ? day.PlusDays(random.Next(0, 20)) : null);
}
