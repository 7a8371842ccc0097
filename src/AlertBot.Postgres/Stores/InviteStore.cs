using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>One-use invitations to a role. Only a keyed hash of the code is stored.</summary>
public sealed class InviteStore
{
    private const string Columns = "id, role, created_by, expires_at, used_at, used_by, undone_at, called";

    private readonly Access _access;

    internal InviteStore(Access access) => _access = access;

    public async Task<Guid> AddAsync(string code, Role role, PersonId? by, Instant expiresAt, PersonName? called = null)
    {
        var id = Guid.CreateVersion7();
        await _access.ExecuteAsync(
            """
            insert into invite (id, code_hash, role, created_by, created_at, expires_at, called)
            values (@id, @hash, @role, @by, @now, @expiresAt, @called)
            """,
            new
            {
                id,
                hash = HashOf(code),
                role = Codes.Of(role),
                by = by?.Value,
                now = _access.Now,
                expiresAt,
                called = _access.Seal("invite.called", id, called?.Reveal()),
            });
        return id;
    }

    /// <summary>A person's invitations since then.</summary>
    public async Task<IReadOnlyList<Invite>> MadeByAsync(PersonId person, Instant since) => (await _access.QueryAsync<Row>(
        $"select {Columns} from invite where created_by = @Value and created_at >= @since order by created_at", new { person.Value, since }))
        .Select(Read).ToList();

    public async Task<Invite?> FindAsync(Guid id) =>
        await _access.FirstAsync<Row>($"select {Columns} from invite where id = @id", new { id }) is { } row ? Read(row) : null;

    /// <summary>Takes the invitation back: its code no longer works.</summary>
    public Task UndoAsync(Guid id) => _access.ExecuteAsync("update invite set undone_at = @now where id = @id", new { id, now = _access.Now });

    /// <summary>The invitation with that code, locked until the act ends so that two people cannot use it.</summary>
    public async Task<Invite?> TakeAsync(string code)
    {
        var row = await _access.FirstAsync<Row>(
            $"select {Columns} from invite where code_hash = @hash and undone_at is null for update", new { hash = HashOf(code) });
        return row is null ? null : Read(row);
    }

    public Task MarkUsedAsync(Invite invite, PersonId by) => _access.ExecuteAsync(
        "update invite set used_by = @by, used_at = @now where id = @Id", new { invite.Id, by = by.Value, now = _access.Now });

    private byte[] HashOf(string code) => _access.Vault.Lookup("invite", code);

    private Invite Read(Row row) => new(
        row.Id, Codes.Read<Role>(row.Role), row.CreatedBy is { } by ? new PersonId(by) : null, row.ExpiresAt, row.UsedAt)
    {
        UsedBy = row.UsedBy is { } used ? new PersonId(used) : null,
        IsUndone = row.UndoneAt is not null,
        Called = _access.Open("invite.called", row.Id, row.Called) is { } name ? new PersonName(name) : null,
    };

    private sealed record Row(Guid Id, string Role, Guid? CreatedBy, Instant ExpiresAt, Instant? UsedAt, Guid? UsedBy, Instant? UndoneAt,
        byte[]? Called);
}

/// <param name="CreatedBy">Null if made on the command line.</param>
public sealed record Invite(Guid Id, Role Role, PersonId? CreatedBy, Instant ExpiresAt, Instant? UsedAt)
{
    /// <summary>The person who used it.</summary>
    public PersonId? UsedBy { get; init; }

    /// <summary>What co-workers are to call the invited person.</summary>
    public PersonName? Called { get; init; }

    /// <summary>True if it was taken back.</summary>
    public bool IsUndone { get; init; }
}
