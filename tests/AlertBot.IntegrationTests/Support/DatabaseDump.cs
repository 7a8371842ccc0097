using System.Diagnostics;
using System.Globalization;
using System.Text;
using AlertBot.Postgres.Cluster;
using Dapper;
using Npgsql;

namespace AlertBot.IntegrationTests.Support;

/// <summary>Everything in a database, as a thief of its backup could read it.</summary>
internal sealed class DatabaseDump
{
    private readonly string _text;

    private DatabaseDump(string text) => _text = text;

    public static async Task<DatabaseDump> OfAsync(string connectionString) =>
        new(await ByProgramAsync(new NpgsqlConnectionStringBuilder(connectionString)) ?? await ByCopyAsync(connectionString));

    /// <summary>Whether it holds the words as plain text, or as their bytes.</summary>
    public bool Has(string words) =>
        _text.Contains(words, StringComparison.OrdinalIgnoreCase)
        || _text.Contains(Convert.ToHexString(Encoding.UTF8.GetBytes(words)), StringComparison.OrdinalIgnoreCase);

    private static async Task<string?> ByProgramAsync(NpgsqlConnectionStringBuilder at)
    {
        if (await ProgramAsync() is not { } program)
            return null;

        var start = new ProcessStartInfo(program, [
            "--host", at.Host!, "--port", at.Port.ToString(CultureInfo.InvariantCulture), "--username",
            at.Username!, "--dbname", at.Database!, "--no-password"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["PGPASSWORD"] = at.Password;
        using var dump = Process.Start(start)!;
        var text = await dump.StandardOutput.ReadToEndAsync();
        await dump.WaitForExitAsync();
        Assert.Equal(0, dump.ExitCode);
        return text;
    }

    private static async Task<string?> ProgramAsync()
    {
        try
        {
            var program = (await PostgresPrograms.FindAsync(major: null, preferred: null, CancellationToken.None)).Program("pg_dump");
            return File.Exists(program) ? program : null;
        }
        catch (ClusterProblem)
        {
            // PostgreSQL is not installed: the tests use an external server.
            return null;
        }
    }

    private static async Task<string> ByCopyAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var text = new StringBuilder();
        foreach (var table in await connection.QueryAsync<string>(
            "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables where schemaname not in ('pg_catalog', "
            + "'information_schema')"))
        {
            using var rows = await connection.BeginTextExportAsync($"copy {table} to stdout");
            text.Append(table).Append('\n').Append(await rows.ReadToEndAsync());
        }

        return text.ToString();
    }
}
