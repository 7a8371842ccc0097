using System.Text.Json;
using AlertBot.Domain.Alerts;
using AlertBot.Postgres.Vaults;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <content>Several alerts in one message.</content>
public sealed partial class OutboxStore
{
    // A waiting alert w that may share its message with others. One that the messenger refused in such a message goes alone.
    private const string MayShare =
        """
        w.alert_id is not null and w.edits is null and w.edits_ref is null and w.parts_sent = 0
        and w.state in ('queued', 'retry', 'maybe') and w.outcome is distinct from 'goes_alone'
        """;

    // More than this many never fit into one message.
    private const int MostCompanions = 99;

    // More than this many alerts never go alone.
    private const int MostWaiting = 500;

    // A critical alert shares its message with no lesser one.
    private const string BundleColumns =
        $"""
        case when d.alert_id is null or d.edits is not null or d.edits_ref is not null or d.parts_sent > 0 or d.outcome = 'goes_alone' then 0
        else (
            select count(*)::int from delivery w
            where  w.address_id = d.address_id and w.id <> d.id and (w.priority = 0) = (d.priority = 0) and w.not_before <= @now and {MayShare}
        ) end as companions,
        (d.telling <> 'withdrawal' and (
            exists (select from delivery b where b.id = d.edits and b.bundle_place is not null)
            or exists (
                select from delivery b
                where  b.address_id = d.address_id and b.message_ref = d.edits_ref and b.bundle_place is not null))) as is_of_bundle
        """;

    /// <summary>How long a delivery in hand and the alerts for its address have been due, in the order in which they leave.</summary>
    public async Task<IReadOnlyList<(bool IsCritical, Duration Waited)>> WaitedAsync(DueDelivery of) =>
        (await _access.QueryAsync<(short Priority, Instant Since)>(
            $"""
            select   w.priority, w.not_before
            from     delivery w
            where    w.address_id = @To and (w.id = @Value or (w.not_before <= @now and {MayShare}))
            order by w.id <> @Value, w.priority, w.seq
            limit    @MostWaiting
            """,
            new { To = of.To.Value, of.Id.Value, now = _access.Now, MostWaiting }))
        .Select(row => (row.Priority == (short)DeliveryPriority.Now, Duration.Max(Duration.Zero, _access.Now - row.Since))).ToList();

    /// <summary>
    /// Reads further alerts for the address of a delivery in hand, most urgent first, and locks them until the act ends.
    /// <see cref="TakeAsync"/> takes those that fit into its message.
    /// </summary>
    /// <param name="areCritical">Whether to read critical ones, or the others.</param>
    public async Task<IReadOnlyList<DueDelivery>> CompanionsAsync(DueDelivery of, bool areCritical)
    {
        var rows = await _access.QueryAsync<Row>(
            $"""
            select {Columns}, false as are_read, null::timestamptz as next_due
            from   delivery d
            join   address a on a.id = d.address_id
            where  d.id in (
                       select w.id from delivery w
                       where  w.address_id = @To and w.id <> @Value and (w.priority = 0) = @areCritical and w.not_before <= @now
                       and    w.expires_at > @now and {MayShare}
                       order  by w.priority, w.seq
                       limit  @MostCompanions
                       for    update skip locked)
            order by d.priority, d.seq
            """,
            new { To = of.To.Value, of.Id.Value, areCritical, now = _access.Now, MostCompanions });
        var repeats = await RepeatsAsync(rows);
        var companions = new List<DueDelivery>(rows.Count);
        foreach (var row in rows.Where(row => row.May))
        {
            try
            {
                companions.Add(Read(row with
                {
                    Attempts = row.Attempts + 1,
                    Unclear = repeats.Contains(row.Id) ? Math.Max(1, row.Unclear) : row.Unclear,
                }));
            }
            catch (Exception damaged) when (damaged is VaultException or JsonException or ArgumentException or InvalidOperationException)
            {
                // It is set aside when its own turn comes.
            }
        }

        return companions;
    }

    /// <summary>Takes deliveries that <see cref="CompanionsAsync"/> has read.</summary>
    public Task TakeAsync(IReadOnlyCollection<DueDelivery> deliveries, Guid sender, Duration lease) => _access.ExecuteAsync(
        "update delivery set state = 'sending', attempts = attempts + 1, sender = @sender, lease_until = @until where id = any(@ids)",
        new { ids = deliveries.Select(one => one.Id.Value).ToArray(), sender, until = _access.Now + lease });

    // A message of several alerts is not written anew for a change of one: for that we would have to keep their words, also after somebody wanted
    // theirs forgotten. The change is a message of its own, which answers the other.
    private static DueDelivery OfBundle(DueDelivery edit, Row row) => row.IsOfBundle && edit.Edits is { } message
        ? edit with { IsEdit = false, Edits = null, Message = edit.Message with { ReplyTo = message } }
        : edit;
}
