using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>The secret calendar addresses, one for each person who wants one. Only a keyed hash of the secret is stored.</summary>
public sealed class CalendarFeedStore
{
    private readonly Access _access;

    internal CalendarFeedStore(Access access) => _access = access;

    /// <summary>Sets a new secret; the earlier one no longer works.</summary>
    public Task SetAsync(PersonId person, string secret) => _access.ExecuteAsync(
        """
        insert into calendar_feed (person_id, secret_hash, created_at) values (@Value, @hash, @now)
        on conflict (person_id) do update set secret_hash = excluded.secret_hash, created_at = excluded.created_at
        """,
        new { person.Value, hash = HashOf(secret), now = _access.Now });

    /// <returns>The person whose calendar it opens; null if nobody's.</returns>
    public async Task<PersonId?> FindAsync(string secret) =>
        await _access.ValueAsync<Guid?>("select person_id from calendar_feed where secret_hash = @hash", new { hash = HashOf(secret) }) is { } id
            ? new PersonId(id)
            : null;

    /// <summary>Since when the person has a calendar address; null if they have none.</summary>
    public Task<Instant?> SinceAsync(PersonId person) =>
        _access.FirstAsync<Instant?>("select created_at from calendar_feed where person_id = @Value", new { person.Value });

    /// <returns>False if there was none.</returns>
    public async Task<bool> RemoveAsync(PersonId person) =>
        await _access.ExecuteAsync("delete from calendar_feed where person_id = @Value", new { person.Value }) > 0;

    private byte[] HashOf(string secret) => _access.Vault.Lookup("calendar", secret);
}
