using Dapper;
using Npgsql;

namespace AlertBot.Postgres.Vaults;

/// <summary>
/// The running nodes and their keys. A new key seals only once every node can open it: an operator must first copy the key file to each other
/// machine.
/// </summary>
public sealed class KeyHolders(NpgsqlDataSource source, Vault vault)
{
    /// <summary>A node not seen for this long counts as gone.</summary>
    private const int GoneAfterSeconds = 90;

    private readonly Guid _node = Guid.CreateVersion7();

    /// <summary>Records what this node holds. Repeat it well within the time after which a node counts as gone.</summary>
    public async Task SayAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into key_holder (node, seals, opens, seen_at) values (@node, @seals, @opens, clock_timestamp())
            on conflict (node) do update set seals = excluded.seals, opens = excluded.opens, seen_at = excluded.seen_at
            """,
            new { node = _node, seals = (long)vault.SealingKeyId, opens = vault.KeyIds.Select(id => (long)id).ToArray() }, cancellationToken: ct));
    }

    public async Task LeaveAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(
            new CommandDefinition("delete from key_holder where node = @node", new { node = _node }, cancellationToken: ct));
    }

    /// <summary>How many running nodes do not hold this key, or do not yet seal with it.</summary>
    internal static async Task<int> WithoutAsync(NpgsqlDataSource source, uint key, bool toSeal, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            select count(*)::int from key_holder
            where  seen_at > clock_timestamp() - make_interval(secs => @gone) and not case when @toSeal then seals = @key else @key = any(opens) end
            """,
            new { key = (long)key, toSeal, gone = (double)GoneAfterSeconds }, cancellationToken: ct));
    }
}
