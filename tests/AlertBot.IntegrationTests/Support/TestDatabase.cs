using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Migrations;
using Npgsql;

namespace AlertBot.IntegrationTests.Support;

/// <summary>A migrated, empty database for one test, dropped afterwards. Tests may run at the same time.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly Lazy<NpgsqlDataSource> _source;
    private readonly bool _isShared;

    private TestDatabase(string name, string connectionString, bool isShared = true)
    {
        _isShared = isShared;
        Name = name;
        ConnectionString = connectionString;
        _source = new Lazy<NpgsqlDataSource>(() => NpgsqlDataSource.Create(connectionString));
    }

    public string Name { get; }

    public string ConnectionString { get; }

    /// <summary>Plain access for a test that looks at rows itself.</summary>
    public NpgsqlDataSource Source => _source.Value;

    public static async Task<TestDatabase> CreateAsync() => await CreateAsync(await TestCluster.TemplateAsync());

    /// <summary>A database with nothing in it, not even the migrations.</summary>
    public static Task<TestDatabase> CreateEmptyAsync() => CreateAsync("template1");

    /// <summary>The database of a cluster that is the test's alone, with the settings of a real installation; it goes with its cluster.</summary>
    public static async Task<TestDatabase> OfAsync(PrivateCluster cluster)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await new Migrator(source).MigrateAsync(CancellationToken.None);
        return new TestDatabase(new NpgsqlConnectionStringBuilder(cluster.ConnectionString).Database!, cluster.ConnectionString, isShared: false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_source.IsValueCreated)
            await _source.Value.DisposeAsync();
        if (!_isShared)
            return;
        // With force: the pools of the code under test may still hold connections.
        await TestCluster.ExecuteAsync($"drop database if exists {Name} with (force)");
    }

    /// <summary>A copy of another database, to which nobody may be connected meanwhile.</summary>
    public static Task<TestDatabase> CopyAsync(TestDatabase of) => CreateAsync(of.Name);

    private static async Task<TestDatabase> CreateAsync(string template)
    {
        var name = $"test_{Guid.NewGuid():N}";
        await TestCluster.ExecuteAsync($"create database {name} template {template}");
        return new TestDatabase(name, TestCluster.Connection(await TestCluster.ConnectionStringAsync(), name));
    }
}
