using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Overdue;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public sealed class A_probe_goes_all_the_way
{
    [PostgresFact]
    public async Task To_a_chat_that_nobody_reads_and_owners_hear_when_it_does_not_arrive()
    {
        await using var bot = await RunningBot.StartAsync();
        var owner = await bot.AddAsync(Role.Owner, "Marta");
        var canary = bot.Sandbox.AddGroup("Canary", [owner]);

        await ProbeAsync(bot, canary.Address);
        await bot.SettleAsync();
        Assert.Single(canary.Messages, message => message.Text.Contains("Test message", StringComparison.Ordinal));
        bot.Clock.Advance(Duration.FromMinutes(5));
        await ProbeAsync(bot, canary.Address);
        await bot.SettleAsync();
        Assert.Equal(2, canary.Messages.Count(message => message.Text.Contains("Test message", StringComparison.Ordinal)));
        Assert.DoesNotContain(owner.Messages, message => message.Text.Contains("has not arrived", StringComparison.Ordinal));

        // The bot is thrown out of it: the next one does not arrive.
        canary.RemoveBot(owner);
        bot.Clock.Advance(Duration.FromMinutes(5));
        await ProbeAsync(bot, canary.Address);
        await bot.SettleAsync();
        bot.Clock.Advance(Duration.FromMinutes(5));
        await ProbeAsync(bot, canary.Address);
        var told = await owner.WaitForTextAsync("has not arrived");
        Assert.Contains("Telegram", told.Text, StringComparison.Ordinal);
        // Once an hour is enough.
        bot.Clock.Advance(Duration.FromMinutes(5));
        await ProbeAsync(bot, canary.Address);
        await bot.SettleAsync();
        Assert.Single(owner.Messages, message => message.Text.Contains("has not arrived", StringComparison.Ordinal));
    }

    private static Task ProbeAsync(RunningBot bot, ChannelAddress chat) =>
        new ProbeChannel(bot.Database, bot.Get<Alerts>(), new ProbePlace(chat), bot.Clock).RunAsync(CancellationToken.None);
}
