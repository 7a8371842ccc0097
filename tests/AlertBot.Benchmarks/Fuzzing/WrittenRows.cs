using Dapper;
using Npgsql;

namespace AlertBot.Benchmarks.Fuzzing;

/// <summary>All tables as they stand: the number of rows and a digest of each, to find what was written in between.</summary>
internal static class WrittenRows
{
    // What even a look may leave behind, and no more of each than that.
    private static readonly Dictionary<string, string> ButNot = new(StringComparer.Ordinal)
    {
        // Looking at a name, handing out a file, and a sign-in that was refused stand in the log.
        ["audit"] = "act like '%.read' or act in ('case.export', 'console.refuse')",
        ["incident_entry"] = "act = 'read'",
        // A program that runs says every minute that it has the keys.
        ["key_holder"] = "true",
        // The keys of forms are made when the first form is shown.
        ["form_key"] = "true",
    };

    public static async Task<IReadOnlyDictionary<string, (long Rows, string Digest)>> ReadAsync(NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        var read = new Dictionary<string, (long Rows, string Digest)>(StringComparer.Ordinal);
        // The job engine's own tables are its own: it says there every few seconds that it lives.
        foreach (var table in await connection.QueryAsync<string>("select tablename from pg_tables where schemaname = 'public' order by 1"))
        {
            read[table] = await connection.QueryFirstAsync<(long, string)>(new CommandDefinition(
                $"""
                select count(*), coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '')
                from   "{table}" t where not ({ButNot.GetValueOrDefault(table, "false")})
                """,
                commandTimeout: 0));
        }

        return read;
    }

    public static IReadOnlyList<string> Changed(
        IReadOnlyDictionary<string, (long Rows, string Digest)> before, IReadOnlyDictionary<string, (long Rows, string Digest)> after) =>
        after.Where(table => before[table.Key] != table.Value)
            .Select(table => $"{table.Key}: {before[table.Key].Rows} rows, then {table.Value.Rows}").ToList();
}
