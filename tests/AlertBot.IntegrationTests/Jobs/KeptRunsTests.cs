using AlertBot.IntegrationTests.Support;
using Dapper;
using NodaTime;

namespace AlertBot.IntegrationTests.Jobs;

/// <summary>What the database keeps of runs: names only, and no longer than they help somebody.</summary>
public sealed class KeptRunsTests : JobNodes
{
    [PostgresFact]
    public async Task Nothing_but_names_is_kept_of_a_job()
    {
        await Node("one", new PlainJob("watch", EverySecond)).StartAsync();

        await JobTrace.UntilAsync(async () => await CountAsync("hangfire.job") > 0, "a run is kept");

        await using var connection = await Database.Source.OpenConnectionAsync();
        Assert.Equal(
            """["\"watch\"", "\"every 1 s, default, again after 1, 1 s\"", null, null]""",
            await connection.ExecuteScalarAsync<string>("select arguments::text from hangfire.job limit 1"));
    }

    [PostgresFact]
    public async Task Runs_that_went_well_do_not_pile_up_and_one_that_failed_stays()
    {
        var settings = Quick with { RetryAfter = [], KeepRunsFor = Duration.FromSeconds(2), CleanUpEvery = Duration.FromSeconds(1) };
        await Node(
            "one", settings,
            new PlainJob("watch", EverySecond),
            new PlainJob("broken", EverySecond, _ => throw new InvalidOperationException("Nino"))).StartAsync();

        await Trace.WaitForAsync("watch", JobTrace.Finished, times: 30);

        // Sixty have run and more will. If runs were kept, there would never be so few again. The engine cleans its tables in turn, so some runs of
        // the last seconds are always there.
        await JobTrace.UntilAsync(
            async () => await CountAsync("hangfire.job") <= 30 && await CountAsync("hangfire.state") <= 150, "old runs are gone");

        await using var connection = await Database.Source.OpenConnectionAsync();
        var week = Assert.Single(await connection.QueryAsync<(string State, double Days)>(
            """
            select statename, extract(epoch from expireat - createdat) / 86400.0 from hangfire.job
            where  expireat > now() + interval '1 day'
            """));
        Assert.Equal("Failed", week.State);
        Assert.InRange(week.Days, 6.9, 7.1);
        // The stored run has the code, and not the exception's message.
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*)::int from hangfire.state where data::text like '%Nino%'"));
    }

    private async Task<int> CountAsync(string table)
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>($"select case when to_regclass('{table}') is null then 0 else 1 end") == 0
            ? 0
            : await connection.ExecuteScalarAsync<int>($"select count(*)::int from {table}");
    }
}
