using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Watching;

public sealed class MonitorTests
{
    [PostgresFact]
    public async Task A_case_that_cannot_be_read_does_not_silence_the_others()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var (damaged, sound) = (await bot.OpenCaseAsync(), await bot.OpenCaseAsync());
        foreach (var file in new[] { damaged, sound })
            await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-02 14:00");
        await bot.SettleAsync();
        await using var apart = new NpgsqlConnection(bot.ConnectionString);
        await apart.ExecuteAsync("update case_event set at_zone = 'Asia/Nowhere' where case_id = @Value", new { damaged.Id.Value });
        var told = coordinator.Messages.Count;

        // An hour after the end of the 72 hours people are asked what happened.
        await bot.PassAsync(Duration.FromHours(74));
        await bot.SettleAsync();

        var news = coordinator.Messages.Skip(told).ToList();
        Assert.Contains(news, message => message.Text.Contains(sound.Code.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(news, message => message.Text.Contains(damaged.Code.Text, StringComparison.Ordinal));
        Assert.Contains(damaged.Id.Value.ToString(), bot.Log.Text, StringComparison.Ordinal);
        // It is tried again in an hour, when somebody may have repaired it.
        await apart.ExecuteAsync("update case_event set at_zone = 'Asia/Almaty' where case_id = @Value", new { damaged.Id.Value });
        await bot.PassAsync(Duration.FromHours(1));
        await bot.SettleAsync();
        Assert.Contains(coordinator.Messages.Skip(told), message => message.Text.Contains(damaged.Code.Text, StringComparison.Ordinal));
    }
}
