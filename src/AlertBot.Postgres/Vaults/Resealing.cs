using Dapper;
using Npgsql;

namespace AlertBot.Postgres.Vaults;

/// <summary>
/// Seals again, row by row, whatever another key than the current one has sealed. Each row shows whether it is done, so that an interrupted run
/// continues where it stopped. Rows locked by others wait for the next round.
/// </summary>
internal sealed class Resealing(NpgsqlDataSource source, Vault vault)
{
    private const int AtOnce = 200;

    /// <summary>How many values are left to do.</summary>
    public async Task<long> CountAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var all = 0L;
        foreach (var column in SealedColumns.All)
            all += await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                $"select count(*) from {column.Table} where {Old(column)}", new { key = Key }, commandTimeout: 0, cancellationToken: ct));
        return all;
    }

    /// <summary>Goes over everything once.</summary>
    /// <param name="done">Told now and then how many more are done.</param>
    /// <returns>The number of values that no key opens. They stay as they are.</returns>
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

    // The key's id follows the version byte.
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
