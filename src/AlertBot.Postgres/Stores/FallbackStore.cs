using System.Text.Json;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Deliveries that do not reach a person on one account, and the copies sent to another of their accounts.</summary>
public sealed class FallbackStore
{
    private readonly Access _access;

    internal FallbackStore(Access access) => _access = access;

    /// <summary>Urgent alerts that have waited since before then, to people with another account. Locked by this act.</summary>
    public async Task<IReadOnlyList<DeliveryId>> TakeUnreachedAsync(Instant before, int limit) => (await _access.QueryAsync<Guid>(
        """
        select   d.id
        from     delivery d
        join     address a on a.id = d.address_id
        where    d.alert_id is not null and d.edits is null and d.edits_ref is null and d.fallback_at is null and d.fallback_of is null
        and      d.priority <= 1 and d.state in ('queued', 'sending', 'retry', 'maybe') and d.created_at < @before
        and      exists (select from address o where o.person_id = a.person_id and o.id <> a.id and o.dark_why is null)
        order by d.priority, d.seq
        limit    @limit
        for      update of d skip locked
        """,
        new { before, limit })).Select(id => new DeliveryId(id)).ToList();

    /// <summary>
    /// The content of a waiting alert's delivery, with later edits. Null if it no longer waits, or if it is itself such a copy: two accounts that
    /// both refuse must not pass a message back and forth.
    /// </summary>
    public async Task<StuckDelivery?> StuckAsync(DeliveryId id)
    {
        if (await _access.FirstAsync<StuckRow>(
            """
            select d.id, d.alert_id, d.address_id, d.priority, d.expires_at, b.id as body_id, b.body
            from   delivery d
            join   lateral (
                select e.id, e.body from delivery e
                where  (e.id = d.id or e.edits = d.id) and e.state in ('queued', 'sending', 'retry', 'maybe') and e.body is not null
                order  by e.seq desc limit 1
            ) b on true
            where  d.id = @Value and d.alert_id is not null and d.fallback_of is null and d.state in ('queued', 'sending', 'retry', 'maybe')
            """,
            new { id.Value }) is not { } row)
            return null;

        var body = JsonSerializer.Deserialize<OutboxStore.StoredBody>(_access.Open(OutboxStore.Body, row.BodyId, row.Body)!, StoredJson.Options)!;
        return new StuckDelivery(
            new DeliveryId(row.Id), new AlertId(row.AlertId), new AddressId(row.AddressId),
            (DeliveryPriority)row.Priority, body.Message, body.RepeatNote,
            row.ExpiresAt);
    }

    /// <summary>Alerts that still wait for that address.</summary>
    public async Task<IReadOnlyList<DeliveryId>> WaitingAlertsAsync(AddressId to) => (await _access.QueryAsync<Guid>(
        """
        select id from delivery
        where  address_id = @Value and alert_id is not null and edits is null and edits_ref is null and state in ('queued', 'retry', 'maybe')
        and    fallback_at is null
        order  by priority, seq
        """,
        new { to.Value })).Select(id => new DeliveryId(id)).ToList();

    /// <summary>Records that a copy went to another account, or that there is no other.</summary>
    public Task MarkFallenBackAsync(DeliveryId id) => _access.ExecuteAsync(
        "update delivery set fallback_at = coalesce(fallback_at, @now) where id = @Value", new { id.Value, now = _access.Now });

    /// <summary>Whether an alert was sent, or will be sent, to that address.</summary>
    public Task<bool> HasAsync(AlertId alert, AddressId to) => _access.ValueAsync<bool>(
        "select exists (select from delivery where alert_id = @Value and address_id = @To and state not in ('failed', 'expired'))",
        new { alert.Value, To = to.Value });

    /// <summary>Whether the same message arrived on another account of the person, or is on its way there.</summary>
    public Task<bool> IsElsewhereAsync(DeliveryId id) => _access.ValueAsync<bool>(
        """
        select exists (
            select from delivery
            where (fallback_of = @Value or id = (select fallback_of from delivery where id = @Value))
                and state not in ('failed', 'expired', 'superseded'))
        """,
        new { id.Value });

    /// <summary>Ends the other copy, because the person has this one.</summary>
    public Task SupersedeOtherAsync(params IReadOnlyCollection<DeliveryId> sent) => _access.ExecuteAsync(
        """
        update delivery set state = 'superseded', body = null, lease_until = null, finished_at = @now
        where  id = any(array(
            select f.id from delivery f where f.fallback_of = any(@ids)
            union all select s.fallback_of from delivery s where s.id = any(@ids) and s.fallback_of is not null))
        and    (state in ('queued', 'retry', 'maybe')) is true
        """,
        new { ids = sent.Select(id => id.Value).ToArray(), now = _access.Now });

    private sealed record StuckRow(Guid Id, Guid AlertId, Guid AddressId, short Priority, Instant ExpiresAt, Guid BodyId, byte[] Body);
}
