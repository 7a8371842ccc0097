using System.Text.Json;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>The alerts: what people must be told.</summary>
public sealed partial class AlertStore
{
    private readonly Access _access;

    internal AlertStore(Access access) => _access = access;

    /// <returns>False if the same cause was told before.</returns>
    /// <param name="incident">The incident that it is about, if any.</param>
    public async Task<bool> AddAsync(Alert alert, Domain.Incidents.IncidentId? incident = null) => await _access.ExecuteAsync(
        """
        insert into alert (id, case_id, incident_id, kind, severity, dedup_key, text_key, facts, raised_at)
        values (@Id, @Case, @Incident, @Kind, @Severity, @DedupKey, @TextKey, @Facts, @RaisedAt)
        on conflict (dedup_key) do nothing
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
        }) > 0;

    public async Task<Alert?> FindAsync(AlertId id)
    {
        var row = await _access.FirstAsync<Row>(
            "select id, case_id, kind, severity, dedup_key, text_key, facts, raised_at from alert where id = @Value", new { id.Value });
        return row is null ? null : Read(row);
    }

    /// <summary>The alerts raised since that moment, in order.</summary>
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

    private Alert Read(Row row) => new(
        new AlertId(row.Id), row.CaseId is { } @case ? new CaseId(@case) : null, new AlertKind(row.Kind),
        Codes.Read<Severity>(row.Severity), row.DedupKey, row.TextKey,
        JsonSerializer.Deserialize<Dictionary<string, string>>(_access.Open("alert.facts", row.Id, row.Facts)!, StoredJson.Options)!, row.RaisedAt);

    private sealed record Head(Guid? CaseId, string Kind);

    private sealed record Row(
        Guid Id, Guid? CaseId, string Kind, string Severity, string DedupKey, string TextKey, byte[] Facts, Instant RaisedAt);
}
