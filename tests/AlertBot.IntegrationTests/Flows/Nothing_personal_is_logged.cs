using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class Nothing_personal_is_logged
{
    [PostgresFact]
    public async Task Neither_names_nor_numbers_nor_words_nor_codes_reach_any_line_of_any_level()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var code = await bot.InviteAsync(Role.Owner);
        var owner = bot.Sandbox.AddPerson("Quixotina Phone");
        await RunningBot.SayAsync(owner, "/start " + code);
        var group = bot.Sandbox.AddGroup("Zanzibar Circle", [owner]);

        await RunningBot.SayAsync(owner, "/newcase Invented Xylophone");
        await RunningBot.SayAsync(owner, "KZ");
        var check = await RunningBot.SayAsync(owner, "Almaty");
        var opened = await RunningBot.PressAsync(owner, check, "Open the case");
        var file = opened.Text.Split("Its code is ")[1][..6];
        await RunningBot.SayAsync(owner, group, "/link " + file);
        await RunningBot.SayAsync(owner, $"/event {file} detention_start 2026-03-01 10:00 seen by Wolfram Quagmire");
        await RunningBot.SayAsync(owner, "/case " + file);
        await RunningBot.SayAsync(owner, "hello from Quagmire");
        bot.Sandbox.PushRawUpdate("""{"update_id":{id},"message":{"message_id":"Quagmire","chat":[]}}""");
        await bot.PassAsync(Duration.FromDays(9));
        await bot.SettleAsync();

        foreach (var secret in new[] { "Quixotina", "Zanzibar", "Xylophone", "Quagmire", owner.Address.Value,
            group.Address.Value, code, file, bot.Sandbox.Token })
            Assert.DoesNotContain(secret, bot.Log.Text, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(bot.Log.Lines);
    }
}
