using System.Diagnostics;
using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Migrations;
using Npgsql;

namespace AlertBot.IntegrationTests.Support;

/// <summary>
/// One PostgreSQL for all tests of a run: a private cluster in a temporary directory, or the server that ALERTBOT_TEST_DB names (a connection string
/// whose user may create databases).
/// </summary>
internal static class TestCluster
{
    public const string Variable = "ALERTBOT_TEST_DB";

    private static readonly Lazy<Task<string>> Server = new(StartAsync);
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    // Holds the lock that keeps the server in use. If it were garbage collected, it would release the lock during the run.
    private static PrivateCluster? _own;

    public static string? GivenServer =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : null;

    /// <summary>The connection string of a database that always exists, from which others are created.</summary>
    public static Task<string> ConnectionStringAsync() => Server.Value;

    /// <summary>The name of the migrated database that tests copy.</summary>
    public static Task<string> TemplateAsync() => Template.Value;

    public static string Connection(string server, string database, bool pooling = true) =>
        new NpgsqlConnectionStringBuilder(server) { Database = database, Pooling = pooling, MaxPoolSize = 10 }.ConnectionString;

    public static async Task ExecuteAsync(string sql)
    {
        var server = await ConnectionStringAsync();
        await using var connection = new NpgsqlConnection(Connection(server, new NpgsqlConnectionStringBuilder(server).Database!));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> StartAsync()
    {
        if (GivenServer is { } given)
            return given;

        var directory = TemporaryDirectory.NewPath(inMemory: true);
        var cluster = await PrivateCluster.StartAsync(
            new ClusterOptions
            {
                Directory = directory,
                Watch = TimeSpan.Zero,
                // Nothing here outlives the run, so durability is off; clusters with the real settings test it. Autovacuum is off because only a
                // superuser may end its worker, which could keep a test from dropping its database.
                Overrides = new Dictionary<string, string>
                {
                    ["fsync"] = "off",
                    ["synchronous_commit"] = "off",
                    ["full_page_writes"] = "off",
                    ["autovacuum"] = "off",
                    // A new database is a copy of the template, and nothing of it need be logged for anybody.
                    ["wal_level"] = "minimal",
                    ["max_wal_senders"] = "0",
                    ["wal_init_zero"] = "off",
                    // Compiling a statement pays where it reads millions of rows.
                    ["jit"] = "off",
                    // Benchmarks in their own processes use it too.
                    ["max_connections"] = "300",
                },
            },
            CancellationToken.None);
        _own = cluster;
        StopAfterThisProcess(_own);
        return cluster.ConnectionString;
    }

    // The test host may be killed before its exit handlers finish. So a shell waits for the lock that this process holds while it lives, then stops
    // the server and cleans up.
    private static void StopAfterThisProcess(PrivateCluster cluster)
    {
        const string Script = """
            flock -x "$1/use.lock" true
            "$3" stop -D "$1/data" -m immediate -s -t 20 || kill -9 "$(head -1 "$1/data/postmaster.pid")"
            rm -rf "$1"
            """;
        var place = cluster.Server.Place;
        var line = cluster.Server.Account.Wrap(
            ["setsid", "sh", "-c", $"({Script}) >/dev/null 2>&1 </dev/null &", "sh", place.Root, "-", cluster.Programs.Program("pg_ctl")]);
        using var shell = Process.Start(new ProcessStartInfo(line[0], line.Skip(1)) { WorkingDirectory = "/" })!;
        shell.WaitForExit();
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var name = $"template_{Guid.NewGuid():N}";
        await ExecuteAsync($"create database {name}");
        // No pool, because nobody may be connected to a database while it is copied.
        await using var database = NpgsqlDataSource.Create(Connection(await ConnectionStringAsync(), name, pooling: false));
        await new Migrator(database).MigrateAsync(CancellationToken.None);
        return name;
    }
}
