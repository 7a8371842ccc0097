using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Alerting;

namespace AlertBot.IntegrationTests.Flows;

public class Nobody_is_there_to_be_told
{
    [PostgresFact]
    public async Task What_reaches_nobody_is_kept_for_the_first_coordinator()
    {
        await using var bot = await RunningBot.StartAsync();
        var file = await bot.OpenCaseAsync();
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        var sent = await bot.ActAsync(session => bot.Get<SendAlert>().RunAsync(
            session.As(Actor.Operator), file.Code, new AlertKind("notice"), Severity.Critical, "The hearing is now"));
        var id = Assert.IsType<SentAlert.Sent>(sent).Id;
        Assert.True(await bot.ActAsync(session => session.Alerts.IsUntoldAsync(id)));
        Assert.Contains("reaches nobody", bot.Log.Text, StringComparison.Ordinal);
        // While nobody can read the report, the witness is not told that people have it.
        Assert.Contains("There is NOBODY who can read it", (await RunningBot.SayAsync(witness, "they took my brother")).Text);
        await bot.Get<UntoldAlerts>().RunAsync(CancellationToken.None);
        Assert.True(await bot.ActAsync(session => session.Alerts.IsUntoldAsync(id)));

        var coordinator = await bot.AddAsync(Role.Coordinator);
        await bot.Get<UntoldAlerts>().RunAsync(CancellationToken.None);

        await coordinator.WaitForTextAsync("The hearing is now");
        await coordinator.WaitForTextAsync("they took my brother");
        Assert.False(await bot.ActAsync(session => session.Alerts.IsUntoldAsync(id)));
    }

    [PostgresFact]
    public async Task A_group_that_was_shut_for_one_alert_hears_the_next()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync();
        var group = bot.Sandbox.AddGroup("Rapid response", [coordinator]);
        await RunningBot.SayAsync(coordinator, group, "/link " + file.Code);
        async Task AlertAsync(string text)
        {
            await bot.ActAsync(session => bot.Get<SendAlert>().RunAsync(
                session.As(Actor.Operator), file.Code, new AlertKind("notice"), Severity.Urgent, text));
            await bot.SettleAsync();
        }

        group.Mute();
        await AlertAsync("first");
        var warning = await coordinator.WaitForTextAsync("We cannot reach");
        Assert.Contains("Rapid response", warning.Text);
        Assert.Contains("let me write again", warning.Text);
        await AlertAsync("second");
        group.Mute(false);
        await AlertAsync("third");

        await group.WaitForTextAsync("third");
        Assert.Null((await bot.ActAsync(session => session.Addresses.FindAsync(group.Address)))!.DarkWhy);
        Assert.Single(coordinator.Messages, one => one.Text.Contains("We cannot reach", StringComparison.Ordinal));
    }
}
