using AlertBot.IntegrationTests.Jobs;
using AlertBot.IntegrationTests.Support;
using Dapper;
using NodaTime;

namespace AlertBot.IntegrationTests.SecondFlavour;

public sealed class HangfireTests() : JobEngineConformance("hangfire")
{
    [PostgresFact]
    public async Task Nothing_but_names_is_kept_of_a_job()
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        await Node("one", new PlainJob("watch", EverySecond)).StartAsync();

        await JobTrace.UntilAsync(
            async () => await connection.ExecuteScalarAsync<long>("select count(*) from hangfire.job") > 0, "a run is kept");

        Assert.Equal(
            """["\"watch\"", "\"every 1 s, again after 1, 1 s\"", null, null]""",
            await connection.ExecuteScalarAsync<string>("select arguments::text from hangfire.job limit 1"));
    }

    private protected override async Task SetBackAsync(string job, Duration by)
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            update hangfire.hash
            set    value = (value::bigint - @milliseconds)::text
            where  key = 'recurring-job:' || @job and field in ('CreatedAt', 'LastExecution', 'NextExecution') and value <> '';

            update hangfire.set
            set    score = score - @milliseconds / 1000
            where  key = 'recurring-jobs' and value = @job
            """,
            new { job, milliseconds = (long)by.TotalMilliseconds });
    }
}
