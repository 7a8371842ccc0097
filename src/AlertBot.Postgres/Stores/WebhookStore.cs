using AlertBot.Domain.People;
using AlertBot.Domain.Webhooks;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>
/// Webhooks and the calls that wait for them. The database itself writes a call in the act that it tells of (<c>call_webhooks</c>), so that no act
/// can forget to.
/// </summary>
public sealed class WebhookStore
{
    private const string Columns =
        "id, url, secret, array_to_string(kinds, ' ') as kinds, made_by, made_at, answered_at, failing_since, failed_why, is_off";

    private const string Url = "webhook.url";
    private const string Secret = "webhook.secret";

    private static readonly Duration EndedKeptFor = Duration.FromDays(7);

    private readonly Access _access;

    internal WebhookStore(Access access) => _access = access;

    public Task AddAsync(Webhook webhook) => _access.ExecuteAsync(
        """
        insert into webhook (id, url, secret, kinds, made_by, made_at) values (@Id, @url, @secret, @kinds, @MadeBy, @MadeAt)
        """,
        new
        {
            Id = webhook.Id.Value,
            url = _access.Seal(Url, webhook.Id.Value, webhook.Url.AbsoluteUri),
            secret = _access.Seal(Secret, webhook.Id.Value, webhook.Secret),
            kinds = webhook.Kinds.Select(Codes.Of).ToArray(),
            MadeBy = webhook.MadeBy?.Value,
            webhook.MadeAt,
        });

    /// <summary>Oldest first; one that does not open stands there without what it is.</summary>
    public async Task<IReadOnlyList<(WebhookId Id, Webhook? Webhook)>> AllAsync() =>
        (await _access.QueryAsync<Row>($"select {Columns} from webhook order by made_at, id")).Select(row => (
            new WebhookId(row.Id),
            _access.TryOpen(Url, row.Id, row.Url).IsReadable && _access.TryOpen(Secret, row.Id, row.Secret).IsReadable ? Read(row) : null)).ToList();

    public async Task<Webhook?> FindAsync(WebhookId id) =>
        await _access.FirstAsync<Row>($"select {Columns} from webhook where id = @Value", new { id.Value }) is { } row ? Read(row) : null;

    public async Task<bool> RemoveAsync(WebhookId id) => await _access.ExecuteAsync("delete from webhook where id = @Value", new { id.Value }) > 0;

    /// <summary>Switches it on again: what happens from now on is told.</summary>
    /// <param name="by">Whose it is from now on.</param>
    public async Task<bool> SwitchOnAsync(WebhookId id, PersonId? by) => await _access.ExecuteAsync(
        "update webhook set is_off = false, failing_since = null, failed_why = null, made_by = @By where id = @Value and is_off",
        new { id.Value, By = by?.Value }) > 0;

    /// <summary>How many are switched off because that person was suspended or has another role.</summary>
    public Task<int> OffWithAsync(PersonId maker) => _access.ValueAsync<int>(
        "select count(*)::int from webhook where made_by = @Value and is_off and failed_why = @why",
        new { maker.Value, why = Webhook.OffWithItsMaker });

    /// <summary>Switches it off, and gives up what waits for it.</summary>
    /// <returns>How many calls it has lost in the last week; null if it was off.</returns>
    public async Task<int?> SwitchOffAsync(WebhookId id)
    {
        if (await _access.ExecuteAsync("update webhook set is_off = true where id = @Value and not is_off", new { id.Value }) == 0)
            return null;
        await _access.ExecuteAsync(
            "update webhook_call set ended = 'lost', ended_at = @now where webhook_id = @Value and ended is null",
            new { id.Value, now = _access.Now });
        return (await CountsAsync()).GetValueOrDefault(id).Lost;
    }

    /// <summary>Calls that wait, and those given up in the last week, by webhook.</summary>
    public async Task<IReadOnlyDictionary<WebhookId, (int Waiting, int Lost)>> CountsAsync() => (await _access.QueryAsync<CountRow>(
        """
        select   webhook_id, count(*) filter (where ended is null)::int as waiting, count(*) filter (where ended = 'lost')::int as lost
        from     webhook_call group by webhook_id
        """)).ToDictionary(row => new WebhookId(row.WebhookId), row => (row.Waiting, row.Lost));

    /// <summary>Takes due calls. One whose sender dies is due again after the lease.</summary>
    public async Task<IReadOnlyList<WebhookCall>> TakeDueAsync(int most, Duration lease)
    {
        await _access.ExecuteAsync("delete from webhook_call where ended_at < @before", new { before = _access.Now - EndedKeptFor });
        return (await _access.QueryAsync<CallRow>(
            """
            update webhook_call c set attempts = attempts + 1, next_at = @until
            where  c.id in (
                select id from webhook_call where ended is null and next_at <= @now order by next_at, seq limit @most for update skip locked)
            returning c.id, c.webhook_id, c.kind, c.what, c.severity, c.case_code, c.incident, c.at, c.attempts
            """,
            new { now = _access.Now, until = _access.Now + lease, most })).Select(row => new WebhookCall(
                row.Id, new WebhookId(row.WebhookId), Codes.Read<WebhookKind>(row.Kind), row.What, row.Severity, row.CaseCode, row.Incident, row.At,
                row.Attempts)).ToList();
    }

    /// <summary>When the next call is due; null: none waits.</summary>
    public Task<Instant?> NextDueAsync() =>
        _access.FirstAsync<Instant?>("select next_at from webhook_call where ended is null order by next_at limit 1");

    public Task TakenAsync(WebhookCall call) => _access.ExecuteAsync(
        """
        update webhook_call set ended = 'taken', ended_at = @now where id = @Id and ended is null;
        update webhook set answered_at = @now, failing_since = null, failed_why = null where id = @To
        """,
        new { call.Id, To = call.To.Value, now = _access.Now });

    /// <param name="again">When it is tried again; null: it is given up.</param>
    public Task FailedAsync(WebhookCall call, string why, Instant? again) => _access.ExecuteAsync(
        """
        update webhook_call
        set    next_at = coalesce(@again, next_at), ended = case when @again::timestamptz is null then 'lost' end,
               ended_at = case when @again::timestamptz is null then @now end
        where  id = @Id and ended is null and attempts = @Attempts;
        update webhook set failing_since = coalesce(failing_since, @now), failed_why = @why where id = @To
        """,
        new { call.Id, call.Attempts, To = call.To.Value, why, again, now = _access.Now });

    public Task GiveUpAsync(WebhookCall call) => _access.ExecuteAsync(
        "update webhook_call set ended = 'lost', ended_at = @now where id = @Id and ended is null", new { call.Id, now = _access.Now });

    private Webhook Read(Row row) => new(
        new WebhookId(row.Id), new Uri(_access.Open(Url, row.Id, row.Url)!), _access.Open(Secret, row.Id, row.Secret)!,
        row.Kinds.Split(' ').Select(Codes.Read<WebhookKind>).ToList(), row.MadeAt)
    {
        MadeBy = row.MadeBy is { } person ? new PersonId(person) : null,
        AnsweredAt = row.AnsweredAt,
        FailingSince = row.FailingSince,
        FailedWhy = row.FailedWhy,
        IsOff = row.IsOff,
    };

    private sealed record CountRow(Guid WebhookId, int Waiting, int Lost);

    private sealed record CallRow(
        Guid Id, Guid WebhookId, string Kind, string What, string? Severity, string? CaseCode, string? Incident, Instant At, int Attempts);

    private sealed record Row(
        Guid Id, byte[] Url, byte[] Secret, string Kinds, Guid? MadeBy, Instant MadeAt, Instant? AnsweredAt, Instant? FailingSince,
        string? FailedWhy, bool IsOff);
}
