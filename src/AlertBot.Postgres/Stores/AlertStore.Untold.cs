using System.Text.Json;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;

namespace AlertBot.Postgres.Stores;

/// <content>Alerts that had no recipient.</content>
public sealed partial class AlertStore
{
    private const string Untold = "untold_alert.body";

    /// <param name="said">The message for a coordinator, by language.</param>
    public Task KeepUntoldAsync(AlertId id, IReadOnlyDictionary<string, UntoldMessage> said, DeliveryPriority priority) => _access.LaterAsync(
        "insert into untold_alert (alert_id, priority, body, since) values (@Value, @priority, @body, @now) on conflict do nothing",
        new
        {
            id.Value,
            priority = (short)priority,
            body = _access.Seal(Untold, id.Value, JsonSerializer.Serialize(said, StoredJson.Options)),
            now = _access.Now,
        });

    public Task<bool> IsUntoldAsync(AlertId id) => _access.ValueAsync<bool>(
        "select exists (select from untold_alert where alert_id = @Value)", new { id.Value });

    public Task<int> CountUntoldAsync() => _access.ValueAsync<int>("select count(*)::int from untold_alert");

    /// <summary>The most urgent of them, locked until the act ends, also those that do not open.</summary>
    public async Task<IReadOnlyList<UntoldAlert>> TakeUntoldAsync(int limit) => (await _access.QueryAsync<UntoldRow>(
        "select alert_id, priority, body from untold_alert order by priority, since limit @limit for update skip locked", new { limit }))
        .Select(row => new UntoldAlert(
            new AlertId(row.AlertId), (DeliveryPriority)row.Priority, _access.TryOpen(Untold, row.AlertId, row.Body).Text is { } body
                ? JsonSerializer.Deserialize<Dictionary<string, UntoldMessage>>(body, StoredJson.Options)
                : null)).ToList();

    /// <summary>Drops the kept messages about an incident, which are out of date.</summary>
    /// <returns>False if there were none.</returns>
    public async Task<bool> ForgetUntoldAsync(Domain.Incidents.IncidentId incident) => await _access.ExecuteAsync(
        "delete from untold_alert where alert_id in (select id from alert where incident_id = @Value)", new { incident.Value }) > 0;

    /// <summary>Ends these alerts' waiting, because somebody is told now.</summary>
    public Task EndUntoldAsync(IReadOnlyCollection<AlertId> ids) => _access.ExecuteAsync(
        "delete from untold_alert where alert_id = any(@ids)", new { ids = ids.Select(id => id.Value).ToArray() });

    private sealed record UntoldRow(Guid AlertId, short Priority, byte[] Body);
}

/// <summary>The message that a coordinator would have got. Prints as a mask.</summary>
public sealed record UntoldMessage(OutgoingMessage Message, RichText RepeatNote)
{
    public override string ToString() => "(untold message)";
}

/// <summary>An alert that had no recipient.</summary>
/// <param name="Said">The message by language; null: it does not open.</param>
public sealed record UntoldAlert(AlertId Id, DeliveryPriority Priority, IReadOnlyDictionary<string, UntoldMessage>? Said)
{
    public override string ToString() => $"(untold alert {Id.Value:N})";
}
