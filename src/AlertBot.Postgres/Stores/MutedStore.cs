using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>
/// Muted accounts: their reports are stored and counted but alert nobody. They are known by a keyed hash, so that an account stays muted after it is
/// forgotten and comes back.
/// </summary>
public sealed class MutedStore
{
    private readonly Access _access;

    internal MutedStore(Access access) => _access = access;

    /// <returns>False if it was muted before.</returns>
    public async Task<bool> AddAsync(AddressId sender, PersonId? by) => await _access.ExecuteAsync(
        """
        insert into muted (sender, muted_by, muted_at) select lookup, @by, @now from address where id = @Value
        on conflict (sender) do nothing
        """,
        new { sender.Value, by = by?.Value, now = _access.Now }) > 0;

    public Question<bool> AskHas(AddressId sender) => _access.Ask<bool, bool>(
        "select exists (select from muted m join address a on a.lookup = m.sender where a.id = @Value)", new { sender.Value }, rows => rows[0]);

    /// <returns>False if there is no such number.</returns>
    public async Task<bool> RemoveAsync(int number) =>
        await _access.ExecuteAsync("delete from muted where number = @number", new { number }) > 0;

    /// <summary>In the order of their muting, with the number of reports since.</summary>
    public async Task<IReadOnlyList<MutedSender>> AllAsync() => (await _access.QueryAsync<Row>(
        """
        select   m.number, m.muted_by, m.muted_at,
                 (select count(*)::int from report r join address a on a.id = r.address_id
                  where a.lookup = m.sender and r.sent_at >= m.muted_at) as reports
        from     muted m
        order by m.number
        """)).Select(row => new MutedSender(row.Number, row.MutedBy is { } by ? new PersonId(by) : null, row.MutedAt, row.Reports)).ToList();

    private sealed record Row(int Number, Guid? MutedBy, Instant MutedAt, int Reports);
}

/// <param name="Reports">The number of reports since the muting.</param>
public sealed record MutedSender(int Number, PersonId? By, Instant At, int Reports);
