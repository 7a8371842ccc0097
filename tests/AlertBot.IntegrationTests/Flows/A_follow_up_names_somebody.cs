using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>A reporter's words after sending are matched like the report itself: the bot suggests people and attaches nothing.</summary>
public class A_follow_up_names_somebody
{
    [PostgresFact]
    public async Task Whoever_is_named_only_later_is_suggested_and_the_circle_waits_for_a_coordinator()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        var file = await FollowedAsync(bot, "Testbay Invented", advocate);
        var reporter = await ReportAsync(bot, "strangers took my neighbour away in a white car");
        await coordinator.WaitForTextAsync("new report");

        await RunningBot.SayAsync(reporter, "his name is Testbay Invented");

        var card = await coordinator.WaitForMessageAsync(
            message => IsCard(message) && message.AllButtons.Any(button => button.Text == $"Attach to {file.Code}"));
        Assert.Contains($"• {file.Code} · the same person · ", card.Text);
        Assert.Contains("name the same", card.Text);
        await bot.SettleAsync();
        Assert.Equal(2, coordinator.Messages.Count(IsCard));
        Assert.DoesNotContain(
            advocate.Messages, message =>
                message.Text.Contains(file.Code.Text, StringComparison.Ordinal) && message.Text.Contains("UNVERIFIED", StringComparison.Ordinal));

        await RunningBot.NoticeOfAsync(coordinator, card, $"Attach to {file.Code}");
        await advocate.WaitForTextAsync("UNVERIFIED");
    }

    [PostgresFact]
    public async Task A_second_person_is_suggested_beside_the_first_and_their_circle_is_not_told()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, first, second) =
            (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate), await bot.AddAsync(Role.Advocate));
        await FollowedAsync(bot, "Testbay Invented", first);
        var other = await FollowedAsync(bot, "Secondali Devised", second);
        var reporter = await ReportAsync(bot, "they took Testbay Invented");
        await first.WaitForTextAsync("UNVERIFIED");

        await RunningBot.SayAsync(reporter, "/add they took Secondali Devised as well");

        var card = await coordinator.WaitForTextAsync("Who else may be named");
        Assert.Contains(other.Code.Text, card.Text);
        Assert.DoesNotContain(card.AllButtons, button => button.Text.Contains(other.Code.Text, StringComparison.Ordinal));
        await bot.SettleAsync();
        Assert.DoesNotContain(first.Messages, message => message.Text.Contains(other.Code.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(second.Messages, message => message.Text.Contains("UNVERIFIED", StringComparison.Ordinal));
        Assert.Single(await bot.ActAsync(session => session.Incidents.OpenAsync()));
    }

    [PostgresFact]
    public async Task What_names_nobody_new_makes_no_new_card()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        await FollowedAsync(bot, "Testbay Invented", advocate);
        var reporter = await ReportAsync(bot, "they took Testbay Invented");

        await RunningBot.SayAsync(reporter, "Testbay Invented was in a blue jacket");
        await RunningBot.SayAsync(reporter, "the car was white");

        await bot.SettleAsync();
        Assert.DoesNotContain("Who else", Assert.Single(coordinator.Messages, IsCard).Text);
    }

    private static bool IsCard(SandboxMessage message) => message.Text.StartsWith("📥", StringComparison.Ordinal);

    private static async Task<SandboxPhone> ReportAsync(RunningBot bot, string words)
    {
        var reporter = bot.Sandbox.AddPerson("Witness", "en");
        var offer = await RunningBot.SayAsync(reporter, words);
        await RunningBot.PressAsync(reporter, offer, "➤ That is all");
        return reporter;
    }

    private static async Task<CaseFile> FollowedAsync(RunningBot bot, string name, SandboxPhone advocate)
    {
        var file = await bot.OpenCaseAsync(name);
        await bot.FollowAsync(advocate, file);
        return file;
    }
}
