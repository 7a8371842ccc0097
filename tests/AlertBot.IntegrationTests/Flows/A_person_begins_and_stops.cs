using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class A_person_begins_and_stops
{
    [PostgresFact]
    public async Task They_are_met_in_the_language_of_their_phone_and_may_choose_another()
    {
        await using var bot = await RunningBot.StartAsync();
        var phone = bot.Sandbox.AddPerson("Somebody", "kk");

        var welcome = await RunningBot.SayAsync(phone, "/start");
        Assert.StartsWith("Сәлеметсіз бе", welcome.Text, StringComparison.Ordinal);
        Assert.Contains("/report", welcome.Text, StringComparison.Ordinal);
        var chosen = await RunningBot.PressAsync(phone, welcome, "English");
        Assert.StartsWith("Hello", chosen.Text, StringComparison.Ordinal);

        Assert.StartsWith("What I store", (await RunningBot.SayAsync(phone, "/privacy")).Text, StringComparison.Ordinal);
        var asked = await RunningBot.SayAsync(phone, "/language");
        await RunningBot.PressAsync(phone, asked, "Русский");
        Assert.Contains("/help", (await RunningBot.SayAsync(phone, "/help")).Text, StringComparison.Ordinal);
        Assert.StartsWith("Я не знаю такой команды", (await RunningBot.SayAsync(phone, "/nonsense")).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Privacy_says_who_can_read_along_and_names_Signal_only_where_the_bot_is_on_it()
    {
        await using var alone = await RunningBot.StartAsync();
        await using var onBoth = await RunningBot.StartAsync(second: new ScriptedSignal());

        var there = (await RunningBot.SayAsync(alone.Sandbox.AddPerson("Somebody", "en"), "/privacy")).Text;
        Assert.Contains("Telegram, the company, can see that you write to me", there, StringComparison.Ordinal);
        Assert.DoesNotContain("Signal", there, StringComparison.Ordinal);
        var said = await RunningBot.SayAsync(onBoth.Sandbox.AddPerson("Somebody", "en"), "/privacy");
        Assert.Contains("write to me on Signal", said.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task After_stop_no_alert_comes_until_they_begin_again_and_the_coordinators_know()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var advocate = await bot.AddAsync(Role.Advocate);
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(advocate, file);

        Assert.StartsWith("I won't write to you any more", (await RunningBot.SayAsync(advocate, "/stop")).Text, StringComparison.Ordinal);
        await coordinator.WaitForTextAsync("the person asked for no messages");
        Assert.Contains("wants no messages", (await RunningBot.SayAsync(coordinator, "/people")).Text, StringComparison.Ordinal);

        // They may still ask and get answers, but no alerts.
        await RunningBot.SayAsync(advocate, "/cases");
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");
        await coordinator.WaitForTextAsync("new on file");
        await bot.SettleAsync();
        Assert.DoesNotContain(advocate.Messages, message => message.Text.Contains("new on file", StringComparison.Ordinal));

        await RunningBot.SayAsync(advocate, "/start");
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} release 2026-03-02");
        await advocate.WaitForTextAsync("new on file");
    }
}
