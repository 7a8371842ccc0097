using System.Text.Json;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>
/// Files that coordinators bring in, with what became of each line. The file and all words of it are sealed, and deleted after a day.
/// </summary>
public sealed partial class ImportStore
{
    private const string Columns =
        """
        id, kind, state, choices, problem, notice, lines, done, made_by, made_at, begun_by, begun_at, ended_at, undone_by, undone_at, wiped_at,
        attempts
        """;

    private static readonly string[] Working =
        [Codes.Of(ImportState.Reading), Codes.Of(ImportState.Running), Codes.Of(ImportState.Undoing)];

    private readonly Access _access;

    internal ImportStore(Access access) => _access = access;

    public async Task<ImportId> AddAsync(ImportKind kind, byte[] file, ImportChoices choices, PersonId by)
    {
        var id = ImportId.New();
        _access.Wake(Wakeups.Imports);
        await _access.ExecuteAsync(
            """
            insert into import (id, kind, state, choices, print, made_by, made_at) values (@Id, @kind, @state, @choices, @print, @By, @now)
            """,
            new
            {
                Id = id.Value,
                kind = Codes.Of(kind),
                state = Codes.Of(ImportState.Reading),
                choices = Seal("import.choices", id.Value, choices),
                print = PrintOf(file),
                By = by.Value,
                now = _access.Now,
            });
        await _access.ExecuteAsync(
            "insert into import_file (import_id, content) values (@Value, @content)",
            new { id.Value, content = _access.Vault.Seal("import_file.content", id.Value, file) });
        return id;
    }

    public async Task<Import?> FindAsync(ImportId id) =>
        await _access.FirstAsync<Row>($"select {Columns} from import where id = @Value", new { id.Value }) is { } row ? Read(row) : null;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<Import>> LatestAsync(int most) =>
        (await _access.QueryAsync<Row>($"select {Columns} from import order by made_at desc, id desc limit @most", new { most }))
        .Select(Read).ToList();

    /// <summary>When the same file was brought in before and something came of it; null: never.</summary>
    public Task<Instant?> BeforeAsync(Import import) => _access.FirstAsync<Instant?>(
        """
        select   b.begun_at from import b join import i on i.id = @Value
        where    b.print = i.print and b.kind = i.kind and (b.made_at, b.id) < (i.made_at, i.id) and b.begun_at is not null and b.undone_at is null
        order by b.begun_at desc
        limit    1
        """,
        new { import.Id.Value });

    /// <summary>The oldest one with work to do, locked until the act ends. Another node's is passed over.</summary>
    public async Task<Import?> TakeAsync() => await _access.FirstAsync<Row>(
        $"""
        select   {Columns} from import
        where    state = any(@states)
        order by made_at, id
        limit    1
        for      update skip locked
        """,
        new { states = Working }) is { } row
            ? Read(row)
            : null;

    /// <summary>That one, locked until the act ends; null: it has no work to do any more, or another node took it.</summary>
    public async Task<Import?> TakeAsync(ImportId id) => await _access.FirstAsync<Row>(
        $"select {Columns} from import where id = @Value and state = any(@states) for update skip locked", new { id.Value, states = Working })
        is { } row ? Read(row) : null;

    public Task BeginAttemptAsync(ImportId id) =>
        _access.ExecuteAsync("update import set attempts = attempts + 1 where id = @Value", new { id.Value });

    public Task EndAttemptAsync(ImportId id) => _access.ExecuteAsync("update import set attempts = 0 where id = @Value", new { id.Value });

    /// <returns>Null once it is deleted.</returns>
    public async Task<byte[]?> FileAsync(ImportId id) => await _access.ValueAsync<byte[]>(
        "select content from import_file where import_id = @Value", new { id.Value }) is { } content
            ? _access.Vault.Open("import_file.content", id.Value, content)
            : null;

    /// <summary>Another state, if it is in that one still.</summary>
    /// <param name="by">Who wants it; null: the program.</param>
    public async Task<bool> GoOnAsync(ImportId id, ImportState from, ImportState to, PersonId? by = null)
    {
        _access.Wake(Wakeups.Imports);
        return await _access.ExecuteAsync(
            """
            update import
            set    state = @to, done = 0,
                   begun_by = case when @isBegun then @By else begun_by end, begun_at = case when @isBegun then @now else begun_at end,
                   ended_at = case when @isEnded then @now else ended_at end,
                   undone_by = case when @isUndone then @By else undone_by end, undone_at = case when @isUndone then @now else undone_at end
            where  id = @Value and state = @from
            """,
            new
            {
                id.Value,
                from = Codes.Of(from),
                to = Codes.Of(to),
                By = by?.Value,
                isBegun = to == ImportState.Running,
                isEnded = to is ImportState.Done or ImportState.Failed,
                isUndone = to == ImportState.Undoing,
                now = _access.Now,
            }) > 0;
    }

    public Task SetProgressAsync(ImportId id, int lines, int done, string? notice)
    {
        _access.Wake(Wakeups.Imports);
        return _access.ExecuteAsync(
            "update import set lines = @lines, done = @done, notice = coalesce(@notice, notice) where id = @Value",
            new { id.Value, lines, done, notice = _access.Seal("import.notice", id.Value, notice) });
    }

    /// <summary>It cannot be read, or it cannot go on. What was done before stays, and can be taken back.</summary>
    public Task FailAsync(ImportId id, string problem)
    {
        _access.Wake(Wakeups.Imports);
        return _access.ExecuteAsync(
            "update import set state = @state, problem = @problem, ended_at = @now where id = @Value",
            new
            {
                id.Value,
                state = Codes.Of(ImportState.Failed),
                problem = _access.Seal("import.problem", id.Value, problem),
                now = _access.Now,
            });
    }

    /// <summary>Deletes the files and all words of imports that are so old, whatever became of them.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> WipeAsync(Instant before)
    {
        var old = (await _access.QueryAsync<Guid>(
            "update import set wiped_at = @now, choices = null, notice = null where wiped_at is null and made_at <= @before and state <> all(@busy) "
            + "returning id",
            new
            {
                before,
                now = _access.Now,
                busy = Working,
            })).ToArray();
        await _access.ExecuteAsync("delete from import_file where import_id = any(@old)", new { old });
        await _access.ExecuteAsync("update import_line set said = null where import_id = any(@old)", new { old });
        return old.Length;
    }

    private byte[] Seal<T>(string column, Guid row, T value) => _access.Seal(column, row, JsonSerializer.Serialize(value, StoredJson.Options))!;

    private byte[] PrintOf(byte[] file) =>
        _access.Vault.Lookup("import", Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(file)));

    // One that does not open must not keep the others waiting, nor from being shown.
    private Import Read(Row row) => new(
        new ImportId(row.Id), Codes.Read<ImportKind>(row.Kind), Codes.Read<ImportState>(row.State),
        _access.TryOpen("import.choices", row.Id, row.Choices) is { Text: { } choices }
            ? JsonSerializer.Deserialize<ImportChoices>(choices, StoredJson.Options) ?? new ImportChoices()
            : new ImportChoices(),
        row.Lines, row.Done, new PersonId(row.MadeBy), row.MadeAt)
    {
        IsDamaged = !_access.TryOpen("import.choices", row.Id, row.Choices).IsReadable,
        Problem = _access.TryOpen("import.problem", row.Id, row.Problem).Text,
        Notice = _access.TryOpen("import.notice", row.Id, row.Notice).Text,
        BegunBy = row.BegunBy is { } begun ? new PersonId(begun) : null,
        BegunAt = row.BegunAt,
        EndedAt = row.EndedAt,
        UndoneBy = row.UndoneBy is { } undone ? new PersonId(undone) : null,
        UndoneAt = row.UndoneAt,
        IsWiped = row.WipedAt is not null,
        Attempts = row.Attempts,
    };

    private sealed record Row(
        Guid Id, string Kind, string State, byte[]? Choices, byte[]? Problem, byte[]? Notice, int Lines, int Done, Guid MadeBy,
        Instant MadeAt, Guid? BegunBy, Instant? BegunAt, Instant? EndedAt, Guid? UndoneBy, Instant? UndoneAt, Instant? WipedAt, int Attempts);
}

public readonly record struct ImportId(Guid Value)
{
    public static ImportId New() => new(Guid.CreateVersion7());
}

public enum ImportKind
{
    People,
    Cases,
    Hearings,
}

public enum ImportState
{
    /// <summary>What would happen is being found out, and nothing is written.</summary>
    Reading,

    Ready,
    Running,
    Done,

    /// <summary>It cannot be read, or could not go on.</summary>
    Failed,

    Undoing,
    Undone,

    /// <summary>Whoever brought it did not want it done.</summary>
    Dropped,
}

/// <summary>What holds for the lines that do not say it themselves. Prints as a mask.</summary>
public sealed record ImportChoices
{
    public string Zone { get; init; } = "";

    public string Laws { get; init; } = "";

    /// <summary>The code of the case of hearings that name none.</summary>
    public string Case { get; init; } = "";

    public override string ToString() => "(choices)";
}

/// <summary>A file that somebody brings in. Prints as a mask.</summary>
/// <param name="Done">How many of the lines, in the state that it is in.</param>
public sealed record Import(
    ImportId Id, ImportKind Kind, ImportState State, ImportChoices Choices, int Lines, int Done, PersonId MadeBy, Instant MadeAt)
{
    /// <summary>Whether what holds for all of its lines does not open: nothing of it can be done.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Why it failed, as its text key and arguments were stored.</summary>
    public string? Problem { get; init; }

    public string? Notice { get; init; }

    public PersonId? BegunBy { get; init; }

    public Instant? BegunAt { get; init; }

    public Instant? EndedAt { get; init; }

    public PersonId? UndoneBy { get; init; }

    public Instant? UndoneAt { get; init; }

    /// <summary>True once the file and all words of it are deleted.</summary>
    public bool IsWiped { get; init; }

    /// <summary>How often it was begun since some of it was last done.</summary>
    public int Attempts { get; init; }

    public bool IsBusy => State is ImportState.Reading or ImportState.Running or ImportState.Undoing;

    public override string ToString() => $"(import {Id.Value:N})";
}
