using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using AlertBot.Hosting;
using AlertBot.Postgres.Backups;
using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Vaults;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Backups;
using NodaTime;

namespace AlertBot.Cli;

/// <summary><c>upgrade-database</c>: moves the private database to a newer PostgreSQL.</summary>
internal static class UpgradeDatabaseCommand
{
    public static Command Create()
    {
        var anew = new Option<bool>("--anew") { Description = "Also to the same version: everything is written anew." };
        var command = new Command(
            "upgrade-database",
            "Moves the private database to the newest PostgreSQL on this machine. A backup is made before. Stop the program first.")
        {
            anew,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var ground = Ground.Load();
            if (ground.Settings.ConnectionString is not null)
                return Output.Refuse("the database is on a server named in ConnectionStrings__AlertBot, and its operator moves it");

            var directory = await Storage.PlaceAsync(ground, ct);
            var upgrade = new UpgradeCluster(Path.Combine(directory, "postgres"));
            if (upgrade.Major is null)
                return Output.Refuse($"there is no private database in {directory}");
            try
            {
                await BackUpAsync(ct);
                var began = Stopwatch.GetTimestamp();
                using var vault = Vault.FromKeyFile(Storage.KeyFileOf(ground, directory));
                var done = await upgrade.RunAsync(vault, parsed.GetValue(anew), ct);
                Output.Line(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Moved from PostgreSQL {done.From} to {done.To}: {done.Rows} rows, {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s."));
                Output.Line("Now look: alertbot doctor. Then: alertbot serve");
                return CommandLine.Done;
            }
            catch (Exception problem) when (problem is BackupProblem or ClusterProblem or VaultException)
            {
                return Output.Refuse(problem.Message);
            }
        });
        return command;
    }

    private static Task<int> BackUpAsync(CancellationToken ct) => Output.WithStorageAsync(async (ground, storage) =>
    {
        var made = await new BackUp(storage.Database, new Alerts(ground.Texts), SystemClock.Instance).RunAsync(storage.Backups, ct);
        Output.Line($"Backed up before: {Path.Combine(storage.Backups.Directory, made.File)}");
        return CommandLine.Done;
    }, ct, mayMigrate: true);
}
