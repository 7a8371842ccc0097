using AlertBot.Domain.Law;
using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Tests.Law;

/// <summary>What holds for every limit of every shipped rule, for events at any time and place.</summary>
public sealed class LimitPropertyTests
{
    // Cairo and Beirut change their clocks at midnight, Havana too; Almaty put its clocks back in 2024 for good.
    private static readonly string[] Zones =
    [
        "Asia/Almaty", "Asia/Qyzylorda", "Asia/Tashkent", "Asia/Bishkek", "Europe/Moscow", "Europe/Istanbul", "Europe/Warsaw",
        "Europe/Vienna", "Europe/Berlin", "Africa/Cairo", "Asia/Beirut", "America/Havana", "UTC",
    ];

    private static readonly (Rule Rule, RuleLimit Limit)[] Limits =
        [.. ShippedLaw.Book.Rules.SelectMany(rule => rule.Limits.Select(limit => (rule, limit)))];

    [Fact]
    public void Every_limit_has_an_answer_whatever_is_known_of_the_event_and_its_latest_end_is_not_before_its_earliest() =>
        Property.ForAll(
            AnyOccasion,
            occasion =>
            {
                foreach (var (rule, limit) in Limits)
                {
                    if (Computed(rule, limit, occasion) is not { } computed)
                        continue;

                    Assert.True(computed.Latest.Instant >= computed.Earliest.Instant, $"{rule.Id} {limit.Name}");
                    Assert.NotEmpty(computed.Steps);
                }
            },
            runs: 100);

    [Fact]
    public void A_later_event_never_makes_an_earlier_end() =>
        Property.ForAll(
            random => (AnyDay(random), random.Next(2) == 0 ? random.Next(4) : random.Next(400), AnyZone(random), random.Next(Limits.Length)),
            input =>
            {
                var (day, later, zone, at) = input;
                var (rule, limit) = Limits[at];

                var first = Computed(rule, limit, On(rule, new When(day, null, zone, Precision.Exact)))!;
                var second = Computed(rule, limit, On(rule, new When(day.PlusDays(later), null, zone, Precision.Exact)))!;

                Assert.True(first.Earliest.Instant <= second.Earliest.Instant, rule.Id);
                Assert.True(first.Latest.Instant <= second.Latest.Instant, rule.Id);
            },
            runs: 2_000);

    [Fact]
    public void The_less_is_known_of_a_time_the_earlier_is_the_earliest_end_and_the_later_the_latest() =>
        Property.ForAll(
            random => (AnyDay(random), AnyTime(random), AnyZone(random), random.Next(Limits.Length)),
            input =>
            {
                var (day, time, zone, at) = input;
                var (rule, limit) = Limits[at];
                var exact = Computed(rule, limit, On(rule, new When(day, time, zone, Precision.Exact)))!;

                foreach (var when in Vaguer(day, time, zone))
                {
                    var vague = Computed(rule, limit, On(rule, when))!;
                    Assert.True(vague.Earliest.Instant <= exact.Earliest.Instant, $"{rule.Id} {when.Precision}");
                    Assert.True(vague.Latest.Instant >= exact.Latest.Instant || limit.Length.Unit == LengthUnit.None, $"{rule.Id} {when.Precision}");
                }
            },
            runs: 700);

    [Fact]
    public void Hours_are_counted_in_elapsed_time_whatever_the_clocks_do_in_between() =>
        Property.ForAll(
            random => (AnyDay(random), AnyTime(random), AnyZone(random), Hours: random.Next(1, 1_000)),
            input =>
            {
                var when = new When(input.Item1, input.Item2, input.Item3, Precision.Exact);
                var limit = SampleLaw.Limit("H", $"{input.Hours} hours", when);

                Assert.Equal(Duration.FromHours(input.Hours), limit.Earliest.Instant - when.Window!.First);
                Assert.Equal(Duration.FromHours(input.Hours), limit.Latest.Instant - when.Window.Last);
            },
            runs: 1_000);

    [Fact]
    public void A_limit_in_days_ends_with_the_last_moment_of_its_last_day_by_the_clock_of_the_place() =>
        Property.ForAll(
            random => (AnyDay(random), AnyZone(random), Days: random.Next(1, 800)),
            input =>
            {
                var end = SampleLaw.Limit("DUBLIN", $"{input.Days} calendar_days", new When(input.Item1, null, input.Item2, Precision.Day)).Latest;

                Assert.Equal(input.Item1.PlusDays(input.Days), end.LastDay);
                Assert.Equal(end.LastDay, (end.Instant - Duration.Epsilon).InZone(input.Item2).Date);
                Assert.Equal(end.LastDay?.PlusDays(1), end.Instant.InZone(input.Item2).Date);
            },
            runs: 1_000);

    private static Limit? Computed(Rule rule, RuleLimit limit, Occasion occasion) => ShippedLaw.Calculator.Compute(rule, limit, occasion) switch
    {
        LimitResult.Ends(var end) => end,
        LimitResult.TooWide(var end) => end,
        LimitResult.NoNumber(var end) => end,
        _ => null,
    };

    // Some rules run from a date that was set, and not from the setting of it.
    private static Occasion On(Rule rule, When when) =>
        rule.RunsFrom == RunsFrom.DateSet ? new Occasion(null) { Sets = when } : new Occasion(when);

    private static IEnumerable<When> Vaguer(LocalDate day, LocalTime time, DateTimeZone zone)
    {
        yield return new When(day, null, zone, Precision.Day);
        yield return new When(day, null, zone, Precision.Month);
        yield return new When(day, null, zone, Precision.Year);
        if (time >= When.Evening || time <= When.Morning)
            yield return new When(time >= When.Evening ? day : day.PlusDays(-1), time, zone, Precision.Night);
    }

    private static Occasion AnyOccasion(Random random)
    {
        var day = AnyDay(random);
        var happened = random.Next(10) == 0 ? null : AnyWhen(random, day);
        return new Occasion(happened)
        {
            Served = random.Next(3) == 0 ? day.PlusDays(random.Next(-5, 60)) : null,
            Known = random.Next(3) == 0 ? day.PlusDays(random.Next(-5, 400)) : null,
            Sets = random.Next(3) == 0 ? AnyWhen(random, day.PlusDays(random.Next(-10, 500))) : null,
        };
    }

    private static When AnyWhen(Random random, LocalDate day) => new(
        day,
        random.Next(2) == 0 ? null : AnyTime(random),
        AnyZone(random),
        (Precision)random.Next(Enum.GetValues<Precision>().Length),
        random.Next(4) == 0 ? day.PlusDays(random.Next(0, 40)) : null);

    private static LocalDate AnyDay(Random random) => new LocalDate(1990, 1, 1).PlusDays(random.Next(111 * 365));

    private static LocalTime AnyTime(Random random) => LocalTime.FromMinutesSinceMidnight(random.Next(24 * 60));

    private static DateTimeZone AnyZone(Random random) => ShippedLaw.Zone(Zones[random.Next(Zones.Length)]);
}
