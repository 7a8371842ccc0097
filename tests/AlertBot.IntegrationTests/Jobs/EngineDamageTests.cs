using AlertBot.IntegrationTests.Support;
using Dapper;

namespace AlertBot.IntegrationTests.Jobs;

/// <summary>The tables of the job engine are damaged, by a disk or by hand. The jobs that watch over people go on all the same.</summary>
public sealed class EngineDamageTests : JobNodes
{
    [PostgresTheory]
    [InlineData("update hangfire.hash set value = 'garbage' where key = 'recurring-job:watch' and field = 'Job'")]
    [InlineData("update hangfire.job set invocationdata = '\"garbage\"'")]
    [InlineData("update hangfire.job set invocationdata = '[]', statename = 'Enqueued'")]
    public async Task A_node_starts_although_the_tables_of_the_engine_are_damaged(string damage)
    {
        var before = Node("before", new PlainJob("watch", EverySecond), new PlainJob("other", EverySecond));
        await before.StartAsync();
        await Trace.WaitForAsync(Name, JobTrace.Finished);
        await before.StopAsync();
        await DamageAsync(damage);

        await Node("after", new PlainJob("watch", EverySecond), new PlainJob("other", EverySecond)).StartAsync();

        await Trace.WaitForAsync(Name, JobTrace.Finished, node: "after");
        await Trace.WaitForAsync("other", JobTrace.Finished, node: "after");
    }

    [PostgresTheory]
    [InlineData("update hangfire.hash set value = 'garbage' where key = 'recurring-job:watch' and field in ('Job', 'Cron')")]
    [InlineData("delete from hangfire.set where key = 'recurring-jobs'")]
    [InlineData("update hangfire.set set score = 9999999999 where key = 'recurring-jobs'")]
    [InlineData("""
        with made as (
            insert into hangfire.job (statename, invocationdata, arguments, createdat)
            select 'Enqueued', '"garbage"', '[]', now() from generate_series(1, 20) returning id)
        insert into hangfire.jobqueue (jobid, queue) select id, queue from made, unnest(array['critical', 'default']) queue
        """)]
    public async Task A_node_mends_the_tables_of_the_engine_while_it_runs(string damage)
    {
        var node = Node("one", new PlainJob("watch", EverySecond));
        await node.StartAsync();
        await Trace.WaitForAsync(Name, JobTrace.Finished);
        Assert.False(await node.Engine.MendAsync(CancellationToken.None));
        await DamageAsync(damage);

        Assert.True(await node.Engine.MendAsync(CancellationToken.None));

        var ran = (await Trace.ReadAsync(Name)).Count(entry => entry.What == JobTrace.Finished);
        await Trace.WaitForAsync(Name, JobTrace.Finished, times: ran + 2);
        Assert.False(await node.Engine.MendAsync(CancellationToken.None));
    }

    private async Task DamageAsync(string how)
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        Assert.NotEqual(0, await connection.ExecuteAsync(how));
    }
}
