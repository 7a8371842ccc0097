using AlertBot.Postgres.Backups;
using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Vaults;
using Npgsql;

namespace AlertBot.Hosting;

/// <summary>
/// Destroys what an installation keeps on its machine: the keys first, without which nothing can be read, then the database and the
/// journal. Backups stay; two parts of the keys open them.
/// </summary>
internal sealed class Wipe(Ground ground, string directory)
{
    private readonly BackupPlan _plan = Storage.PlanOf(ground, "", directory);

    /// <summary>What whoever wants it has to type: of this installation, and of no other one on the machine.</summary>
    public string Name => $"alertbot-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
        System.Text.Encoding.UTF8.GetBytes(Path.GetFullPath(directory))).AsSpan(0, 2))}";

    /// <summary>What goes, as paths and, of a named server, in words.</summary>
    public IReadOnlyList<string> Goes =>
    [
        .. new[] { _plan.KeyFile, Cluster }.Where(Exists),
        .. IsInside(_plan.Journal) && Exists(_plan.Journal) ? [_plan.Journal] : Array.Empty<string>(),
        .. ground.Settings.ConnectionString is null ? [] : new[] { "every table in the database of ConnectionStrings__AlertBot" },
    ];

    /// <summary>What stays, and cannot be read without two parts of the keys.</summary>
    public IReadOnlyList<string> Stays => (Directory.Exists(_plan.Directory) ? Directory.EnumerateFiles(_plan.Directory) : [])
        .Concat(!IsInside(_plan.Journal) && Directory.Exists(_plan.Journal) ? Directory.EnumerateFiles(_plan.Journal) : [])
        .Order(StringComparer.Ordinal).ToList();

    /// <summary>Whether somebody did it from the command line while this program ran.</summary>
    public bool IsDone => ground.Settings.ConnectionString is null && !Directory.Exists(Cluster);

    private string Cluster => Path.Combine(directory, "postgres");

    /// <summary>Overwrites and removes the keys, and what a breakdown may have left of them. From here on nothing sealed can be read.</summary>
    public void DestroyKeys()
    {
        var place = Path.GetDirectoryName(Path.GetFullPath(_plan.KeyFile))!;
        if (!Directory.Exists(place))
            return;
        var drafts = Directory.EnumerateFiles(place, Path.GetFileName(_plan.KeyFile) + ".*.new");
        foreach (var file in drafts.Append(_plan.KeyFile).Where(File.Exists).ToList())
            VaultKeyFile.Destroy(file);
    }

    /// <summary>Everything, the keys if they are still there.</summary>
    /// <returns>What is left in the data directory beside backups, because nobody knows here what it is.</returns>
    /// <exception cref="OperatorProblem">Something could not be destroyed. The keys are gone all the same.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken ct)
    {
        DestroyKeys();
        try
        {
            if (ground.Settings.ConnectionString is { } named)
                await EmptyAsync(named, ct);
            await PrivateCluster.DestroyAsync(Cluster, ct);
        }
        catch (Exception failure) when (failure is ClusterProblem or NpgsqlException)
        {
            throw new OperatorProblem($"The keys are destroyed, and the database is not, which nobody can read without them: {failure.Message}");
        }

        if (IsInside(_plan.Journal) && Directory.Exists(_plan.Journal))
            Directory.Delete(_plan.Journal, recursive: true);
        if (!Directory.Exists(directory))
            return [];
        var left = Directory.EnumerateFileSystemEntries(directory)
            .Where(entry => Path.GetFullPath(entry) != Path.GetFullPath(_plan.Directory)).ToList();
        if (!Directory.EnumerateFileSystemEntries(directory).Any())
            Directory.Delete(directory);
        return left;
    }

    private static async Task EmptyAsync(string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        // Whoever still works on it would hold its tables.
        await using (var others = new NpgsqlCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = current_user "
            + "and pid <> pg_backend_pid()", connection))
            await others.ExecuteNonQueryAsync(ct);
        await using var drop = new NpgsqlCommand(
            "drop schema if exists hangfire cascade; drop schema public cascade; create schema public", connection);
        await drop.ExecuteNonQueryAsync(ct);
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    private bool IsInside(string path) =>
        Path.GetFullPath(path).StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)) + "/", StringComparison.Ordinal);
}
