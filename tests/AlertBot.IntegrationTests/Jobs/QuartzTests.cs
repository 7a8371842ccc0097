using AlertBot.IntegrationTests.Support;
using Dapper;
using NodaTime;

namespace AlertBot.IntegrationTests.Jobs;

public sealed class QuartzTests() : JobEngineConformance("quartz")
{
    // Nodes of one id take each other's jobs for their own: one test in two does not notice, so this one looks.
    [PostgresFact]
    public async Task Each_node_has_an_id_of_its_own()
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        await Node("one", new PlainJob("watch", EverySecond)).StartAsync();
        await Node("other", new PlainJob("watch", EverySecond)).StartAsync();

        await JobTrace.UntilAsync(
            async () => await connection.ExecuteScalarAsync<long>("select count(*) from quartz.scheduler_state") == 2,
            "two nodes have checked in");
    }

    private protected override async Task SetBackAsync(string job, Duration by)
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            update quartz.triggers
            set    next_fire_time = next_fire_time - @ticks,
                   prev_fire_time = prev_fire_time - @ticks,
                   start_time = start_time - @ticks
            where  trigger_name = @job
            """,
            new { job, ticks = by.BclCompatibleTicks });
    }
}
