using AlertBot.Domain.CheckIns;
using NodaTime;

namespace AlertBot.Tests.CheckIns;

public class CheckInScheduleTests
{
    private static readonly string[] Zones = ["Asia/Almaty", "Asia/Tashkent", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"];

    [Fact]
    public void A_daily_question_is_the_next_one_and_at_most_once_a_day() => Property.ForAll(
        dice => (
            Now: Instant.FromUtc(2024, 1, 1, 0, 0) + Duration.FromMinutes(dice.Next(3 * 366 * 24 * 60)),
            At: new LocalTime(dice.Next(24), dice.Next(60)),
            Zone: DateTimeZoneProviders.Tzdb[Zones[dice.Next(Zones.Length)]]),
        given =>
        {
            var schedule = new CheckInSchedule.Daily(given.At);
            var first = schedule.NextAfter(given.Now, given.Zone);
            var second = schedule.NextAfter(first, given.Zone);
            Assert.True(first > given.Now && first <= given.Now + Duration.FromHours(26));
            Assert.Equal(first.InZone(given.Zone).Date.PlusDays(1), second.InZone(given.Zone).Date);
            Assert.True(first.InZone(given.Zone).TimeOfDay >= given.At);
        });

    [Fact]
    public void On_certain_days_it_asks_on_those_and_passes_none_over() => Property.ForAll(
        dice => (
            Now: Instant.FromUtc(2024, 1, 1, 0, 0) + Duration.FromMinutes(dice.Next(3 * 366 * 24 * 60)),
            Days: (WeekDays)dice.Next(1, 128),
            At: new LocalTime(dice.Next(24), dice.Next(60)),
            Zone: DateTimeZoneProviders.Tzdb[Zones[dice.Next(Zones.Length)]]),
        given =>
        {
            var schedule = CheckInSchedule.Read(new CheckInSchedule.Daily(given.At, given.Days).ToString())!;
            var next = schedule.NextAfter(given.Now, given.Zone);
            Assert.True(given.Days.Has(next.InZone(given.Zone).DayOfWeek));
            var daily = new CheckInSchedule.Daily(given.At);
            for (var passed = daily.NextAfter(given.Now, given.Zone); passed < next; passed = daily.NextAfter(passed, given.Zone))
                Assert.False(given.Days.Has(passed.InZone(given.Zone).DayOfWeek));
        });

    [Theory]
    [InlineData("2026-03-29", "02:30", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25", "02:30", "2026-10-25T00:30:00Z")]
    public void A_time_that_is_left_out_or_comes_twice_is_asked_once(string day, string at, string expected)
    {
        var berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var midnight = berlin.AtStartOfDay(NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value).ToInstant();
        var next = CheckInSchedule.Read(at)!.NextAfter(midnight, berlin);
        Assert.Equal(NodaTime.Text.InstantPattern.General.Parse(expected).Value, next);
        Assert.Equal(next.InZone(berlin).Date.PlusDays(1), CheckInSchedule.Read(at)!.NextAfter(next, berlin).InZone(berlin).Date);
    }

    [Theory]
    [InlineData("21:00", "21:00")]
    [InlineData("8.30", "08:30")]
    [InlineData("6h", "6h")]
    [InlineData(" 6 ч ", "6h")]
    [InlineData("72h", "72h")]
    [InlineData("mon,thu 21:00", "mon,thu 21:00")]
    [InlineData("Sun mon 8.30", "mon,sun 08:30")]
    [InlineData("mon,tue,wed,thu,fri,sat,sun 21:00", "21:00")]
    [InlineData("someday 21:00", null)]
    [InlineData(", 21:00", null)]
    [InlineData("73h", null)]
    [InlineData("0h", null)]
    [InlineData("24:00", null)]
    [InlineData("8", null)]
    [InlineData("h", null)]
    [InlineData("", null)]
    public void What_people_type_is_a_time_or_a_number_of_hours(string typed, string? schedule) =>
        Assert.Equal(schedule, CheckInSchedule.Read(typed)?.ToString());
}
