using AlertBot.Domain.Jobs;
using AlertBot.Jobs;
using AlertBot.Tests.Support;
using NodaTime;

namespace AlertBot.Tests.Jobs;

public class JobListTests
{
    private static readonly JobSchedule Hourly = new JobSchedule.Every(Duration.FromHours(1));

    [Fact]
    public void Jobs_are_listed_by_name()
    {
        var list = JobList.Check([new SimpleJob("watch-dates", Hourly), new SimpleJob("escalate", Hourly)]);

        Assert.Equal(["escalate", "watch-dates"], list.Select(job => job.Name));
    }

    [Fact]
    public void Two_jobs_of_one_name_are_a_mistake_of_the_code() =>
        Assert.Contains(
            "called escalate",
            Refused(new SimpleJob("escalate", Hourly), new SimpleJob("escalate", Hourly)),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("Escalate")]
    [InlineData("watch dates")]
    [InlineData("-watch")]
    public void A_name_that_is_not_lower_case_with_hyphens_is_refused(string name) =>
        Assert.Contains("lower case", Refused(new SimpleJob(name, Hourly)), StringComparison.Ordinal);

    [Fact]
    public void An_interval_below_a_second_is_refused() =>
        Assert.Contains(
            "every second",
            Refused(new SimpleJob("escalate", new JobSchedule.Every(Duration.FromMilliseconds(999)))),
            StringComparison.Ordinal);

    [Fact]
    public void A_schedule_says_all_of_itself()
    {
        Assert.Equal("every 10 s", new JobSchedule.Every(Duration.FromSeconds(10)).ToString());
        Assert.Equal("every 1.5 s", new JobSchedule.Every(Duration.FromMilliseconds(1500)).ToString());
        Assert.Equal(
            "daily at 08:30:00 Asia/Tashkent",
            new JobSchedule.Daily(new LocalTime(8, 30), DateTimeZoneProviders.Tzdb["Asia/Tashkent"]).ToString());
    }

    private static string Refused(params IRecurringJob[] jobs) =>
        Assert.Throws<InvalidOperationException>(() => JobList.Check(jobs)).Message;
}
