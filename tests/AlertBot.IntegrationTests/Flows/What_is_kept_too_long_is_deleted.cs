using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Domain.Retention;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Reports;
using AlertBot.Workflows.Retention;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

public sealed class What_is_kept_too_long_is_deleted
{
    [PostgresFact]
    public async Task Words_that_could_not_be_taken_in_go_after_coordinators_heard_of_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var from = new ChannelAddress(ChannelKind.Telegram, "8177700000000123");
        await bot.ActAsync(async session =>
        {
            await session.Inbox.SetAsideAsync(new IncomingUpdate("odd", from, ChatKind.Private, from) { Text = "They took her" }, "F-1");
            return true;
        });
        await PassAsync(bot, 6);
        Assert.Equal(1, await CountAsync(bot, "incoming_message where state = 'failed'"));
        await PassAsync(bot, 2);
        await coordinator.WaitForTextAsync("could not be taken in");
        await PassAsync(bot, 5);
        Assert.Equal(1, await CountAsync(bot, "incoming_message where body is not null"));
        await PassAsync(bot, 2);
        Assert.Equal(0, await CountAsync(bot, "incoming_message where body is not null"));
        Assert.Equal("1", await CountedAsync(bot, "retention.set_aside"));
        Assert.Single(coordinator.Messages, message => message.Text.Contains("could not be taken in", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Strangers_are_forgotten_unless_they_wrote_or_told_something()
    {
        await using var bot = await RunningBot.StartAsync();
        await bot.AddAsync(Role.Coordinator, "Marta");
        var silent = bot.Sandbox.AddPerson("Silent", "en");
        var talks = bot.Sandbox.AddPerson("Talks", "en");
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        foreach (var phone in new[] { silent, talks })
            await RunningBot.SayAsync(phone, "/start");
        await A_witness_reports.SendAsync(witness, "They took Testbay Invented");
        await bot.SettleAsync();
        Assert.Contains("after 30 days", (await RunningBot.SayAsync(silent, "/privacy")).Text, StringComparison.Ordinal);

        await PassAsync(bot, 20);
        await RunningBot.SayAsync(talks, "/help");
        await PassAsync(bot, 11);
        Assert.False(await IsKnownAsync(bot, silent));
        Assert.True(await IsKnownAsync(bot, talks));
        Assert.True(await IsKnownAsync(bot, witness));
        Assert.Equal("1", await CountedAsync(bot, "retention.strangers"));
        // Whoever comes back is new.
        await RunningBot.SayAsync(silent, "/start");
        Assert.True(await IsKnownAsync(bot, silent));
    }

    [PostgresFact]
    public async Task Closed_cases_and_their_files_go_as_the_organisation_sets_and_something_new_stops_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var policy = RetentionPolicy.Usual with { ClosedCases = Duration.FromDays(60), Files = Duration.FromDays(20) };
        var kept = await bot.OpenCaseAsync("Kept Invented");
        var gone = await bot.OpenCaseAsync("Gone Invented");
        await bot.FollowAsync(coordinator, gone);
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        await A_witness_reports.SendAsync(witness, "They took Gone Invented");
        await bot.SettleAsync();
        await using var connection = new NpgsqlConnection(bot.ConnectionString);
        await connection.ExecuteAsync(
            """
            insert into report_file (id, report_id, kind, state, created_at) select gen_random_uuid(), id, 'photo', 'kept', @now from report;
            update incident set case_id = @gone, handling = 'closed', closed_at = @now;
            update case_file set status = 'closed'
            """,
            new { gone = gone.Id.Value, now = bot.Clock.GetCurrentInstant().ToDateTimeUtc() });

        await PassAsync(bot, 14, policy);
        await coordinator.WaitForTextAsync("files of 1 closed incident");
        await PassAsync(bot, 8, policy);
        Assert.Equal(0, await CountAsync(bot, "report_file"));
        Assert.Equal("1", await CountedAsync(bot, "retention.files"));
        Assert.Equal(2, await CountAsync(bot, "case_file"));

        await PassAsync(bot, 32, policy);
        var told = await coordinator.WaitForTextAsync("2 closed cases");
        Assert.Contains(gone.Code.Text, told.Text, StringComparison.Ordinal);
        await bot.ActAsync(async session =>
        {
            await session.Cases.AddNameAsync(kept.Id, new PersonName("Kept Again"));
            return true;
        });
        await PassAsync(bot, 8, policy);
        Assert.Null(await bot.ActAsync(session => session.Cases.FindAsync(gone.Code)));
        Assert.NotNull(await bot.ActAsync(session => session.Cases.FindAsync(kept.Code)));
        foreach (var table in new[] { "report", "report_key", "incident", "incident_entry", "subscription" })
            Assert.Equal(0, await CountAsync(bot, table));
        Assert.Equal("1", await CountedAsync(bot, "retention.case"));
    }

    private static async Task PassAsync(RunningBot bot, int days, RetentionPolicy? policy = null)
    {
        bot.Clock.Advance(Duration.FromDays(days));
        await new RetentionJob(bot.Database, bot.Get<Alerts>(), policy ?? RetentionPolicy.Usual, bot.Get<DamagedRow>())
            .RunAsync(CancellationToken.None);
        await bot.Get<ForgetReporters>().RunAsync(CancellationToken.None);
        await bot.SettleAsync();
    }

    private static async Task<long> CountAsync(RunningBot bot, string of)
    {
        await using var connection = new NpgsqlConnection(bot.ConnectionString);
        return await connection.ExecuteScalarAsync<long>($"select count(*) from {of}");
    }

    private static async Task<string?> CountedAsync(RunningBot bot, string act)
    {
        await using var connection = new NpgsqlConnection(bot.ConnectionString);
        return await connection.ExecuteScalarAsync<string>("select string_agg(detail, ' ') from audit where act = @act", new { act });
    }

    private static async Task<bool> IsKnownAsync(RunningBot bot, Sandbox.SandboxPhone phone) =>
        await bot.ActAsync(session => session.Addresses.FindAsync(phone.Address)) is not null;
}
