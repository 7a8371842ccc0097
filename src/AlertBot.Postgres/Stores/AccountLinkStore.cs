using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Wishes to join an account on another messenger to one's own. Only a keyed hash of the code is kept.</summary>
public sealed class AccountLinkStore
{
    private const string Columns = "id, person_id, asked_by, expires_at, wanted";

    private readonly Access _access;

    internal AccountLinkStore(Access access) => _access = access;

    /// <summary>The newest code of a person is the only one that is good.</summary>
    public async Task AddAsync(string code, PersonId person, AddressId here, Instant expiresAt)
    {
        await _access.ExecuteAsync("delete from account_link where person_id = @Value", new { person.Value });
        await _access.ExecuteAsync(
            "insert into account_link (id, person_id, asked_by, code_hash, expires_at) values (@Id, @Person, @Here, @hash, @expiresAt)",
            new { Id = Guid.CreateVersion7(), Person = person.Value, Here = here.Value, hash = HashOf(code), expiresAt });
    }

    /// <summary>Held until the act ends, so that two accounts cannot use one code.</summary>
    public async Task<AccountLink?> TakeAsync(string code) => Read(await _access.FirstAsync<Row>(
        $"select {Columns} from account_link where code_hash = @hash for update", new { hash = HashOf(code) }));

    /// <inheritdoc cref="TakeAsync(string)"/>
    public async Task<AccountLink?> TakeAsync(Guid id) => Read(await _access.FirstAsync<Row>(
        $"select {Columns} from account_link where id = @id for update", new { id }));

    /// <summary>That account named the code.</summary>
    public Task SetWantedAsync(AccountLink link, AddressId wanted, Instant expiresAt) => _access.ExecuteAsync(
        "update account_link set wanted = @Wanted, expires_at = @expiresAt where id = @Id", new { link.Id, Wanted = wanted.Value, expiresAt });

    public Task RemoveAsync(AccountLink link) => _access.ExecuteAsync("delete from account_link where id = @Id", new { link.Id });

    private byte[] HashOf(string code) => _access.Vault.Lookup("account_link", code);

    private static AccountLink? Read(Row? row) => row is null ? null : new AccountLink(
        row.Id, new PersonId(row.PersonId), new AddressId(row.AskedBy), row.ExpiresAt, row.Wanted is { } wanted ? new AddressId(wanted) : null);

    private sealed record Row(Guid Id, Guid PersonId, Guid AskedBy, Instant ExpiresAt, Guid? Wanted);
}

/// <param name="AskedBy">Where the code was given out.</param>
/// <param name="Wanted">The account that named the code; null: none yet.</param>
public sealed record AccountLink(Guid Id, PersonId Person, AddressId AskedBy, Instant ExpiresAt, AddressId? Wanted);
