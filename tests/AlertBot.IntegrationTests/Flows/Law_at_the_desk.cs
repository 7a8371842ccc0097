using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Cases;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>What the law says, and what another law would do, before it does.</summary>
public sealed class Law_at_the_desk
{
    [PostgresFact]
    public async Task What_another_length_of_a_limit_would_move_is_seen_and_nothing_is_moved()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        using var browser = await desk.SignInAsync(await bot.AddAsync(Role.Coordinator));
        var (file, other) = (await bot.OpenCaseAsync(), await bot.OpenCaseAsync("Somebody Free"));
        var almaty = DateTimeZoneProviders.Tzdb["Asia/Almaty"];
        var when = new When(new LocalDate(2026, 3, 1), new LocalTime(10, 0), almaty, Precision.Exact);
        await bot.ActAsync(session => bot.Get<RecordEvent>().RunAsync(
            session.As(Actor.Operator), file.Id, new CaseEvent(EventId.New(), new EventKind("detention_start"), when)));
        var before = (await bot.ActAsync(session => session.Deadlines.OfAsync([file.Id])))[file.Id].ToList();
        var rule = before.First(one => one.Deadline.RuleId.Contains("72", StringComparison.Ordinal)).Deadline.RuleId;

        var moved = (await browser.GetAsync($"/console/law?rule={rule}&length=24")).Text;
        Assert.Contains("dates would move in: 1", moved, StringComparison.Ordinal);
        Assert.Contains("2 March 2026, 10:00", moved, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Code.Text, moved, StringComparison.Ordinal);
        Assert.Contains("dates would move in: 1", (await browser.GetAsync($"/console/law?rule={rule}&length=")).Text, StringComparison.Ordinal);
        foreach (var wrong in new[] { "length=0", "length=-5", "length=99999999999", "length=x" })
        {
            Assert.DoesNotContain(
                "dates would move in", (await browser.GetAsync($"/console/law?rule={rule}&{wrong}")).Text, StringComparison.Ordinal);
        }


        var after = (await bot.ActAsync(session => session.Deadlines.OfAsync([file.Id])))[file.Id].ToList();
        Assert.Equal(before.Select(one => one.Deadline.Limit.Earliest), after.Select(one => one.Deadline.Limit.Earliest));
    }
}
