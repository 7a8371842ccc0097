using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Wishes of owners that everything on this machine be destroyed.</summary>
public sealed class WipeStore
{
    private readonly Access _access;

    internal WipeStore(Access access) => _access = access;

    public async Task<Guid> ProposeAsync(PersonId by)
    {
        var id = Guid.CreateVersion7();
        await _access.ExecuteAsync(
            "insert into wipe (id, proposed_by, proposed_at) values (@id, @Value, @now)", new { id, by.Value, now = _access.Now });
        return id;
    }

    public async Task<Wipe?> FindAsync(Guid id) => Read(await _access.FirstAsync<Row>($"{Select} where id = @id", new { id }));

    /// <summary>What was proposed since then and neither confirmed nor stopped, the newest.</summary>
    public async Task<Wipe?> OpenAsync(Instant since) => Read(await _access.FirstAsync<Row>(
        $"{Select} where proposed_at > @since and confirmed_at is null and stopped_at is null order by proposed_at desc limit 1", new { since }));

    /// <returns>False when another was faster, in whichever direction.</returns>
    public async Task<bool> ConfirmAsync(Guid id, PersonId by) => await _access.ExecuteAsync(
        """
        update wipe set confirmed_by = @Value, confirmed_at = @now
        where  id = @id and confirmed_at is null and stopped_at is null and proposed_by <> @Value
        """,
        new { id, by.Value, now = _access.Now }) > 0;

    /// <inheritdoc cref="ConfirmAsync"/>
    public async Task<bool> StopAsync(Guid id, PersonId by) => await _access.ExecuteAsync(
        "update wipe set stopped_by = @Value, stopped_at = @now where id = @id and confirmed_at is null and stopped_at is null",
        new { id, by.Value, now = _access.Now }) > 0;

    /// <summary>When the newest one was confirmed; null: none was.</summary>
    public Task<Instant?> ConfirmedAtAsync() =>
        _access.FirstAsync<Instant?>("select max(confirmed_at) from wipe having max(confirmed_at) is not null");

    private const string Select = "select id, proposed_by, proposed_at, confirmed_at is null and stopped_at is null as is_open from wipe";

    private static Wipe? Read(Row? row) => row is null ? null : new Wipe(row.Id, new PersonId(row.ProposedBy), row.ProposedAt, row.IsOpen);

    private sealed record Row(Guid Id, Guid ProposedBy, Instant ProposedAt, bool IsOpen);
}

/// <param name="IsOpen">Neither confirmed nor stopped.</param>
public sealed record Wipe(Guid Id, PersonId ProposedBy, Instant ProposedAt, bool IsOpen);
