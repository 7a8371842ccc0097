using Dapper;
using Npgsql;

namespace AlertBot.Postgres.Migrations;

/// <summary>
/// Brings a database to the state this program knows: every numbered migration once, in order, each in its own
/// transaction. Several nodes may do so at once: one works, the others wait and find it done.
/// </summary>
public sealed class Migrator
{
    /// <summary>The number of the advisory lock: any that nothing else in this database uses.</summary>
    private const long LockKey = 0x416C_6572_7442_6F74;

    private readonly NpgsqlDataSource _database;
    private readonly IReadOnlyList<Migration> _known;

    public Migrator(NpgsqlDataSource database)
        : this(Migration.EmbeddedIn(typeof(Migrator).Assembly), database)
    {
    }

    private Migrator(IReadOnlyCollection<Migration> all, NpgsqlDataSource database)
    {
        _database = database;
        _known = [.. all.OrderBy(migration => migration.Number)];

        foreach (var (earlier, later) in _known.Zip(_known.Skip(1)))
        {
            if (earlier.Number == later.Number)
                throw new InvalidOperationException($"The migrations {earlier} and {later} have the same number.");
        }
    }

    /// <summary>A migrator with these migrations and no others.</summary>
    internal static Migrator Exactly(NpgsqlDataSource database, IReadOnlyCollection<Migration> all) => new(all, database);

    /// <summary>Applies what is missing.</summary>
    /// <param name="before">Called with what is missing, before any of it is applied, where the database holds something already.</param>
    /// <returns>What was applied now, in order; empty when nothing was missing.</returns>
    /// <exception cref="MigrationProblem">A migration fails, or what the database has is not what this program knows.</exception>
    public async Task<IReadOnlyList<Migration>> MigrateAsync(CancellationToken ct, Func<IReadOnlyList<Migration>, Task>? before = null)
    {
        await using var connection = await _database.OpenConnectionAsync(ct);
        // Another node's migration may be long: wait for it as long as it takes.
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_lock(@LockKey)", new { LockKey }, commandTimeout: 0, cancellationToken: ct));
        try
        {
            await CreateRecordAsync(connection, ct);
            var recorded = await RecordedAsync(connection, ct);
            var pending = Pending(recorded);
            if (before is not null && recorded.Count > 0 && pending.Count > 0)
                await before(pending);
            foreach (var migration in pending)
                await ApplyAsync(connection, migration, ct);

            return pending;
        }
        finally
        {
            // A pooled connection keeps its session, and with it the lock, when it is returned. Not to be cancelled.
            if (connection.State == System.Data.ConnectionState.Open)
                await connection.ExecuteAsync("select pg_advisory_unlock(@LockKey)", new { LockKey });
        }
    }

    /// <summary>What <see cref="MigrateAsync"/> would apply; changes nothing.</summary>
    /// <exception cref="MigrationProblem">What the database has is not what this program knows.</exception>
    public async Task<IReadOnlyList<Migration>> PendingAsync(CancellationToken ct)
    {
        await using var connection = await _database.OpenConnectionAsync(ct);
        var isRecorded = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select to_regclass('schema_migration') is not null", cancellationToken: ct));
        return isRecorded ? Pending(await RecordedAsync(connection, ct)) : _known;
    }

    /// <summary>Whether nothing was ever put into this database.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken ct)
    {
        await using var connection = await _database.OpenConnectionAsync(ct);
        return !await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select to_regclass('schema_migration') is not null", cancellationToken: ct));
    }

    private List<Migration> Pending(IReadOnlyList<Recorded> recorded)
    {
        var newest = recorded.Count > 0 ? recorded[^1].Number : 0;
        if (recorded.Count > 0 && (_known.Count == 0 || newest > _known[^1].Number))
            throw new MigrationProblem(
                $"The database was made by a newer program: it has migration {recorded[^1]}, this program knows "
                + $"{(_known.Count == 0 ? "none" : $"them up to {_known[^1]}")}. Start the newer program, or restore a backup made by this one.");

        foreach (var done in recorded)
        {
            var same = _known.FirstOrDefault(migration => migration.Number == done.Number)
                ?? throw new MigrationProblem(
                    $"The database has migration {done}, which this program does not know. Was it removed or renumbered? "
                    + "Start the program that applied it.");

            if (same.Name != done.Name)
                throw new MigrationProblem($"The database has migration {done}, this program calls it {same}. Was it renumbered?");

            if (same.Checksum != done.Checksum)
                throw new MigrationProblem(
                    $"Migration {same} was changed after it had been applied to this database. "
                    + "Put its old text back and write the change as a new migration.");
        }

        var pending = _known.Where(migration => recorded.All(done => done.Number != migration.Number)).ToList();
        if (pending.FirstOrDefault(migration => migration.Number < newest) is { } late)
            throw new MigrationProblem(
                $"Migration {late} is older than the database's newest, {recorded[^1]}, but was never applied. "
                + "Was it renumbered? Give it a number after the newest.");

        return pending;
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(
                migration.Sql, transaction: transaction, commandTimeout: 0, cancellationToken: ct));
        }
        catch (PostgresException failure)
        {
            throw new MigrationProblem(
                $"Migration {migration} failed and was undone: {failure.MessageText} ({failure.SqlState}{Place(migration, failure)}).",
                failure);
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "insert into schema_migration (number, name, checksum) values (@Number, @Name, @Checksum)",
            new { migration.Number, migration.Name, migration.Checksum }, transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
    }

    // The position counts from the start of the failing statement, not of the file: good enough to name the statement.
    private static string Place(Migration migration, PostgresException failure)
    {
        if (failure.Position <= 0 || failure.BatchCommand?.CommandText is not { } statement)
            return "";

        var start = migration.Sql.IndexOf(statement.Trim(), StringComparison.Ordinal);
        var offset = Math.Min(Math.Max(start, 0) + failure.Position - 1, migration.Sql.Length);
        return $", line {migration.Sql.AsSpan(0, offset).Count('\n') + 1}";
    }

    private static Task<int> CreateRecordAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            create table if not exists schema_migration (
                number     integer     primary key,
                name       text        not null,
                checksum   text        not null,
                applied_at timestamptz not null default clock_timestamp()
            )
            """,
            cancellationToken: ct));

    private static async Task<IReadOnlyList<Recorded>> RecordedAsync(NpgsqlConnection connection, CancellationToken ct) =>
        [.. await connection.QueryAsync<Recorded>(new CommandDefinition(
            "select number, name, checksum from schema_migration order by number", cancellationToken: ct))];

    private sealed record Recorded(int Number, string Name, string Checksum)
    {
        public override string ToString() => $"{Number:0000}_{Name}";
    }
}
