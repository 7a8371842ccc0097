using AlertBot.Postgres.Cluster;

namespace AlertBot.Postgres.Backups;

/// <summary>A cluster that lives as long as one backup is tried out. Nothing in it has to survive anything.</summary>
internal sealed class ScratchCluster : IAsyncDisposable
{
    private readonly PrivateCluster _cluster;
    private readonly string _directory;

    private ScratchCluster(PrivateCluster cluster, string directory) => (_cluster, _directory) = (cluster, directory);

    public string ConnectionString => _cluster.ConnectionString;

    /// <exception cref="ClusterProblem">It cannot be started; the message says why.</exception>
    public static async Task<ScratchCluster> StartAsync(CancellationToken ct)
    {
        var directory = Path.Combine(Path.GetTempPath(), $"alertbot-try-{Guid.NewGuid():N}"[..21]);
        try
        {
            return new ScratchCluster(
                await PrivateCluster.StartAsync(
                    new ClusterOptions
                    {
                        Directory = directory,
                        Watch = TimeSpan.Zero,
                        Overrides = new Dictionary<string, string>
                        {
                            ["fsync"] = "off",
                            ["synchronous_commit"] = "off",
                            ["full_page_writes"] = "off",
                            ["autovacuum"] = "off",
                            ["shared_buffers"] = "32MB",
                        },
                    },
                    ct),
                directory);
        }
        catch
        {
            Clear(directory);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (var pool = new Npgsql.NpgsqlConnection(ConnectionString))
            Npgsql.NpgsqlConnection.ClearPool(pool);
        await _cluster.DisposeAsync();
        Clear(_directory);
    }

    private static void Clear(string directory)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }
}
