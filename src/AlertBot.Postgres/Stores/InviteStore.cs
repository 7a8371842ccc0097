using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>One-use invitations to a role. Only a keyed hash of the code is kept.</summary>
public sealed class InviteStore
{
    private readonly Access _access;

    internal InviteStore(Access access) => _access = access;

    public Task AddAsync(string code, Role role, PersonId? by, Instant expiresAt) => _access.ExecuteAsync(
        """
        insert into invite (id, code_hash, role, created_by, created_at, expires_at)
        values (@Id, @hash, @role, @by, @now, @expiresAt)
        """,
        new { Id = Guid.CreateVersion7(), hash = HashOf(code), role = Codes.Of(role), by = by?.Value, now = _access.Now, expiresAt });

    /// <summary>The invitation of that code, locked until the act ends so that two cannot use it.</summary>
    public async Task<Invite?> TakeAsync(string code)
    {
        var row = await _access.FirstAsync<Row>(
            "select id, role, created_by, expires_at, used_at from invite where code_hash = @hash for update", new { hash = HashOf(code) });
        return row is null ? null : new Invite(
            row.Id, Codes.Read<Role>(row.Role), row.CreatedBy is { } by ? new PersonId(by) : null, row.ExpiresAt, row.UsedAt);
    }

    public Task MarkUsedAsync(Invite invite, PersonId by) => _access.ExecuteAsync(
        "update invite set used_by = @by, used_at = @now where id = @Id", new { invite.Id, by = by.Value, now = _access.Now });

    private byte[] HashOf(string code) => _access.Vault.Lookup("invite", code);

    private sealed record Row(Guid Id, string Role, Guid? CreatedBy, Instant ExpiresAt, Instant? UsedAt);
}

/// <param name="CreatedBy">Null: made on the command line.</param>
public sealed record Invite(Guid Id, Role Role, PersonId? CreatedBy, Instant ExpiresAt, Instant? UsedAt);
