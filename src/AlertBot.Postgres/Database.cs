using AlertBot.Postgres.Vaults;
using Npgsql;

namespace AlertBot.Postgres;

/// <summary>The database with its vault. Whatever is read or written goes through a <see cref="Session"/>.</summary>
public sealed class Database
{
    public Database(NpgsqlDataSource source, Vault vault)
    {
        DapperTypes.Register();
        (Source, Vault) = (source, vault);
    }

    public NpgsqlDataSource Source { get; }

    public Vault Vault { get; }

    /// <summary>Begins one act: everything in it is written together, or not at all.</summary>
    public async Task<Session> BeginAsync(CancellationToken ct)
    {
        var connection = await Source.OpenConnectionAsync(ct);
        try
        {
            return new Session(connection, await connection.BeginTransactionAsync(ct), Vault, ct);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
