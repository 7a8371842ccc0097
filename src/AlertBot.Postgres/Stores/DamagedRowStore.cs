using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>
/// Rows that do not open, or cannot be worked on. What an act passed over is kept when it is committed, once for each row, until people were told.
/// </summary>
public sealed class DamagedRowStore
{
    private readonly Access _access;

    internal DamagedRowStore(Access access) => _access = access;

    /// <summary>Whether the act has passed over anything.</summary>
    internal bool IsAny => _access.Damaged.Count > 0;

    /// <param name="kind">The table that it is in.</param>
    /// <param name="name">As the log names it; no id of a person.</param>
    public void Note(string kind, Guid id, string name) => _access.Damaged.TryAdd((kind, id), name);

    /// <summary>Keeps what was passed over. One order of locks for all: two acts that pass over the same rows must not wait for each other.</summary>
    internal Task KeepAsync()
    {
        var rows = _access.Damaged.Select(row => (Lookup: LookupOf(row.Key.Kind, row.Key.Row), row.Key.Kind, Name: row.Value))
            .OrderBy(row => Convert.ToHexString(row.Lookup), StringComparer.Ordinal).ToList();
        return _access.ExecuteAsync(
            """
            insert into damaged_row (lookup, kind, name, found_at)
            select lookup, kind, name, @now from unnest(@lookups, @kinds, @names) as found (lookup, kind, name)
            on conflict (lookup) do nothing
            """,
            new
            {
                lookups = rows.Select(row => row.Lookup).ToArray(),
                kinds = rows.Select(row => row.Kind).ToArray(),
                names = rows.Select(row => row.Name).ToArray(),
                now = _access.Now,
            });
    }

    /// <summary>
    /// Those of which nobody was told yet, the first found first, held until the act ends. No time is read: it may be what is damaged in one of them.
    /// </summary>
    /// <param name="before">Found before then is long enough ago. So is what lies ahead: it was found before the clock went back.</param>
    public Task<IReadOnlyList<FoundDamage>> UntoldAsync(Instant before) => _access.QueryAsync<FoundDamage>(
        """
        select lookup, kind, name, found_at <= @before or found_at > @now as is_long_ago
        from   damaged_row where told_at is null order by found_at, kind, name for update
        """,
        new { before, now = _access.Now });

    /// <summary>Whether people were told since then.</summary>
    public Task<bool> WasToldAsync(Instant since) => _access.ValueAsync<bool>(
        "select exists (select from damaged_row where told_at > @since and told_at <= @now)", new { since, now = _access.Now });

    public Task SetToldAsync(IReadOnlyList<FoundDamage> rows) => _access.ExecuteAsync(
        "update damaged_row set told_at = @now where lookup = any(@lookups)",
        new { now = _access.Now, lookups = rows.Select(row => row.Lookup).ToArray() });

    private byte[] LookupOf(string kind, Guid id) => _access.Vault.Lookup("damaged_row", $"{kind}:{id:N}");
}

/// <param name="Kind">The table that it is in.</param>
/// <param name="Name">As the log names it.</param>
public sealed record FoundDamage(byte[] Lookup, string Kind, string Name, bool IsLongAgo);
