using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Migrations;
using Dapper;
using Npgsql;

namespace AlertBot.Benchmarks;

/// <summary>
/// The database of a benchmark, with all migrations: on a server of its own with its real durability. Tiny sizes measure nothing and are given the
/// server of the tests, because making one takes longer than most of them.
/// </summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    /// <summary>Names the server that is given: a connection string whose user may create databases.</summary>
    public const string Server = "ALERTBOT_BENCH_SERVER";

    /// <summary>Names a database on it that has all migrations and to which nobody is connected.</summary>
    public const string Template = "ALERTBOT_BENCH_TEMPLATE";

    private readonly PrivateCluster? _own;

    private BenchDatabase(PrivateCluster own) => (_own, ConnectionString) = (own, own.ConnectionString);

    private BenchDatabase(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    /// <summary>Its own server.</summary>
    public PrivateCluster Cluster => _own ?? throw new InvalidOperationException("It is on a server that others use.");

    /// <param name="directory">Where its own server may live.</param>
    public static async Task<BenchDatabase> CreateAsync(string directory)
    {
        if (Environment.GetEnvironmentVariable(Server) is { Length: > 0 } given
            && Environment.GetEnvironmentVariable(Template) is { Length: > 0 } template)
        {
            var name = $"bench_{Guid.NewGuid():N}";
            await RunAsync(given, $"create database {name} template {template}");
            return new BenchDatabase(At(given, name));
        }

        var cluster = await PrivateCluster.StartAsync(new ClusterOptions { Directory = Path.Combine(directory, "pg") }, CancellationToken.None);
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await new Migrator(source).MigrateAsync(CancellationToken.None);
        return new BenchDatabase(cluster);
    }

    /// <summary>Makes a copy of it, to which nobody may be connected meanwhile. It goes with it.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CopyAsync(string name)
    {
        if (_own is not null)
            NpgsqlConnection.ClearAllPools();
        await RunAsync(At(ConnectionString, "postgres"), $"create database {Name}_{name} template {Name}");
        return At(ConnectionString, $"{Name}_{name}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
        {
            await _own.DisposeAsync();
            return;
        }

        await using var connection = new NpgsqlConnection(At(ConnectionString, "postgres"));
        foreach (var name in await connection.QueryAsync<string>("select datname from pg_database where starts_with(datname, @Name)", new { Name }))
            await connection.ExecuteAsync($"drop database {name} with (force)");
    }

    private string Name => new NpgsqlConnectionStringBuilder(ConnectionString).Database!;

    private static string At(string server, string database) => new NpgsqlConnectionStringBuilder(server) { Database = database }.ConnectionString;

    private static async Task RunAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.ExecuteAsync(sql);
    }
}
