using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Workflows.Cases;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class A_case_falls_silent
{
    [PostgresFact]
    public async Task After_a_month_it_is_asked_after_and_one_press_answers()
    {
        await using var bot = await RunningBot.StartAsync();
        var (_, advocate, second) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate), await bot.AddAsync(Role.Advocate));
        var file = await FollowedAsync(bot, advocate, second);
        await MonthAsync(bot);
        var asked = await advocate.WaitForTextAsync("nothing was heard for a month");
        var other = await second.WaitForTextAsync("nothing was heard for a month");
        Assert.Contains("Is there any news?", asked.Text, StringComparison.Ordinal);

        var card = await RunningBot.PressAsync(advocate, asked, "Nothing new");

        Assert.Contains("Answer: Nothing new (advocate)", card.Text, StringComparison.Ordinal);
        await second.WaitForMessageAsync(message => message.Id == other.Id && message.Text.Contains("Answer: Nothing new", StringComparison.Ordinal));
        Assert.Empty((await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Events);
    }

    [PostgresFact]
    public async Task What_an_advocate_has_heard_goes_to_coordinators_and_what_nobody_answers_does_too()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        await FollowedAsync(bot, advocate);
        await MonthAsync(bot);
        await bot.SettleAsync();
        Assert.DoesNotContain(coordinator.Messages, IsAsked);

        await MonthAsync(bot);
        await coordinator.WaitForMessageAsync(IsAsked);
        var asked = advocate.Messages.Last(IsAsked);
        await RunningBot.PressAsync(advocate, asked, "There is news");
        await coordinator.WaitForTextAsync("says that there is news");
    }

    [PostgresFact]
    public async Task No_open_case_is_silent_for_longer_than_31_days_and_a_closed_one_is_left_alone()
    {
        await using var bot = await RunningBot.StartAsync();
        await bot.AddAsync(Role.Coordinator);
        var advocate = await bot.AddAsync(Role.Advocate);
        var open = await FollowedAsync(bot, advocate);
        var closed = await FollowedAsync(bot, advocate);
        await bot.ActAsync(async session =>
        {
            await session.Cases.SetStatusAsync(closed.Id, CaseStatus.Closed);
            return true;
        });
        var start = bot.Clock.Now;
        for (var day = 0; day < 100; day++)
        {
            bot.Clock.Advance(Duration.FromDays(1));
            await bot.Get<QuietCases>().RunAsync(CancellationToken.None);
            await bot.Get<QuietCases>().RunAsync(CancellationToken.None);
        }

        var told = await bot.ActAsync(session => session.Alerts.OfAsync([open.Id, closed.Id], [AlertKind.CaseQuestion], start));
        Assert.Equal(3, told.Count);
        Assert.All(told, alert => Assert.Equal(open.Id, alert.Case));
        var days = told.Select(alert => alert.RaisedAt).Order().Prepend(start).ToList();
        Assert.All(days.Zip(days.Skip(1)), pair => Assert.True(pair.Second - pair.First <= Duration.FromDays(31)));
    }

    private static bool IsAsked(SandboxMessage message) => message.Text.Contains("nothing was heard for a month", StringComparison.Ordinal);

    private static async Task MonthAsync(RunningBot bot)
    {
        bot.Clock.Advance(Duration.FromDays(QuietCase.AfterDays + 1));
        await bot.Get<QuietCases>().RunAsync(CancellationToken.None);
        bot.Get<Postgres.Wakeups>().Raise(Postgres.Wakeups.Outbox);
    }

    private static async Task<CaseFile> FollowedAsync(RunningBot bot, params SandboxPhone[] advocates)
    {
        var file = await bot.OpenCaseAsync();
        foreach (var advocate in advocates)
            await bot.FollowAsync(advocate, file);
        return file;
    }
}
