using AlertBot.Jobs;
using Hangfire;
using Hangfire.Server;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AlertBot.Hangfire;

/// <summary>What the engine calls: the job of ours whose name the run carries.</summary>
public sealed class HangfireJob(JobRunner runner, NpgsqlDataSource database)
{
    /// <param name="name">Of the job. Arguments are stored in the clear and shown on a page: nothing but names may be one.</param>
    /// <param name="plan">Kept with the stored job: whether it still is what the code wants.</param>
    public async Task RunAsync(string name, string plan, PerformContext context, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        if (!await TryLockAsync(connection, name, ct))
            return;

        try
        {
            var attempt = context.GetJobParameter<int>("RetryCount") + 1;
            if (await runner.RunAsync(name, attempt, ct) is { } code)
                // Makes the engine try again. It keeps what it is thrown, so that carries a code and not the cause.
                throw new InvalidOperationException($"Job {name} failed, code {code}.");
        }
        finally
        {
            await UnlockAsync(connection, name);
        }
    }

    // Never beside itself: what is still under way does the work of this run too. The engine's own lock is a row that nothing
    // renews and that a killed node leaves behind; this one ends with the connection, and the server looks every few seconds
    // whether a node without power or network is still at its other end.
    private static async Task<bool> TryLockAsync(NpgsqlConnection connection, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select pg_try_advisory_lock(hashtextextended('job ' || $1, 0)),
                   set_config('tcp_keepalives_idle', '5', false),
                   set_config('tcp_keepalives_interval', '2', false),
                   set_config('tcp_keepalives_count', '3', false)
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter { Value = name } },
        };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    // A pooled connection keeps its locks until it is used again.
    private static async Task UnlockAsync(NpgsqlConnection connection, string name)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_unlock(hashtextextended('job ' || $1, 0))", connection)
        {
            Parameters = { new NpgsqlParameter { Value = name } },
        };
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>Makes the object of a run from the program's services.</summary>
internal sealed class HangfireActivator(IServiceScopeFactory scopes) : JobActivator
{
    public override JobActivatorScope BeginScope(PerformContext context) => new Scope(scopes.CreateAsyncScope());

    private sealed class Scope(AsyncServiceScope scope) : JobActivatorScope
    {
        public override object Resolve(Type type) => scope.ServiceProvider.GetRequiredService(type);

        public override void DisposeScope() => scope.Dispose();
    }
}
