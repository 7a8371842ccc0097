using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class A_coordinator_subscribes_a_group
{
    [PostgresFact]
    public async Task The_next_alert_of_the_case_reaches_the_group()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator, "Coordinator", "ru");
        var file = await bot.OpenCaseAsync("Invented Person");
        var group = bot.Sandbox.AddGroup("Friends", [coordinator]);

        Assert.Equal(
            $"Эта группа теперь получает оповещения по {file.Code}.", (await RunningBot.SayAsync(coordinator, group, "/link " + file.Code)).Text);
        Assert.Contains("уже получает", (await RunningBot.SayAsync(coordinator, group, "/link " + file.Code)).Text, StringComparison.Ordinal);

        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");
        var alert = await group.WaitForTextAsync("новое в деле");
        Assert.Contains(file.Code.Text, alert.Text, StringComparison.Ordinal);
        await bot.SettleAsync();

        Assert.Contains("больше не получает", (await RunningBot.SayAsync(coordinator, group, "/unlink " + file.Code)).Text, StringComparison.Ordinal);
        var told = group.Messages.Count;
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} release 2026-03-02");
        await bot.SettleAsync();
        Assert.Equal(told, group.Messages.Count);
    }

    [PostgresFact]
    public async Task Only_a_coordinator_may_whoever_runs_the_group()
    {
        await using var bot = await RunningBot.StartAsync();
        var stranger = bot.Sandbox.AddPerson("Stranger");
        var advocate = await bot.AddAsync(Role.Advocate, "Advocate");
        var file = await bot.OpenCaseAsync();
        var group = bot.Sandbox.AddGroup("Trap", [stranger, advocate]);

        await RunningBot.SayInVainAsync(stranger, group, "/link " + file.Code);
        await RunningBot.SayInVainAsync(advocate, group, "/link " + file.Code);
        Assert.DoesNotContain(group.Messages, message => message.IsFromBot);

        group.SendAnonymously("/link " + file.Code);
        await group.WaitForTextAsync("write under your own name");
        Assert.False(await bot.ActAsync(async session =>
            (await session.Subscriptions.CasesOfAsync((await session.Addresses.FindAsync(group.Address))!.Id)).Count > 0));
    }

    [PostgresFact]
    public async Task A_topic_of_a_forum_is_an_address_of_its_own()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync();
        var forum = bot.Sandbox.AddGroup("Forum", [coordinator], isForum: true);
        var topic = forum.AddTopic("Alerts");

        coordinator.SendText("/link " + file.Code, forum, thread: topic);
        await forum.WaitForMessageAsync(message => message.IsFromBot && message.ThreadId == topic);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");

        Assert.Equal(topic, (await forum.WaitForTextAsync("new on file")).ThreadId);
    }

    [PostgresFact]
    public async Task Names_and_arithmetic_never_appear_in_a_group_whatever_is_said_or_pressed_there()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var stranger = bot.Sandbox.AddPerson("Stranger");
        var file = await bot.OpenCaseAsync("Invented Person");
        var group = bot.Sandbox.AddGroup("Friends", [coordinator, stranger]);
        await RunningBot.SayAsync(coordinator, group, "/link " + file.Code);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00 seen by Witness Petrov");
        var alert = await group.WaitForTextAsync("new on file");

        foreach (var person in new[] { coordinator, stranger })
        {
            Assert.StartsWith(
                "For this, please write to me privately", await RunningBot.NoticeOfAsync(person, alert, "Details"), StringComparison.Ordinal);
            foreach (var data in new[] { "steps:", "record:", "newcase:1:", "event:1:" })
                await person.PressData(alert, data + file.Code).Answer.WaitAsync(TimeSpan.FromSeconds(10));
            foreach (var command in new[] { "/case ", "/cases ", "/next ", "/event ", "/people ", "/invite ", "/help " })
                await RunningBot.SayInVainAsync(person, group, command + file.Code);
        }

        await bot.PassAsync(Duration.FromDays(5));
        await bot.SettleAsync();
        foreach (var message in group.Messages.Where(message => message.IsFromBot))
        {
            Assert.DoesNotContain("Invented", message.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Petrov", message.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("The limit:", message.Text, StringComparison.Ordinal);
        }
    }
}
