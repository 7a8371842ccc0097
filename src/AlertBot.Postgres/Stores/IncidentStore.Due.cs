using AlertBot.Domain.Alerts;
using AlertBot.Domain.Incidents;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <content>Incidents whose time has come. Only their ids, so that one that cannot be read does not hold up the others.</content>
public sealed partial class IncidentStore
{
    /// <summary>
    /// Incidents due for escalation, locked until the act ends. Gives only their ids, so that one that cannot be read does not hold up the others.
    /// </summary>
    public async Task<IReadOnlyList<IncidentId>> TakeDueIdsAsync(int limit) => (await _access.QueryAsync<Guid>(
        "select id from incident where look_at <= @now order by look_at limit @limit for update skip locked", new { now = _access.Now, limit }))
        .Select(id => new IncidentId(id)).ToList();

    /// <summary>Puts off the next look after a failed one.</summary>
    public Task PostponeAsync(IncidentId id, Instant until) => _access.ExecuteAsync(
        "update incident set look_at = @until where id = @Value", new { id.Value, until });

    /// <summary>
    /// Incidents opened before then whose circle got the heads-up and not the full alert. An incident not grave enough for a heads-up does not become
    /// an alarm by waiting.
    /// </summary>
    public async Task<IReadOnlyList<IncidentId>> TakeUntoldIdsAsync(Instant before, int limit) => (await _access.QueryAsync<Guid>(
        """
        select id from incident
        where  handling <> 'closed' and not told_fully and case_id is not null and opened_at <= @before and (full_at is null or full_at <= @now)
        and    exists (select from alert where incident_id = incident.id and kind = @headsUp)
        order  by opened_at limit @limit for update skip locked
        """,
        new { before, now = _access.Now, limit, headsUp = AlertKind.IncidentHeadsUp.Code })).Select(id => new IncidentId(id)).ToList();

    /// <summary>Puts off the full alert after a failed try.</summary>
    public Task PostponeFullAsync(IncidentId id, Instant until) => _access.ExecuteAsync(
        "update incident set full_at = @until where id = @Value", new { id.Value, until });

    /// <summary>Those waiting for a digest, locked until the act ends.</summary>
    public async Task<IReadOnlyList<IncidentId>> TakeHeldIdsAsync() => (await _access.QueryAsync<Guid>(
        "select id from incident where held_at is not null and handling = 'open' order by held_at, seq for update skip locked"))
        .Select(id => new IncidentId(id)).ToList();
}
