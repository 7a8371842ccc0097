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

    // A command of hundreds of statements would be read for longer than several are on their way.
    private const int MostTogether = 20;

    private const string NotifyOf = "notify ";

    private readonly List<Statement> _ahead = [];
    private Instant? _now;
    private bool _isAstray;

    /// <summary>
    /// The time when the act first asked for it, and the same until its end. It is not the time of the transaction's beginning: what the act takes up
    /// may have come after that.
    /// </summary>
    public Instant Now => _now ??= Time();

    /// <summary>The token of the program that acts; null: none does.</summary>
    public Guid? Token { get; set; }

    /// <summary>The node that acts, which wakes its own by itself; null: the server wakes all.</summary>
    public string? Node { get; init; }

    /// <summary>Whom the act wakes.</summary>
    public HashSet<string> Woken { get; } = [];

    /// <summary>What the act could not read or work on and passed over, with the name of each.</summary>
    public Dictionary<(string Kind, Guid Row), string> Damaged { get; } = [];

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        (await SendAsync(sql, parameters, Connection.QueryAsync<T>)).AsList();

    public Task<T?> FirstAsync<T>(string sql, object? parameters = null) => SendAsync(sql, parameters, Connection.QueryFirstOrDefaultAsync<T>);

    public Task<T?> ValueAsync<T>(string sql, object? parameters = null) => SendAsync(sql, parameters, Connection.ExecuteScalarAsync<T>);

    /// <returns>The number of rows changed.</returns>
    public async Task<int> ExecuteAsync(string sql, object? parameters = null)
    {
        // The rows of all that goes in one command are counted together.
        await FlushAsync();
        return await RunAsync(new Statement(sql, parameters));
    }

    /// <summary>Puts questions that do not wait for each other's answers, on one way there and back. What was answered is not asked again.</summary>
    public async Task AskAsync(params IEnumerable<Question> questions)
    {
        var asked = questions.SelectMany(question => question.Asked).Where(one => !one.IsAnswered).Distinct(ReferenceEqualityComparer.Instance)
            .Cast<Reading>().ToList();
        if (asked.Count == 0)
            return;
        if (asked.Any(one => !ReferenceEquals(one.Of, this)))
            throw new InvalidOperationException("Another session has this question.");
        var (sql, parameters) = Statement.Join(asked, 'q');
        await SendAsync(sql, parameters, async command =>
        {
            await using var answers = await Connection.QueryMultipleAsync(command);
            foreach (var one in asked)
                await one.ReadAsync(answers);
            return asked.Count;
        });
    }

    public async Task<T> AnswerAsync<T>(Question<T> question)
    {
        await AskAsync(question);
        return question.Answer;
    }

    /// <summary>A question that only this session can put.</summary>
    public Question<T> Ask<TRow, T>(string sql, object parameters, Func<IReadOnlyList<TRow>, T> read)
    {
        var asked = new Reading<TRow>(sql, parameters, this);
        return new Question<T>([asked], () => read(asked.Rows));
    }

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
    public void Ahead(string statement) => _ahead.Add(new Statement(statement));

    /// <summary>
    /// The same of one that changes rows, whose number nobody asks for. What goes wrong with it goes wrong with the next one, or when the work in
    /// <see cref="Session.TryAsync"/> ends, or with the commit.
    /// </summary>
    /// <param name="sql">One statement that gives no rows.</param>
    public async Task LaterAsync(string sql, object parameters)
    {
        if (_ahead.Count >= MostTogether)
            await FlushAsync();
        _ahead.Add(new Statement(sql, parameters));
    }

    /// <summary>The same of what ends an act. It may be several statements, and what rows they give nobody reads.</summary>
    public void Last(string sql, object parameters) => _ahead.Add(new Statement(sql, parameters) { GivesRows = true });

    /// <summary>Wakes whoever waits for that, on every node, once the act is committed.</summary>
    public void Wake(string name)
    {
        Woken.Add(name);
        if (!_ahead.Contains(Notify(name)))
            _ahead.Add(Notify(name));
    }

    /// <summary>Takes back a statement that has not left yet, and those after it.</summary>
    /// <returns>False if it has left.</returns>
    public bool TakeBack(string statement)
    {
        if (_ahead.LastIndexOf(new Statement(statement)) is not (>= 0 and var place))
            return false;
        _ahead.RemoveRange(place, _ahead.Count - place);
        return true;
    }

    /// <summary>Takes back all that has not left yet, and all that may have: the server goes back to before it.</summary>
    public void TakeBack()
    {
        _ahead.Clear();
        _isAstray = false;
    }

    /// <summary>Sends the work that has not left yet.</summary>
    /// <param name="since">Only that after this statement.</param>
    public async Task FlushAsync(string? since = null)
    {
        var last = _ahead.FindLastIndex(one => one.IsWork);
        if (last < 0 || (since is not null && last < _ahead.LastIndexOf(new Statement(since))))
            return;
        var work = _ahead[last];
        var after = _ahead[(last + 1)..];
        _ahead.RemoveRange(last, _ahead.Count - last);
        try
        {
            await RunAsync(work);
        }
        finally
        {
            _ahead.AddRange(after);
        }
    }

    /// <summary>Commits, together with what has not left yet: each way there and back takes time.</summary>
    public async Task CommitAsync(CancellationToken ct)
    {
        StopIfAstray();
        // A savepoint is released before the work that follows it. A row that was locked outside of it and is changed inside would never be known as
        // dead to an index: each question would pass over it until the table is vacuumed.
        var work = _ahead.FindLastIndex(one => one.IsWork);
        var carried = _ahead.Where((one, place) => place <= work || IsNotify(one)).ToList();
        _ahead.Clear();
        if (carried.Count == 0)
        {
            await Transaction.CommitAsync(ct);
            return;
        }

        await Connection.ExecuteAsync(Carrying(carried, "commit", null));
    }

    private Task<int> RunAsync(Statement one) => SendAsync(one.Sql, one.Parameters, Connection.ExecuteAsync);

    private Statement Notify(string name) => new(Node is null ? NotifyOf + name : $"{NotifyOf}{name}, '{Node}'");

    private static bool IsNotify(Statement one) => !one.IsWork && one.Sql.StartsWith(NotifyOf, StringComparison.Ordinal);

    private async Task<T> SendAsync<T>(string sql, object? parameters, Func<CommandDefinition, Task<T>> send)
    {
        StopIfAstray();
        // Whoever asks now would read those rows as the answer.
        if (_ahead.Any(one => one.GivesRows))
            await FlushAsync();
        var carried = _ahead.ToList();
        _ahead.Clear();
        try
        {
            return await send(Carrying(carried, sql, parameters));
        }
        catch (Exception failure) when (failure is not NpgsqlException && carried.Count > 0 && Connection.State == System.Data.ConnectionState.Open)
        {
            _ahead.InsertRange(0, await LeftBehindAsync(carried));
            throw;
        }
    }

    private void StopIfAstray()
    {
        if (_isAstray)
            throw new InvalidOperationException("Nobody knows what the server has of this act: it must not be committed.");
    }

    private CommandDefinition Carrying(List<Statement> carried, string sql, object? parameters)
    {
        if (carried.Count == 0)
            return new CommandDefinition(sql, parameters, Transaction, cancellationToken: Cancelled);
        if (!carried.Any(one => one.IsWork))
            return new CommandDefinition(
                string.Join(";\n", carried.Select(one => one.Sql).Append(sql)), parameters, Transaction, cancellationToken: Cancelled);
        var (before, all) = Statement.Join(carried, 'c');
        all.AddDynamicParams(parameters);
        return new CommandDefinition($"{before};\n{sql}", all, Transaction, cancellationToken: Cancelled);
    }

    // A parameter that cannot be written fails before anything leaves, a row that cannot be read after that. The server knows: it has the last
    // savepoint that came along, or has not. Going back to that one undoes the statement that failed, and what came between, which is sent again.
    private async Task<IReadOnlyList<Statement>> LeftBehindAsync(List<Statement> carried)
    {
        const string Begins = "savepoint ", Probe = "never_left";
        var place = carried.FindLastIndex(one => !one.IsWork && one.Sql.StartsWith(Begins, StringComparison.Ordinal));
        if (place < 0)
        {
            // What the server has of the work nobody can tell. Without work: a savepoint that is not released harms nothing, and whoever is woken
            // twice finds nothing to do.
            _isAstray = carried.Any(one => one.IsWork);
            return carried.Where(IsNotify).ToList();
        }

        var savepoint = carried[place].Sql[Begins.Length..];
        await SayAsync($"savepoint {Probe}");
        try
        {
            await SayAsync($"rollback to savepoint {savepoint}");
            return carried[(place + 1)..];
        }
        catch (PostgresException unknown) when (unknown.SqlState == PostgresErrorCodes.InvalidSavepointSpecification)
        {
            await SayAsync($"rollback to savepoint {Probe}; release savepoint {Probe}");
            return carried;
        }

        Task SayAsync(string statement) =>
            Connection.ExecuteAsync(new CommandDefinition(statement, transaction: Transaction, cancellationToken: Cancelled));
    }

    public override string ToString() => "(access)";
}
