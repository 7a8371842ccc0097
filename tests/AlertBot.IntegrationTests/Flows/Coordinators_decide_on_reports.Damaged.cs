using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Incidents;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

/// <content>A row that somebody damaged.</content>
public partial class Coordinators_decide_on_reports
{
    [PostgresFact]
    public async Task One_that_cannot_be_read_keeps_nobody_from_hearing_of_another()
    {
        await using var bot = await RunningBot.StartAsync();
        var (_, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        await OpenAsync(bot, "Aliya Madeupova", await bot.AddAsync(Role.Advocate));
        await OpenAsync(bot, Name, advocate);
        await ReportAsync(bot, "Aliya Madeupova");
        await bot.SettleAsync();
        await using (var apart = new NpgsqlConnection(bot.ConnectionString))
            await apart.ExecuteAsync("update incident set code = ''");
        await ReportAsync(bot, Name);
        await advocate.WaitForTextAsync("UNVERIFIED");

        bot.Clock.Advance(Duration.FromMinutes(30));
        await bot.Get<IncidentVerifyJob>().RunAsync(CancellationToken.None);
        bot.Get<AlertBot.Postgres.Wakeups>().Raise(AlertBot.Postgres.Wakeups.Outbox);

        await advocate.WaitForMessageAsync(message => message.Text.StartsWith("🔴", StringComparison.Ordinal));
    }
}
