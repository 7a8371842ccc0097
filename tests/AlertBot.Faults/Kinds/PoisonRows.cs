using AlertBot.Faults.Checking;
using Dapper;
using Npgsql;

namespace AlertBot.Faults.Kinds;

/// <summary>
/// A value that nobody can read in one row of one table: garbage in place of what is sealed, unknown codes, the ends of time, nothing where nothing
/// is allowed. Which tables and columns there are, the database says. Everybody whom the row is not about must hear all that they would have heard.
/// </summary>
internal static class PoisonRows
{
    // PostgreSQL's names of types. What fits a column is tried there.
    private static readonly Dictionary<string, string[]> Damages = new(StringComparer.Ordinal)
    {
        ["bytea"] = [@"'\x00'", @"decode(repeat('5a', 60), 'hex')", "''", "null"],
        ["text"] = ["'no-such-code'", "''", "null", "repeat('x', 5000)"],
        ["timestamp with time zone"] = ["'infinity'", "'-infinity'", "'0001-01-01Z'", "'9999-12-31Z'", "null"],
        ["date"] = ["'infinity'", "'-infinity'", "'9999-12-31'", "null"],
        ["timestamp without time zone"] = ["'infinity'", "'9999-12-31'", "null"],
        ["integer"] = ["-1", "2147483647", "null"],
        ["smallint"] = ["-1", "32767", "null"],
        ["bigint"] = ["-1", "9223372036854775807", "null"],
        ["boolean"] = ["null", "true", "false"],
        ["uuid"] = ["gen_random_uuid()", "null"],
        ["jsonb"] = ["'{}'", "'[]'", "'null'", "null"],
        ["ARRAY"] = ["'{}'", "null"],
    };

    public static async Task<Outcome> RunAsync(int faults, Random random)
    {
        await using var world = await TwinWorld.MakeAsync();
        var usual = await UsuallyHeardAsync(world);
        var all = await PlacesAsync(world);
        var (struck, problems, refused) = (0, new List<string>(), 0);
        var (tables, failing) = (new SortedSet<string>(StringComparer.Ordinal), new SortedDictionary<string, int>(StringComparer.Ordinal));
        foreach (var place in all.OrderBy(_ => random.Next()))
        {
            if (struck >= faults)
                break;
            if (await world.LiveAsync(connection => DamageAsync(connection, world, place), usual) is not { } day)
            {
                refused++;
                continue;
            }

            struck++;
            tables.Add(place.Table);
            problems.AddRange(day.Missing.Select(text => $"after {place} somebody else did not hear: {text.Split('\n')[0]}"));
            problems.AddRange(day.Troubles.Where(one => one.EndsWith("end", StringComparison.Ordinal)).Select(one => $"after {place} {one}"));
            foreach (var trouble in day.Troubles)
                failing[trouble] = failing.GetValueOrDefault(trouble) + 1;
        }

        var heard = usual.Values.Sum(one => one.Count);
        return new Outcome(
            struck, new Findings(struck * heard, 0, 0, 0, problems), TimeSpan.Zero,
            [
                $"{all.Count} ways to damage {all.Select(one => one.Table).Distinct().Count()} tables; {refused} of those tried were refused by the "
                + "database's own checks, or had no row to damage",
                $"damaged: {string.Join(", ", tables)}", .. failing.Select(one => $"{one.Value} times {one.Key}"),
            ]);
    }

    // What is the same on two days: codes that are drawn by lot are not.
    private static async Task<Dictionary<long, List<string>>> UsuallyHeardAsync(TwinWorld world)
    {
        var first = (await world.LiveAsync(_ => Task.FromResult(true), null))!.Heard;
        var second = (await world.LiveAsync(_ => Task.FromResult(true), null))!.Heard;
        return first.ToDictionary(one => one.Key, one => one.Value.Intersect(second[one.Key], StringComparer.Ordinal).ToList());
    }

    private static async Task<IReadOnlyList<Place>> PlacesAsync(TwinWorld world)
    {
        await using var connection = await world.OpenAsync();
        return (await connection.QueryAsync<(string Table, string Column, string Type)>(
            """
            select c.table_name, c.column_name, c.data_type
            from   information_schema.columns c
            join   information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
            where  c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER' and c.is_identity = 'NO'
            order  by 1, c.ordinal_position
            """)).SelectMany(one => Damages.GetValueOrDefault(one.Type, ["null"]).Select(value => new Place(one.Table, one.Column, value))).ToList();
    }

    // False if there is no such row of the first twin, or if the database does not take the value.
    private static async Task<bool> DamageAsync(NpgsqlConnection connection, TwinWorld world, Place place)
    {
        string[] Words(int twin) => [.. world.IdsOf(twin).Select(id => $"%{id}%")];
        try
        {
            return await connection.ExecuteAsync(
                $"""
                update "{place.Table}" t set "{place.Column}" = {place.Value}
                where  ctid = (
                    select ctid from "{place.Table}" o
                    where  o::text like any(@first) and not o::text like any(@second) order by ctid limit 1)
                and    "{place.Column}" is distinct from {place.Value}
                """,
                new { first = Words(0), second = Words(1) }) > 0;
        }
        catch (PostgresException)
        {
            return false;
        }
    }

    /// <summary>One way to damage a row.</summary>
    private sealed record Place(string Table, string Column, string Value)
    {
        public override string ToString() => $"{Table}.{Column} = {Value}";
    }
}
