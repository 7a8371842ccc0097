using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Accounts whose key has changed, until a colleague has checked who uses them.</summary>
public sealed class KeyChangeStore
{
    private const string Columns = "k.address_id, k.id, k.changed_at, k.trusted_at, k.trusted_by, k.number, a.person_id";

    private const string NumberColumn = "key_change.number";

    private readonly Access _access;

    internal KeyChangeStore(Access access) => _access = access;

    /// <summary>Makes the address dark. Reports told with the old key are no longer shown to the new one.</summary>
    /// <param name="isTrusted">True if nothing depends on the key, so that the messenger is told at once to trust it.</param>
    /// <returns>Null if already stored: a messenger announces the change with every message.</returns>
    public async Task<KeyChange?> AddAsync(AddressId at, bool isTrusted)
    {
        var isNew = await _access.ExecuteAsync(
            """
            insert into key_change (address_id, id, changed_at, dark_before, trusted_at, try_at)
            select a.id, @id, @now, a.dark_why, case when @isTrusted then @now end, case when @isTrusted then @now end
            from   address a
            where  a.id = @Value
            on conflict (address_id) do nothing
            """,
            new { at.Value, id = Guid.CreateVersion7(), isTrusted, now = _access.Now }) > 0;
        if (!isNew)
            return null;

        await _access.ExecuteAsync(
                "update address set dark_why = 'key_changed', dark_since = @now where id = @Value", new { at.Value, now = _access.Now });
        await _access.ExecuteAsync("update report set old_key = true where address_id = @Value", new { at.Value });
        return await FindAsync(at);
    }

    public Task<KeyChange?> FindAsync(AddressId at) => FirstAsync("k.address_id = @Value", new { at.Value });

    public Task<KeyChange?> FindAsync(Guid id) => FirstAsync("k.id = @id", new { id });

    /// <summary>A person's oldest unfinished change; null if there is none.</summary>
    public Task<KeyChange?> OfAsync(PersonId person) => FirstAsync("a.person_id = @Value order by k.changed_at limit 1", new { person.Value });

    /// <summary>Records that a colleague has checked. <see cref="TakeTrustedAsync"/> then gives the key to the messenger.</summary>
    /// <returns>False if somebody did before, or if it is over.</returns>
    public async Task<bool> TrustAsync(Guid id, PersonId by) => await _access.ExecuteAsync(
        "update key_change set trusted_at = @now, trusted_by = @Value, try_at = @now where id = @id and trusted_at is null",
        new { id, by.Value, now = _access.Now }) > 0;

    /// <summary>The number of the key that a colleague is shown now: what they confirm is this one.</summary>
    public Task ShowAsync(Guid id, string number) => _access.ExecuteAsync(
        "update key_change set number = @number where id = @id and trusted_at is null",
        new { id, number = _access.Seal(NumberColumn, id, number) });

    /// <summary>The key that was confirmed is not theirs any more: somebody is to make sure again.</summary>
    public Task AskAgainAsync(Guid id) => _access.ExecuteAsync(
        "update key_change set trusted_at = null, trusted_by = null, try_at = null, number = null where id = @id", new { id });

    /// <summary>Keys of which the messenger is to be told now; nobody else takes them for the length of the lease.</summary>
    public async Task<IReadOnlyList<KeyChange>> TakeTrustedAsync(Duration lease) =>
        (await _access.QueryAsync<Row>(
            $"""
            update key_change k set try_at = @until
            from   address a
            where  a.id = k.address_id and k.address_id in (select address_id from key_change where try_at <= @now for update skip locked)
            returning {Columns}
            """,
            new { now = _access.Now, until = _access.Now + lease })).Select(row => Read(row)!).ToList();

    /// <summary>Restores the address once the messenger has accepted the key.</summary>
    /// <returns>False if it was already over.</returns>
    public async Task<bool> EndAsync(KeyChange change)
    {
        var isOver = await _access.ExecuteAsync(
            """
            update address a set dark_why = k.dark_before, dark_since = case when k.dark_before is null then null else a.dark_since end
            from   key_change k
            where  k.id = @Id and a.id = k.address_id
            """,
            new { change.Id }) > 0;
        await _access.ExecuteAsync("delete from key_change where id = @Id", new { change.Id });
        return isOver;
    }

    private async Task<KeyChange?> FirstAsync(string where, object parameters) => Read(await _access.FirstAsync<Row>(
        $"select {Columns} from key_change k join address a on a.id = k.address_id where {where}", parameters));

    private KeyChange? Read(Row? row)
    {
        if (row is null)
            return null;
        var (number, isReadable) = _access.TryOpen(NumberColumn, row.Id, row.Number);
        return new KeyChange(
            row.Id, new AddressId(row.AddressId), row.PersonId is { } owner ? new PersonId(owner) : null, row.ChangedAt, row.TrustedAt,
            row.TrustedBy is { } by ? new PersonId(by) : null)
        {
            Number = number,
            IsDamaged = !isReadable,
        };
    }

    private sealed record Row(Guid AddressId, Guid Id, Instant ChangedAt, Instant? TrustedAt, Guid? TrustedBy, byte[]? Number, Guid? PersonId);
}

/// <param name="Owner">Whose account it is, or was.</param>
/// <param name="TrustedAt">Since when the messenger is to take the key; null: nobody has made sure yet.</param>
/// <param name="TrustedBy">Who made sure; null: nobody had to.</param>
public sealed record KeyChange(Guid Id, AddressId Address, PersonId? Owner, Instant ChangedAt, Instant? TrustedAt, PersonId? TrustedBy)
{
    /// <summary>Of the key that a colleague was shown and confirmed; null: the messenger has none, or nobody looked.</summary>
    public string? Number { get; init; }

    /// <summary>Which key was confirmed cannot be told any more: none must be trusted by it.</summary>
    public bool IsDamaged { get; init; }

    public override string ToString() => $"(key change {Id})";
}
