using AlertBot.Postgres.Vaults;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.Postgres;

/// <summary>What the stores of one session share: its transaction, its time, and the vault.</summary>
internal sealed record Access(
    NpgsqlConnection Connection, NpgsqlTransaction Transaction, Vault Vault, Func<Instant> Time, CancellationToken Cancelled)
{
    private Instant? _now;

    /// <summary>
    /// The time when the act first asked for it, and the same until its end. It is not the time of the transaction's beginning: what the act takes up
    /// may have come after that.
    /// </summary>
    public Instant Now => _now ??= Time();

    /// <summary>The token of the program that acts; null: none does.</summary>
    public Guid? Token { get; set; }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        (await Connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    public Task<T?> FirstAsync<T>(string sql, object? parameters = null) => Connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters));

    public Task<T?> ValueAsync<T>(string sql, object? parameters = null) => Connection.ExecuteScalarAsync<T>(Command(sql, parameters));

    /// <returns>The number of rows changed.</returns>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => Connection.ExecuteAsync(Command(sql, parameters));

    public byte[]? Seal(string column, Guid row, string? plain) => plain is null ? null : Vault.Seal(column, row, plain);

    public string? Open(string column, Guid row, byte[]? @sealed) => @sealed is null ? null : Vault.OpenText(column, row, @sealed);

    private CommandDefinition Command(string sql, object? parameters) => new(sql, parameters, Transaction, cancellationToken: Cancelled);

    public override string ToString() => "(access)";
}
