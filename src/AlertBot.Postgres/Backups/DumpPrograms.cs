using System.Globalization;
using System.Text.RegularExpressions;
using AlertBot.Postgres.Cluster;
using Npgsql;

namespace AlertBot.Postgres.Backups;

/// <summary>pg_dump and pg_restore of a version that can read the server. An older one refuses to.</summary>
/// <param name="Bin">The directory of both.</param>
public sealed partial record DumpPrograms(string Bin, int Major)
{
    public string Dump => Path.Combine(Bin, "pg_dump");

    public string Restore => Path.Combine(Bin, "pg_restore");

    /// <summary>The oldest that is new enough.</summary>
    /// <exception cref="BackupProblem">None is; says what to install.</exception>
    /// <param name="restoring">
    /// Older ones restore into a newer server too, since what they send it is plain SQL; a dump that is too new for them they refuse by
    /// themselves, and nothing of it stays.
    /// </param>
    public static async Task<DumpPrograms> ForAsync(int server, CancellationToken ct, bool restoring = false)
    {
        var installed = PostgresPrograms.InstalledPlaces(Environment.GetEnvironmentVariable("PATH"));
        // A package with the server alone is no reason to do without those of another one.
        var places = Environment.GetEnvironmentVariable(PostgresPrograms.Variable) is { Length: > 0 } named
            ? File.Exists(Path.Combine(named, "postgres")) ? installed.Prepend(named) : [named]
            : installed;
        var found = new List<DumpPrograms>();
        foreach (var place in places.Where(place => File.Exists(Path.Combine(place, "pg_dump")) && File.Exists(Path.Combine(place, "pg_restore"))))
        {
            var answer = await ServerCommand.RunAsync(ServerAccount.Current, [Path.Combine(place, "pg_dump"), "--version"], ct: ct);
            if (answer.Succeeded && VersionNumber().Match(answer.Output) is { Success: true } version)
                found.Add(new DumpPrograms(place, int.Parse(version.Value, CultureInfo.InvariantCulture)));
        }

        var fitting = found.Where(one => one.Major >= server).MinBy(one => one.Major);
        return fitting ?? (restoring ? found.MaxBy(one => one.Major) : null) ?? throw new BackupProblem(
            $"A backup needs pg_dump and pg_restore of PostgreSQL {server} or newer, and "
            + (found.Count == 0 ? "none was" : $"only {string.Join(", ", found.Select(one => one.Major).Distinct())} was")
            + $" found. Install them: apt-get install postgresql-client-{server}. Or name their directory in {PostgresPrograms.Variable}.");
    }

    /// <summary>Where and as whom the programs connect, as environment variables: no process list shows them.</summary>
    internal static Dictionary<string, string> Connection(string connectionString)
    {
        var at = new NpgsqlConnectionStringBuilder(connectionString);
        var given = new Dictionary<string, string?>
        {
            ["PGHOST"] = at.Host,
            ["PGPORT"] = at.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = at.Username,
            ["PGDATABASE"] = at.Database,
            ["PGPASSWORD"] = at.Password,
            ["PGPASSFILE"] = at.Passfile,
            ["PGSSLMODE"] = at.SslMode switch
            {
                SslMode.VerifyFull => "verify-full",
                SslMode.VerifyCA => "verify-ca",
                SslMode.Require => "require",
                SslMode.Disable => "disable",
                _ => "prefer",
            },
            ["PGSSLROOTCERT"] = at.RootCertificate,
        };
        return given.Where(one => !string.IsNullOrEmpty(one.Value)).ToDictionary(one => one.Key, one => one.Value!);
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex VersionNumber();
}
