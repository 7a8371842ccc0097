using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class A_question_is_answered_by_a_button
{
    [PostgresFact]
    public async Task The_answer_becomes_an_event_and_every_card_says_so()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, advocate, stranger, group, file) = await AskedAsync(bot);
        var inGroup = await group.WaitForTextAsync("What happened?");
        var inPrivate = await advocate.WaitForTextAsync("What happened?");

        Assert.StartsWith("Only people who follow", await RunningBot.NoticeOfAsync(stranger, inGroup, "Still held"), StringComparison.Ordinal);

        var card = await RunningBot.PressAsync(advocate, inGroup, "Still held", group);
        Assert.Contains("Answer: still held (advocate)", card.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(card.AllButtons, button => button.Data!.StartsWith("what:", StringComparison.Ordinal));
        await advocate.WaitForMessageAsync(
            message => message.Id == inPrivate.Id && message.Text.Contains("Answer: still held", StringComparison.Ordinal));

        var answered = await coordinator.PressData(inGroup, inGroup.AllButtons.First(button => button.Text == "Released").Data!).Answer.WaitAsync(
            TimeSpan.FromSeconds(10));
        Assert.StartsWith("Somebody has answered this already", answered, StringComparison.Ordinal);

        var events = await EventsAsync(bot, file);
        Assert.Equal(["detention_start", "still_held"], events.Select(one => one.Kind.Code));
        Assert.Equal(bot.Clock.Now.InZone(file.Zone).Date, events[1].When!.Day);
    }

    [PostgresFact]
    public async Task Not_knowing_is_an_answer_too_and_puts_nothing_on_file()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (_, advocate, _, _, file) = await AskedAsync(bot);
        var asked = await advocate.WaitForTextAsync("What happened?");

        var card = await RunningBot.PressAsync(advocate, asked, "Don't know");

        Assert.Contains("Answer: Don't know (advocate)", card.Text, StringComparison.Ordinal);
        Assert.Single(await EventsAsync(bot, file));
    }

    [PostgresFact]
    public async Task When_it_is_asked_again_it_can_be_answered_again()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (_, advocate, _, _, file) = await AskedAsync(bot);
        var asked = await advocate.WaitForTextAsync("What happened?");
        await RunningBot.PressAsync(advocate, asked, "Still held");
        await bot.SettleAsync();
        var last = advocate.Messages[^1].Id;

        await bot.PassAsync(Duration.FromDays(4));
        var again = await advocate.WaitForMessageAsync(message => message.Id > last && message.AllButtons.Any(button => button.Text == "Released"));
        var sure = await RunningBot.AnswerToAsync(advocate, again, "Released");
        await RunningBot.PressAsync(advocate, sure, "Yes, put it on file");

        Assert.Equal(["detention_start", "still_held", "release"], (await EventsAsync(bot, file)).Select(one => one.Kind.Code));
    }

    [PostgresTheory]
    [InlineData("what:")]
    [InlineData("what:nonsense:release")]
    [InlineData("what:00000000000000000000000000000000:release")]
    [InlineData("confirm:nonsense")]
    [InlineData("lang:xx")]
    [InlineData("nothing")]
    [InlineData("")]
    public async Task A_forged_or_stale_button_does_nothing(string data)
    {
        await using var bot = await RunningBot.StartAsync();
        var owner = await bot.AddAsync(Role.Owner);
        var message = await RunningBot.SayAsync(owner, "/help");

        Assert.NotNull(await owner.PressData(message, data).Answer.WaitAsync(TimeSpan.FromSeconds(10)));
        await RunningBot.SayAsync(owner, "/help");
        Assert.DoesNotContain("was set aside", bot.Log.Text, StringComparison.Ordinal);
    }

    private static async Task<(SandboxPhone Coordinator, SandboxPhone Advocate, SandboxPhone Stranger, SandboxGroup Group, CaseFile File)> AskedAsync(
        RunningBot bot)
    {
        var coordinator = await bot.AddAsync(Role.Coordinator, "Coordinator");
        var advocate = await bot.AddAsync(Role.Advocate, "Advocate");
        var stranger = bot.Sandbox.AddPerson("Stranger");
        var file = await bot.OpenCaseAsync();
        var group = bot.Sandbox.AddGroup("Friends", [coordinator, advocate, stranger]);
        await RunningBot.SayAsync(coordinator, group, "/link " + file.Code);
        await bot.FollowAsync(advocate, file);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");

        // 72 hours have passed, and an hour more.
        await bot.PassAsync(Instant.FromUtc(2026, 3, 4, 6, 5) - bot.Clock.Now);
        await bot.SettleAsync();
        return (coordinator, advocate, stranger, group, file);
    }

    private static async Task<IReadOnlyList<CaseEvent>> EventsAsync(RunningBot bot, CaseFile file) =>
        (await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Events;
}
