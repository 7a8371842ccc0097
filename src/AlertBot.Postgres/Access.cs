using System.Security.Cryptography;
using AlertBot.Postgres.Vaults;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.Postgres;

/// <summary>What the stores of one session share: its transaction, its time, and the vault.</summary>
internal sealed record Access(
    NpgsqlConnection Connection, NpgsqlTransaction Transaction, Vault Vault, Func<Instant> Time, CancellationToken Cancelled)
{
    // Their ids are people's, or lead to them.
    private static readonly string[] OfPeople = ["address", "person", "rhythm"];

    private readonly List<string> _ahead = [];
    private Instant? _now;

    /// <summary>
    /// The time when the act first asked for it, and the same until its end. It is not the time of the transaction's beginning: what the act takes up
    /// may have come after that.
    /// </summary>
    public Instant Now => _now ??= Time();

    /// <summary>The token of the program that acts; null: none does.</summary>
    public Guid? Token { get; set; }

    /// <summary>What the act could not read or work on and passed over, with the name of each.</summary>
    public Dictionary<(string Kind, Guid Row), string> Damaged { get; } = [];

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        (await SendAsync(sql, parameters, Connection.QueryAsync<T>)).AsList();

    public Task<T?> FirstAsync<T>(string sql, object? parameters = null) => SendAsync(sql, parameters, Connection.QueryFirstOrDefaultAsync<T>);

    public Task<T?> ValueAsync<T>(string sql, object? parameters = null) => SendAsync(sql, parameters, Connection.ExecuteScalarAsync<T>);

    /// <returns>The number of rows changed.</returns>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => SendAsync(sql, parameters, Connection.ExecuteAsync);

    public byte[]? Seal(string column, Guid row, string? plain) => plain is null ? null : Vault.Seal(column, row, plain);

    public string? Open(string column, Guid row, byte[]? @sealed) => @sealed is null ? null : Vault.OpenText(column, row, @sealed);

    /// <summary>
    /// Opens what stands in a list: a row that does not open must not take the others with it. Once the act is committed, whoever runs the machine
    /// hears of it.
    /// </summary>
    /// <returns>Null, and false, for one that does not open.</returns>
    public (string? Text, bool IsReadable) TryOpen(string column, Guid row, byte[]? @sealed)
    {
        try
        {
            return (Open(column, row, @sealed), true);
        }
        catch (VaultException)
        {
            var table = column[..column.IndexOf('.', StringComparison.Ordinal)];
            Damaged.TryAdd((table, row), OfPeople.Contains(table) ? $"{table} {RandomNumberGenerator.GetHexString(8)}" : $"{table} {row}");
            return (null, false);
        }
    }

    /// <summary>Sends a statement that gives nothing back together with the next one: each way to the server and back takes time.</summary>
    public void Ahead(string statement) => _ahead.Add(statement);

    /// <summary>Wakes whoever waits for that, on every node, once the act is committed.</summary>
    public void Wake(string name)
    {
        if (!_ahead.Contains(Notify(name)))
            _ahead.Add(Notify(name));
    }

    /// <summary>Takes back a statement that has not left yet, and those after it.</summary>
    /// <returns>False if it has left.</returns>
    public bool TakeBack(string statement)
    {
        if (_ahead.LastIndexOf(statement) is not (>= 0 and var place))
            return false;
        _ahead.RemoveRange(place, _ahead.Count - place);
        return true;
    }

    /// <summary>Takes back all that has not left yet.</summary>
    public void TakeBack() => _ahead.Clear();

    /// <summary>Sends what must not wait for another statement, because none comes.</summary>
    public async Task FinishAsync()
    {
        _ahead.RemoveAll(statement => !statement.StartsWith(Notify(""), StringComparison.Ordinal));
        if (_ahead.Count == 0)
            return;
        var last = _ahead[^1];
        _ahead.RemoveAt(_ahead.Count - 1);
        await ExecuteAsync(last);
    }

    private static string Notify(string name) => "notify " + name;

    private async Task<T> SendAsync<T>(string sql, object? parameters, Func<CommandDefinition, Task<T>> send)
    {
        var carried = _ahead.ToList();
        _ahead.Clear();
        try
        {
            return await send(new CommandDefinition(
                carried.Count == 0 ? sql : string.Join(";\n", carried.Append(sql)), parameters, Transaction, cancellationToken: Cancelled));
        }
        catch (Exception failure) when (failure is not NpgsqlException && carried.Count > 0 && Connection.State == System.Data.ConnectionState.Open)
        {
            if (await NeverLeftAsync(carried))
                _ahead.InsertRange(0, carried);
            throw;
        }
    }

    // A parameter that cannot be written fails before anything leaves, a row that cannot be read after that. The server knows: it has the last
    // savepoint that came along, or has not. Going back to that one undoes nothing but the statement that failed.
    private async Task<bool> NeverLeftAsync(List<string> carried)
    {
        const string Begins = "savepoint ", Probe = "never_left";
        if (carried.FindLast(statement => statement.StartsWith(Begins, StringComparison.Ordinal))?[Begins.Length..] is not { } savepoint)
        {
            // A savepoint that is not released harms nothing, and whoever is woken twice finds nothing to do.
            carried.RemoveAll(statement => !statement.StartsWith(Notify(""), StringComparison.Ordinal));
            return true;
        }

        await SayAsync($"savepoint {Probe}");
        try
        {
            await SayAsync($"rollback to savepoint {savepoint}");
            return false;
        }
        catch (PostgresException unknown) when (unknown.SqlState == PostgresErrorCodes.InvalidSavepointSpecification)
        {
            await SayAsync($"rollback to savepoint {Probe}; release savepoint {Probe}");
            return true;
        }

        Task SayAsync(string statement) =>
            Connection.ExecuteAsync(new CommandDefinition(statement, transaction: Transaction, cancellationToken: Cancelled));
    }

    public override string ToString() => "(access)";
}
