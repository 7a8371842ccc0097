using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Reports;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class A_witness_falls_silent
{
    [PostgresFact]
    public async Task What_names_a_taken_person_goes_out_after_ten_minutes_and_what_follows_is_added()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        await RunningBot.PressAsync(witness, await RunningBot.SayAsync(witness, "/report"), "arrested");
        await RunningBot.SayAsync(witness, "Testbay Invented");

        await SilentForAsync(bot, Duration.FromMinutes(9));
        Assert.DoesNotContain(coordinator.Messages, message => message.Text.Contains("new report"));
        await SilentForAsync(bot, Duration.FromMinutes(1));

        var card = await coordinator.WaitForTextAsync("new report");
        Assert.Contains("Testbay Invented", card.Text);
        var told = await witness.WaitForTextAsync("I have passed on what you wrote");
        Assert.DoesNotContain("Testbay", told.Text);
        Assert.Contains(told.Entities, entity => entity.Type == "spoiler");
        // Running it again sends nothing again; whoever comes back adds to it.
        await SilentForAsync(bot, Duration.FromMinutes(1));
        Assert.Contains("added this to your report", (await RunningBot.SayAsync(witness, "Near the bazaar")).Text);
        await coordinator.Chat.WaitForMessageAsync(message => message.Id == card.Id && message.Text.Contains("Near the bazaar"));
        Assert.Single(coordinator.Messages, message => message.Text.Contains("new report"));
    }

    [PostgresFact]
    public async Task What_names_nobody_waits_until_the_person_is_registered()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        await RunningBot.SayAsync(witness, "they came for Testbay Inventedov at night");

        await SilentForAsync(bot, Duration.FromMinutes(30));
        Assert.DoesNotContain(coordinator.Messages, message => message.Text.Contains("new report"));

        await bot.OpenCaseAsync("Testbay Inventedov");
        await SilentForAsync(bot, Duration.FromMinutes(61));
        Assert.Contains("they came for", (await coordinator.WaitForTextAsync("new report")).Text);
    }

    private static async Task SilentForAsync(RunningBot bot, Duration time)
    {
        await bot.SettleAsync();
        bot.Clock.Advance(time);
        await bot.Get<SilentDrafts>().RunAsync(CancellationToken.None);
        await bot.SettleAsync();
    }
}
