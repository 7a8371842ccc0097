using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Tests.People;

public class DigestTimeTests
{
    private static readonly string[] Zones = ["Asia/Almaty", "Europe/Warsaw", "Africa/Cairo", "America/New_York", "Pacific/Apia"];

    [Fact]
    public void A_summary_comes_at_nine_where_the_person_is()
    {
        var almaty = DateTimeZoneProviders.Tzdb["Asia/Almaty"];
        var nine = Instant.FromUtc(2026, 3, 2, 4, 0);

        Assert.Equal(nine, DigestTime.NextAfter(nine - Duration.Epsilon, DigestInterval.Daily, almaty));
        Assert.Equal(nine + Duration.FromDays(1), DigestTime.NextAfter(nine, DigestInterval.Daily, almaty));
        Assert.Equal(nine + Duration.FromDays(7), DigestTime.NextAfter(nine, DigestInterval.Weekly, almaty));
    }

    [Fact]
    public void However_often_it_is_looked_each_day_has_one_and_each_week_one_on_Monday() => Property.ForAll(Any, input =>
    {
        var (interval, zone, start) = input;
        var first = DigestTime.NextAfter(start, interval, zone);
        var second = DigestTime.NextAfter(first, interval, zone);
        var (one, two) = (first.InZone(zone).LocalDateTime, second.InZone(zone).LocalDateTime);

        Assert.True(first > start);
        Assert.Equal((9, 9), (one.Hour, two.Hour));
        Assert.True(two.Date > one.Date);
        Assert.True(Period.DaysBetween(one.Date, two.Date) <= (interval == DigestInterval.Daily ? 2 : 14));
        if (interval == DigestInterval.Weekly)
            Assert.Equal(IsoDayOfWeek.Monday, one.DayOfWeek);
    });

    private static (DigestInterval Interval, DateTimeZone Zone, Instant Start) Any(Random random) => (
        random.Next(2) == 0 ? DigestInterval.Daily : DigestInterval.Weekly, DateTimeZoneProviders.Tzdb[Zones[random.Next(Zones.Length)]],
        Instant.FromUtc(2011, 1, 1, 0, 0) + Duration.FromMinutes(random.Next(17 * 366 * 24 * 60)));
}
