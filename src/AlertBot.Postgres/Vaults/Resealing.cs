using Dapper;
using Npgsql;

namespace AlertBot.Postgres.Vaults;

/// <summary>
/// Seals again, row by row, whatever is not sealed with the key that seals now. What is done is told by the rows themselves, so it can be
/// broken off at any moment and goes on where it was. Rows that somebody else holds this instant come with the next round.
/// </summary>
internal sealed class Resealing(NpgsqlDataSource source, Vault vault)
{
    private const int AtOnce = 200;

    /// <summary>How many values wait for it.</summary>
    public async Task<long> CountAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var all = 0L;
        foreach (var column in SealedColumns.All)
            all += await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                $"select count(*) from {column.Table} where {Old(column)}", new { key = Key }, commandTimeout: 0, cancellationToken: ct));
        return all;
    }

    /// <summary>Goes once over everything.</summary>
    /// <param name="done">Told how many more were done, now and then.</param>
    /// <returns>How many do not open with any key, and stay as they are.</returns>
    public async Task<int> RoundAsync(Action<int> done, CancellationToken ct)
    {
        var damaged = 0;
        foreach (var column in SealedColumns.All)
        {
            for (Guid? after = Guid.Empty; after is { } from;)
                (after, damaged) = await SomeAsync(column, from, damaged, done, ct);
        }

        return damaged;
    }

    private byte[] Key { get; } = BitConverter.GetBytes(vault.SealingKeyId).Reverse().ToArray();

    // Behind the version stands the id of the key.
    private static string Old(SealedColumn column) => $"{column.Name} is not null and substr({column.Name}, 2, 4) <> @key";

    private async Task<(Guid? Last, int Damaged)> SomeAsync(SealedColumn column, Guid after, int damaged, Action<int> done, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var rows = (await connection.QueryAsync<(Guid Id, byte[] Sealed)>(new CommandDefinition(
            $"""
            select {column.Row}, {column.Name} from {column.Table}
            where  {Old(column)} and {column.Row} > @after
            order  by {column.Row} limit {AtOnce}
            for    update skip locked
            """,
            new { key = Key, after }, transaction, commandTimeout: 0, cancellationToken: ct))).AsList();
        if (rows.Count == 0)
            return (null, damaged);

        var again = new List<(Guid Id, byte[] Sealed)>(rows.Count);
        foreach (var (id, @sealed) in rows)
        {
            try
            {
                again.Add((id, vault.Seal(column.Context, id, vault.Open(column.Context, id, @sealed))));
            }
            catch (VaultException)
            {
                damaged++;
            }
        }

        await connection.ExecuteAsync(new CommandDefinition(
            $"""
            update {column.Table} t set {column.Name} = n.value
            from   unnest(@ids, @values) as n (id, value)
            where  t.{column.Row} = n.id
            """,
            new { ids = again.Select(one => one.Id).ToArray(), values = again.Select(one => one.Sealed).ToArray() }, transaction,
            commandTimeout: 0, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        done(again.Count);
        return (rows[^1].Id, damaged);
    }
}
