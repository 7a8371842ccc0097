using Dapper;
using Npgsql;

namespace AlertBot.Postgres.Vaults;

/// <summary>Seals what stood in the clear before its column was sealed. A migration cannot: it has no keys.</summary>
public static class SealOld
{
    // The column of before, the sealed one, and the id that it is bound to.
    private static readonly (string Table, string Clear, string Sealed, string Row)[] Columns =
    [
        ("person", "zone", "zone_sealed", "id"),
        ("check_in", "schedule", "schedule_sealed", "id"),
        ("rhythm", "quiet", "quiet_sealed", "person_id"),
    ];

    /// <returns>How many values were sealed.</returns>
    public static async Task<int> RunAsync(NpgsqlDataSource source, Vault vault, CancellationToken ct)
    {
        var count = 0;
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var (table, clear, @sealed, row) in Columns)
        {
            var old = await connection.QueryAsync<(Guid Row, string Value)>(new CommandDefinition(
                $"select {row}, {clear} from {table} where {clear} is not null for update", transaction: transaction, cancellationToken: ct));
            foreach (var one in old)
            {
                count += await connection.ExecuteAsync(new CommandDefinition(
                    $"update {table} set {@sealed} = coalesce({@sealed}, @value), {clear} = null where {row} = @Row",
                    new { one.Row, value = vault.Seal($"{table}.{@sealed}", one.Row, one.Value) }, transaction, cancellationToken: ct));
            }
        }

        await transaction.CommitAsync(ct);
        return count;
    }
}
