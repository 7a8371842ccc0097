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
    private const int MostCompanions = 60;

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
                where  b.address_id = d.address_id and b.message_ref = d.edits_ref and b.bundle_place is not null))) as is_of_bundle,
        d.edits as edited_id
        """;

    /// <summary>
    /// Reads further alerts for the address of a delivery in hand, most urgent first, and locks them until the act ends.
    /// <see cref="TakeAsync"/> takes those that fit into its message.
    /// </summary>
    public async Task<IReadOnlyList<DueDelivery>> CompanionsAsync(DueDelivery of)
    {
        var rows = await _access.QueryAsync<Row>(
            $"""
            select {Columns}
            from   delivery d
            join   address a on a.id = d.address_id
            where  d.id in (
                       select w.id from delivery w
                       where  w.address_id = @To and w.id <> @Value and (w.priority = 0) = @isCritical and w.not_before <= @now
                       and    w.expires_at > @now and {MayShare}
                       order  by w.priority, w.seq
                       limit  @MostCompanions
                       for    update skip locked)
            order by d.priority, d.seq
            """,
            new { To = of.To.Value, of.Id.Value, isCritical = of.Priority == DeliveryPriority.Now, now = _access.Now, MostCompanions });
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

    /// <summary>Keeps what an alert in a message of several says from now on, for the next edit of that message.</summary>
    public Task KeepBundledAsync(EditedBundle bundle) => _access.ExecuteAsync(
        "update delivery set body = @body where id = @Value and bundle_place is not null",
        new
        {
            bundle.Edited.Value,
            body = _access.Seal(
                Body, bundle.Edited.Value, JsonSerializer.Serialize(new StoredBody(bundle.NewText, bundle.RepeatNote), StoredJson.Options)),
        });

    // An edit of one alert writes the whole message anew. Where that cannot be, it becomes a message of its own: an answer to a press does not
    // say which alert it means, and old messages have no content left.
    private async Task<DueDelivery> InBundleAsync(DueDelivery edit, Row row)
    {
        if (!row.IsOfBundle || edit.Edits is not { } message)
            return edit;
        var alerts = row.EditedId is null ? [] : await _access.QueryAsync<BundledRow>(
            """
            select id, body from delivery
            where  address_id = @Value and message_ref = @message and bundle_place is not null
            order  by bundle_place
            """,
            new { edit.To.Value, message = message.Value });
        if (alerts.Count == 0 || alerts.Any(alert => alert.Body is null))
            return edit with { IsEdit = false, Edits = null, Message = edit.Message with { ReplyTo = message } };

        return edit with
        {
            EditedBundle = new EditedBundle(
                new DeliveryId(row.EditedId!.Value),
                alerts.Select(alert => (
                    new DeliveryId(alert.Id),
                    JsonSerializer.Deserialize<StoredBody>(_access.Open(Body, alert.Id, alert.Body)!, StoredJson.Options)!.Message)).ToList(),
                edit.Message, edit.RepeatNote),
        };
    }

    private sealed record BundledRow(Guid Id, byte[]? Body);
}
