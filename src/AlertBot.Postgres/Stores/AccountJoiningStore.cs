using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Requests to join an account on another messenger to one's own. Only a keyed hash of the code is stored.</summary>
public sealed class AccountJoiningStore
{
    private const string Columns = "id, person_id, asked_by, expires_at, wanted";

    private readonly Access _access;

    internal AccountJoiningStore(Access access) => _access = access;

    /// <summary>Adds a code, which replaces the person's earlier one.</summary>
    public async Task AddAsync(string code, PersonId person, AddressId here, Instant expiresAt)
    {
        await _access.ExecuteAsync("delete from account_joining where person_id = @Value", new { person.Value });
        await _access.ExecuteAsync(
            "insert into account_joining (id, person_id, asked_by, code_hash, expires_at) values (@Id, @Person, @Here, @hash, @expiresAt)",
            new { Id = Guid.CreateVersion7(), Person = person.Value, Here = here.Value, hash = HashOf(code), expiresAt });
    }

    /// <summary>Locks the row until the act ends, so that two accounts cannot use one code.</summary>
    public async Task<AccountJoining?> TakeAsync(string code) => Read(await _access.FirstAsync<Row>(
        $"select {Columns} from account_joining where code_hash = @hash for update", new { hash = HashOf(code) }));

    /// <inheritdoc cref="TakeAsync(string)"/>
    public async Task<AccountJoining?> TakeAsync(Guid id) => Read(await _access.FirstAsync<Row>(
        $"select {Columns} from account_joining where id = @id for update", new { id }));

    /// <summary>Records the account that named the code.</summary>
    public Task SetWantedAsync(AccountJoining joining, AddressId wanted, Instant expiresAt) => _access.ExecuteAsync(
        "update account_joining set wanted = @Wanted, expires_at = @expiresAt where id = @Id", new { joining.Id, Wanted = wanted.Value, expiresAt });

    public Task RemoveAsync(AccountJoining joining) => _access.ExecuteAsync("delete from account_joining where id = @Id", new { joining.Id });

    private byte[] HashOf(string code) => _access.Vault.Lookup("account_joining", code);

    private static AccountJoining? Read(Row? row) => row is null ? null : new AccountJoining(
        row.Id, new PersonId(row.PersonId), new AddressId(row.AskedBy), row.ExpiresAt, row.Wanted is { } wanted ? new AddressId(wanted) : null);

    private sealed record Row(Guid Id, Guid PersonId, Guid AskedBy, Instant ExpiresAt, Guid? Wanted);
}

/// <param name="AskedBy">The account that got the code.</param>
/// <param name="Wanted">The account that named the code; null if none has yet.</param>
public sealed record AccountJoining(Guid Id, PersonId Person, AddressId AskedBy, Instant ExpiresAt, AddressId? Wanted);
