using System.Text.Json;
using AlertBot.Domain.Alerts;

namespace AlertBot.Postgres.Stores;

/// <content>Adding what is to be sent.</content>
public sealed partial class OutboxStore
{
    /// <summary>
    /// Adds many in one statement, as far as <see cref="OutboxGate"/> allows. An address gets one message for each reason, however often it is added.
    /// </summary>
    /// <returns>The number of new ones.</returns>
    public async Task<int> AddAsync(params IReadOnlyCollection<NewDelivery> deliveries)
    {
        if (deliveries.Count == 0)
            return 0;
        var (sql, parameters) = Adding(deliveries);
        var added = await _access.ExecuteAsync(sql, parameters);
        Wake(added);
        return added;
    }

    /// <summary>The same, together with what comes next: nobody asks how many are new.</summary>
    public async Task AddLaterAsync(IReadOnlyCollection<NewDelivery> deliveries)
    {
        if (deliveries.Count == 0)
            return;
        var (sql, parameters) = Adding(deliveries);
        await _access.LaterAsync(sql, parameters);
        Wake(deliveries.Count);
    }

    private (string Sql, object Parameters) Adding(IReadOnlyCollection<NewDelivery> deliveries) =>
        (
            $"""
            insert into delivery (id, alert_id, reason, address_id, channel, edits, edits_ref, fallback_of, priority, body, not_before, expires_at,
                created_at, telling, needs)
            select d.id, d.alert_id, d.reason, d.address_id, d.channel, d.edits, d.edits_ref, d.fallback_of, d.priority, d.body, d.not_before,
                   d.expires_at, d.not_before, d.telling, d.needs
            from   unnest(@ids, @alerts, @reasons, @addresses, @channels, @edits, @refs, @fallbacks, @priorities, @bodies, @starts, @ends,
                          @tellings, @needs)
                   with ordinality as d (
                       id, alert_id, reason, address_id, channel, edits, edits_ref, fallback_of, priority, body, not_before, expires_at,
                       telling, needs, ord)
            join   address a on a.id = d.address_id
            where  {OutboxGate.MayBeTold}
            order  by ord
            on conflict (reason, address_id) do nothing
            """,
            new
            {
                ids = Each(deliveries, one => one.Id.Value),
                alerts = Each(deliveries, one => one.Alert?.Value),
                reasons = Each(deliveries, one => one.Reason),
                addresses = Each(deliveries, one => one.To.Value),
                channels = Each(deliveries, one => Codes.Of(one.Channel)),
                edits = Each(deliveries, one => one.Edits?.Value),
                refs = Each(deliveries, one => one.EditsMessage?.Value),
                fallbacks = Each(deliveries, one => one.FallbackOf?.Value),
                priorities = Each(deliveries, one => (short)one.Priority),
                bodies = Each(deliveries, one => _access.Seal(
                    Body, one.Id.Value, JsonSerializer.Serialize(new StoredBody(one.Message, one.RepeatNote), StoredJson.Options))),
                starts = Each(deliveries, one => one.NotBefore.ToDateTimeOffset()),
                ends = Each(deliveries, one => one.ExpiresAt.ToDateTimeOffset()),
                tellings = Each(deliveries, one => Codes.Of(one.Telling)),
                needs = Each(deliveries, one => one.Needs is { } role ? Codes.Of(role) : null),
            });

    private static T[] Each<T>(IReadOnlyCollection<NewDelivery> deliveries, Func<NewDelivery, T> value) => deliveries.Select(value).ToArray();
}
