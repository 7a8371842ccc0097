using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Reports;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class A_witness_falls_silent
{
    [PostgresFact]
    public async Task Whoever_has_the_report_hears_that_after_ten_minutes_and_what_follows_is_added()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        await RunningBot.PressAsync(witness, await RunningBot.SayAsync(witness, "/report"), "arrested");
        await bot.SettleAsync();
        Assert.DoesNotContain(coordinator.Messages, message => message.Text.Contains("new report"));
        await RunningBot.SayAsync(witness, "Testbay Invented");
        var card = await coordinator.WaitForTextAsync("new report");
        Assert.Contains("still writing", card.Text);

        await SilentForAsync(bot, Duration.FromMinutes(9));
        Assert.DoesNotContain(witness.Messages, message => message.Text.Contains("I have passed on what you wrote"));
        await SilentForAsync(bot, Duration.FromMinutes(1));

        await coordinator.Chat.WaitForMessageAsync(message => message.Id == card.Id && message.Text.Contains("the reporter fell silent"));
        var told = await witness.WaitForTextAsync("I have passed on what you wrote");
        Assert.DoesNotContain("Testbay", told.Text);
        Assert.Contains(told.Entities, entity => entity.Type == "spoiler");
        // Running the job again sends nothing again, and a witness who returns adds to the report.
        await SilentForAsync(bot, Duration.FromMinutes(1));
        Assert.Contains("added this to your report", (await RunningBot.SayAsync(witness, "Near the bazaar")).Text);
        await coordinator.WaitForTextAsync("the reporter adds");
        Assert.Single(coordinator.Messages, message => message.Text.Contains("new report"));
        Assert.Single(witness.Messages, message => message.Text.Contains("I have passed on what you wrote"));
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_only_pressed_goes_out_then_too_and_who_is_registered_cannot_be_read_from_it(bool isRegistered)
    {
        await using var bot = await RunningBot.StartAsync();
        if (isRegistered)
            await bot.OpenCaseAsync("Testbay Inventedov");
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var (first, second) = (bot.Sandbox.AddPerson("First", "en"), bot.Sandbox.AddPerson("Second", "en"));
        await RunningBot.PressAsync(first, await RunningBot.SayAsync(first, "/report"), "arrested");
        await RunningBot.SayAsync(second, "they came for Testbay Inventedov at night");

        Assert.Contains("they came for", (await coordinator.WaitForTextAsync("they came for")).Text);
        await SilentForAsync(bot, Duration.FromMinutes(10));

        await first.WaitForTextAsync("I have passed on what you wrote");
        await second.WaitForTextAsync("I have passed on what you wrote");
        Assert.Contains("received. It is being checked.", (await RunningBot.SayAsync(second, "/status")).Text);
    }

    private static async Task SilentForAsync(RunningBot bot, Duration time)
    {
        await bot.SettleAsync();
        bot.Clock.Advance(time);
        await bot.Get<SilentDrafts>().RunAsync(CancellationToken.None);
        await bot.SettleAsync();
    }
}
