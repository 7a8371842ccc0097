using System.Text.Json;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>The alerts: what people must be told.</summary>
public sealed partial class AlertStore
{
    private readonly Access _access;

    private static readonly IncidentAct[] Acks = [IncidentAct.Taken, IncidentAct.Cannot, IncidentAct.Still, IncidentAct.HandedOn];

    internal AlertStore(Access access) => _access = access;

    /// <returns>False when the same cause was told before.</returns>
    /// <param name="incident">The incident it tells of, if any.</param>
    public Task<bool> AddAsync(Alert alert, IncidentId? incident = null) => _access.AnswerAsync(AskToAdd(alert, incident));

    /// <inheritdoc cref="AddAsync"/>
    public Question<bool> AskToAdd(Alert alert, IncidentId? incident = null) => _access.Ask<bool, bool>(
        """
        insert into alert (id, case_id, incident_id, kind, severity, dedup_key, text_key, facts, raised_at)
        values (@Id, @Case, @Incident, @Kind, @Severity, @DedupKey, @TextKey, @Facts, @RaisedAt)
        on conflict (dedup_key) do nothing
        returning true
        """,
        new
        {
            Id = alert.Id.Value,
            Case = alert.Case?.Value,
            Incident = incident?.Value,
            Kind = alert.Kind.Code,
            Severity = Codes.Of(alert.Severity),
            alert.DedupKey,
            alert.TextKey,
            Facts = _access.Seal("alert.facts", alert.Id.Value, JsonSerializer.Serialize(alert.Facts, StoredJson.Options)),
            alert.RaisedAt,
        },
        rows => rows.Count > 0);

    /// <summary>Whether that cause was told.</summary>
    public Task<bool> WasRaisedAsync(string dedupKey) =>
        _access.ValueAsync<bool>("select exists (select from alert where dedup_key = @dedupKey)", new { dedupKey });

    public async Task<Alert?> FindAsync(AlertId id)
    {
        var row = await _access.FirstAsync<Row>(
            "select id, case_id, kind, severity, dedup_key, text_key, facts, raised_at from alert where id = @Value", new { id.Value });
        return row is null ? null : Read(row);
    }

    /// <summary>Whether an alert of that kind was raised of the case at that moment.</summary>
    public Task<bool> WasAtAsync(CaseId @case, AlertKind kind, Instant at) => _access.ValueAsync<bool>(
        "select exists (select from alert where case_id = @Value and raised_at = @at and kind = @code)", new { @case.Value, at, code = kind.Code });

    /// <summary>What was raised from that moment on, in order.</summary>
    public async Task<IReadOnlyList<Alert>> SinceAsync(Instant from) => (await _access.QueryAsync<Row>(
        "select id, case_id, kind, severity, dedup_key, text_key, facts, raised_at from alert where raised_at >= @from order by raised_at, id",
        new { from })).Select(Read).ToList();

    /// <summary>The alerts about these cases since that moment, in order.</summary>
    public async Task<IReadOnlyList<Alert>> OfAsync(IReadOnlyCollection<CaseId> cases, IReadOnlyCollection<AlertKind> kinds, Instant from) =>
        (await _access.QueryAsync<Row>(
            """
            select   id, case_id, kind, severity, dedup_key, text_key, facts, raised_at
            from     alert
            where    case_id = any(@ids) and kind = any(@kinds) and raised_at >= @from
            order by raised_at, id
            """,
            new { ids = cases.Select(@case => @case.Value).ToArray(), kinds = kinds.Select(kind => kind.Code).ToArray(), from }))
        .Select(Read).ToList();

    /// <summary>The alert's case and kind. Its facts are left out, since the key that sealed them may be missing.</summary>
    public async Task<(CaseId? Case, AlertKind Kind)?> AboutAsync(AlertId id) =>
        await _access.FirstAsync<Head>("select case_id, kind from alert where id = @Value", new { id.Value }) is { } row
            ? (row.CaseId is { } @case ? new CaseId(@case) : null, new AlertKind(row.Kind))
            : null;

    /// <summary>The number of an alert's deliveries by state.</summary>
    public async Task<IReadOnlyDictionary<DeliveryState, int>> DeliveriesAsync(AlertId id) =>
        (await _access.QueryAsync<(string State, int Count)>(
            "select state, count(*)::int from delivery where alert_id = @Value group by state", new { id.Value }))
        .ToDictionary(row => Codes.Read<DeliveryState>(row.State), row => row.Count);

    /// <summary>How many deliveries are known to be on a phone and to be read. Only some messengers tell.</summary>
    public async Task<(int Arrived, int Read)> ReceiptsAsync(AlertId id) => await _access.FirstAsync<(int, int)>(
        "select count(arrived_at)::int, count(read_at)::int from delivery where alert_id = @Value", new { id.Value });

    /// <summary>Who answered the incident that an alert tells of, since it was raised: took it, said that they cannot, handed it on.</summary>
    public async Task<IReadOnlyList<AlertAck>> AcksAsync(AlertId id) => (await _access.QueryAsync<(Instant At, Guid By, string Act)>(
        """
        select   e.at, e.person_id, e.act
        from     alert a
        join     incident_entry e on e.incident_id = a.incident_id
        where    a.id = @Value and e.at >= a.raised_at and e.person_id is not null and e.act = any(@acts)
        order by e.id
        """,
        new { id.Value, acts = Acks.Select(Codes.Of).ToArray() }))
        .Select(row => new AlertAck(row.At, new PersonId(row.By), Codes.Read<IncidentAct>(row.Act))).ToList();

    /// <summary>The newest, newest first, without their facts.</summary>
    public async Task<IReadOnlyList<ListedAlert>> NewestAsync(int most) => (await _access.QueryAsync<ListedRow>(
        """
        select   a.id, a.case_id, a.kind, a.severity, a.raised_at, d.sent, d.failed, d.waiting,
                 exists (select from untold_alert u where u.alert_id = a.id) as is_untold
        from     (select id, case_id, kind, severity, raised_at from alert order by raised_at desc, id desc limit @most) a
        cross    join lateral (
            select count(*) filter (where state = 'sent')::int as sent, count(*) filter (where state in ('failed', 'expired'))::int as failed,
                   count(*) filter (where state in ('queued', 'sending', 'retry', 'maybe'))::int as waiting
            from   delivery where alert_id = a.id) d
        order by a.raised_at desc, a.id desc
        """,
        new { most })).Select(row => new ListedAlert(
            new AlertId(row.Id), row.CaseId is { } @case ? new CaseId(@case) : null, new AlertKind(row.Kind), Codes.Read<Severity>(row.Severity),
            row.RaisedAt, row.Sent, row.Failed, row.Waiting, row.IsUntold)).ToList();

    private Alert Read(Row row) => new(
        new AlertId(row.Id), row.CaseId is { } @case ? new CaseId(@case) : null, new AlertKind(row.Kind),
        Codes.Read<Severity>(row.Severity), row.DedupKey, row.TextKey,
        JsonSerializer.Deserialize<Dictionary<string, string>>(_access.Open("alert.facts", row.Id, row.Facts)!, StoredJson.Options)!, row.RaisedAt);

    private sealed record ListedRow(
        Guid Id, Guid? CaseId, string Kind, string Severity, Instant RaisedAt, int Sent, int Failed, int Waiting, bool IsUntold);

    private sealed record Head(Guid? CaseId, string Kind);

    private sealed record Row(
        Guid Id, Guid? CaseId, string Kind, string Severity, string DedupKey, string TextKey, byte[] Facts, Instant RaisedAt);
}

/// <summary>Somebody answered what they were told.</summary>
public sealed record AlertAck(Instant At, PersonId By, IncidentAct Act);

/// <summary>An alert in a list: what it is, and how many deliveries of it stand where.</summary>
/// <param name="Left">Not at their end yet.</param>
/// <param name="IsUntold">It reached nobody, and waits for the first who can be told.</param>
public sealed record ListedAlert(
    AlertId Id, CaseId? Case, AlertKind Kind, Severity Severity, Instant RaisedAt, int Sent, int Failed, int Left, bool IsUntold);
