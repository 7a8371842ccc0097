using System.Text.Json;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <content>Alerts that did not arrive, and what is needed to send them again.</content>
public sealed partial class OutboxStore
{
    /// <summary>How long the words of an alert are kept that did not arrive.</summary>
    public static readonly Duration AgainFor = Duration.FromDays(3);

    private const string Again = "again:";

    // What a reporter told is never kept beyond its time: a card of an incident is written anew, as it stands then.
    private const string IsKept =
        """
        alert_id is not null and edits is null and edits_ref is null
        and exists (select from alert x where x.id = alert_id and x.incident_id is null)
        """;

    // Of a delivery d and its alert x.
    private const string CanGoAgain =
        "(d.withdrawn_at is null and d.outcome is distinct from 'held_back' and (d.body is not null or x.incident_id is not null))";

    /// <summary>Fails everything that waits for an address that cannot be reached.</summary>
    public Task<int> FailAllAsync(AddressId to, string outcome) => _access.ExecuteAsync(
        $"""
        update delivery set state = 'failed', outcome = @outcome, body = case when {IsKept} then body end, finished_at = @now
        where  address_id = @Value and state in ('queued', 'retry', 'maybe')
        """,
        new { to.Value, outcome, now = _access.Now });

    /// <summary>Alerts that did not arrive, the newest first, each with what became of it since.</summary>
    public async Task<IReadOnlyList<LostAlert>> LostAsync(Instant since, int most) => (await _access.QueryAsync<LostRow>(
        $"""
        select   d.id, d.channel, d.outcome, d.finished_at, d.unclear, a.id as address, a.title, a.person_id, p.role, x.severity, c.code,
                 {CanGoAgain} as can_go,
                 exists (
                     select from delivery o
                     where  o.alert_id = d.alert_id and o.state not in ('failed', 'expired', 'superseded') and o.id <> d.id
                     and    (o.fallback_of = d.id or o.reason = @Again || replace(d.id::text, '-', ''))) as has_gone
        from     delivery d
        join     address a on a.id = d.address_id
        left     join person p on p.id = a.person_id
        join     alert x on x.id = d.alert_id
        left     join case_file c on c.id = x.case_id
        where    d.state in ('failed', 'expired') and d.finished_at >= @since and d.edits is null and d.edits_ref is null
        order by d.finished_at desc, d.seq desc
        limit    @most
        """,
        new { since, most, Again })).Select(row => new LostAlert(
            new DeliveryId(row.Id), Codes.Read<ChannelKind>(row.Channel), row.Outcome, row.FinishedAt, row.Unclear > 0,
            row.PersonId is { } person ? new PersonId(person) : null, row.Role is null ? null : Codes.Read<Role>(row.Role),
            DeskStore.TitleOf(_access, row.Address, row.Title), new AddressId(row.Address), Codes.Read<Severity>(row.Severity),
            row.Code is not null && CaseCode.TryParse(row.Code, out var code) ? code : null, row.CanGo, row.HasGone)).ToList();

    /// <summary>One of them, locked until the act ends; null if it is not lost.</summary>
    public async Task<LostDelivery?> TakeLostAsync(DeliveryId id)
    {
        if (await _access.FirstAsync<TakenRow>(
            $"""
            select d.address_id, d.alert_id, d.body, d.needs, d.unclear > 0 or d.parts_sent > 0 as is_unclear, d.created_at, x.kind, x.severity,
                   x.incident_id, {CanGoAgain} as can_go
            from   delivery d
            join   alert x on x.id = d.alert_id
            where  d.id = @Value and d.state in ('failed', 'expired') and d.edits is null and d.edits_ref is null
            for    update of d
            """,
            new { id.Value }) is not { } row)
            return null;

        var body = row is { Body: { } bytes, CanGo: true, IncidentId: null }
            ? JsonSerializer.Deserialize<StoredBody>(_access.Open(Body, id.Value, bytes)!, StoredJson.Options)
            : null;
        return new LostDelivery(
            id, new AddressId(row.AddressId), new AlertId(row.AlertId), new AlertKind(row.Kind), Codes.Read<Severity>(row.Severity),
            row.IncidentId is { } incident ? new IncidentId(incident) : null, row.Needs is null ? null : Codes.Read<Role>(row.Needs),
            body?.Message, row.IsUnclear, row.CreatedAt, row.CanGo);
    }

    /// <summary>The reason of the message by which a lost one is sent again.</summary>
    public static string AgainOf(DeliveryId lost) => Again + lost.Value.ToString("N");

    /// <summary>Nothing of these addresses that was lost is sent again.</summary>
    public Task ForgetLostAsync(AddressId at) => _access.ExecuteAsync(
        """
        update delivery set body = null, withdrawn_at = coalesce(withdrawn_at, @now)
        where  address_id = @Value and state in ('failed', 'expired') and finished_at >= @since
        """,
        new { at.Value, now = _access.Now, since = _access.Now - AgainFor });

    /// <summary>Empties what was lost so long ago that nobody sends it again.</summary>
    public Task EmptyLostAsync() => _access.ExecuteAsync(
        "update delivery set body = null where state in ('failed', 'expired') and finished_at < @before and body is not null",
        new { before = _access.Now - AgainFor });

    private sealed record LostRow(
        Guid Id, string Channel, string? Outcome, Instant FinishedAt, int Unclear, Guid Address, byte[]? Title, Guid? PersonId, string? Role,
        string Severity, string? Code, bool CanGo, bool HasGone);

    private sealed record TakenRow(
        Guid AddressId, Guid AlertId, byte[]? Body, string? Needs, bool IsUnclear, Instant CreatedAt, string Kind, string Severity, Guid? IncidentId,
        bool CanGo);
}

/// <summary>An alert that did not arrive, as the desk lists it. Prints as a mask.</summary>
/// <param name="Why">A short word; null: unknown.</param>
/// <param name="IsUnclear">It may have arrived all the same.</param>
/// <param name="Person">Null for a group.</param>
/// <param name="CanGo">Its words are still here.</param>
/// <param name="HasGone">It was sent again, or arrived on another account.</param>
public sealed record LostAlert(
    DeliveryId Id, ChannelKind Channel, string? Why, Instant At, bool IsUnclear, PersonId? Person, Role? Role, Title Title, AddressId To,
    Severity Severity, CaseCode? Case, bool CanGo, bool HasGone)
{
    public override string ToString() => "(lost alert)";
}

/// <summary>The same with its words. Prints as a mask.</summary>
/// <param name="Message">Null: of an incident, or no longer here.</param>
/// <param name="Since">When it was written.</param>
public sealed record LostDelivery(
    DeliveryId Id, AddressId To, AlertId Alert, AlertKind Kind, Severity Severity, IncidentId? Incident, Role? Needs, OutgoingMessage? Message,
    bool IsUnclear, Instant Since, bool CanGo)
{
    public override string ToString() => "(lost delivery)";
}
