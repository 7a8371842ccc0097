using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class A_group_lives
{
    [PostgresFact]
    public async Task A_stranger_adds_the_bot_it_says_one_line_and_then_nothing()
    {
        await using var bot = await RunningBot.StartAsync();
        var stranger = bot.Sandbox.AddPerson("Stranger");
        var group = bot.Sandbox.AddGroup("Trap", [stranger]);
        group.RemoveBot(stranger);
        await bot.SettleAsync();

        group.AddBot(stranger);
        var hello = await group.WaitForTextAsync("I bring alerts to groups");
        group.PromoteBot(stranger);
        group.Join(bot.Sandbox.AddPerson("Another"));
        foreach (var said in new[] { "/link K-2222", "/help", "/cases", "hello" })
            await RunningBot.SayInVainAsync(stranger, group, said);

        Assert.DoesNotContain('\n', hello.Text);
        Assert.Single(group.Messages, message => message is { IsFromBot: true, IsService: false });
    }

    [PostgresFact]
    public async Task Coordinators_hear_once_of_all_who_join_together()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, file, group) = await LinkedAsync(bot, "Friends *of* [K](https://example.org)");
        group.PromoteBot(coordinator);

        // As an admin the bot is told of each join twice.
        group.Join(bot.Sandbox.AddPerson("First"));
        var told = await coordinator.WaitForTextAsync("has grown by 1 member.");
        Assert.Contains("Friends *of* [K](https://example.org)", told.Text, StringComparison.Ordinal);
        Assert.Contains(file.Code.Text, told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(told.Entities, entity => entity.Type is "text_link" or "italic");

        bot.Clock.Advance(Duration.FromMinutes(9));
        group.Join(bot.Sandbox.AddPerson("Second"), bot.Sandbox.AddPerson("Third"));
        await coordinator.WaitForTextAsync("has grown by 3 members.");
        await bot.SettleAsync();
        Assert.Single(coordinator.Messages, message => message.Text.Contains("has grown", StringComparison.Ordinal));

        bot.Clock.Advance(Duration.FromMinutes(1));
        group.Join(bot.Sandbox.AddPerson("Fourth"));
        await coordinator.WaitForTextAsync("has grown by 1 member.");
        await bot.SettleAsync();
        Assert.Equal(2, coordinator.Messages.Count(message => message.Text.Contains("has grown", StringComparison.Ordinal)));
        Assert.DoesNotContain(group.Messages, message => message.IsFromBot && message.Text.Contains("has grown", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task One_press_ends_its_alerts_in_every_topic_and_only_a_coordinators()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var advocate = await bot.AddAsync(Role.Advocate);
        var file = await bot.OpenCaseAsync();
        var forum = bot.Sandbox.AddGroup("Forum", [coordinator], isForum: true);
        var topic = forum.AddTopic("Alerts");
        coordinator.SendText("/link " + file.Code, forum, thread: topic);
        await forum.WaitForMessageAsync(message => message.IsFromBot && message.ThreadId == topic);

        forum.Join(bot.Sandbox.AddPerson("First"));
        var told = await coordinator.WaitForTextAsync("has grown");
        var data = told.AllButtons.Single().Data!;
        var own = await RunningBot.SayAsync(advocate, "/help");
        await advocate.PressData(own, data).Answer.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(await IsLinkedAsync(bot, forum.AddressOf(topic)));

        Assert.Contains(
            "gets no alerts any more", (await RunningBot.PressAsync(coordinator, told, "Stop its alerts")).Text, StringComparison.Ordinal);
        Assert.False(await IsLinkedAsync(bot, forum.AddressOf(topic)));
    }

    [PostgresFact]
    public async Task A_group_without_alerts_may_grow_as_it_likes()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var group = bot.Sandbox.AddGroup("Friends", [coordinator]);

        group.Join(bot.Sandbox.AddPerson("First"));
        await bot.SettleAsync();
        await RunningBot.SayAsync(coordinator, "/help");

        Assert.DoesNotContain(coordinator.Messages, message => message.Text.Contains("has grown", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Thrown_out_of_a_forum_it_is_out_of_its_topics_and_coordinators_know()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync();
        var forum = bot.Sandbox.AddGroup("Forum", [coordinator], isForum: true);
        var topic = forum.AddTopic("Alerts");
        coordinator.SendText("/link " + file.Code, forum, thread: topic);
        await forum.WaitForMessageAsync(message => message.IsFromBot && message.ThreadId == topic);

        forum.RemoveBot(coordinator);

        Assert.Contains(file.Code.Text, (await coordinator.WaitForTextAsync("Alerts do not arrive there")).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_group_that_became_a_supergroup_keeps_its_alerts()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, file, group) = await LinkedAsync(bot, "Friends");

        group.Migrate();
        await bot.SettleAsync();
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");

        await group.WaitForTextAsync("new on file");
    }

    private static async Task<(SandboxPhone Coordinator, Domain.Cases.CaseFile File, SandboxGroup Group)> LinkedAsync(RunningBot bot, string title)
    {
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync();
        var group = bot.Sandbox.AddGroup(title, [coordinator]);
        await RunningBot.SayAsync(coordinator, group, "/link " + file.Code);
        return (coordinator, file, group);
    }

    private static Task<bool> IsLinkedAsync(RunningBot bot, Domain.Channels.ChannelAddress at) => bot.ActAsync(async session =>
        (await session.Subscriptions.CasesOfAsync((await session.Addresses.FindAsync(at))!.Id)).Count > 0);
}
