using System.Text.Json;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Monitoring;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>What other programs' monitoring said, and whom it paged.</summary>
public sealed class PageStore
{
    private const string Columns = "id, severity, content, told_at, step, taken_by, over_at, is_held, more";

    private static readonly string[] Urgent = [Codes.Of(Severity.Urgent), Codes.Of(Severity.Critical)];

    private readonly Access _access;

    internal PageStore(Access access) => _access = access;

    /// <summary>Lets nobody else look at this group until the act ends: two of a pair of monitors tell the same at the same moment.</summary>
    /// <param name="group">The monitoring's own name for the group.</param>
    /// <returns>By what the group is found.</returns>
    public async Task<PageSource> TakeAsync(PersonId of, string group)
    {
        var hash = _access.Vault.Lookup("page.source", $"{of.Value:N}\n{group}");
        await _access.ExecuteAsync("select pg_advisory_xact_lock(hashtext('page ' || encode(@hash, 'hex')))", new { hash });
        return new PageSource(hash, of);
    }

    /// <summary>
    /// How many pages of the maker's monitoring people have before them: told since then, and of the urgent ones also those that nobody has taken.
    /// </summary>
    public Task<int> CrowdAsync(PageSource of, bool isUrgent, Instant since) => _access.ValueAsync<int>(
        """
        select count(*)::int from page
        where  made_by = @Maker and not is_held and (severity = any(@Urgent)) = @isUrgent
        and    (told_at > @since or (@isUrgent and over_at is null and taken_by is null))
        """,
        new { Maker = of.Maker.Value, Urgent, isUrgent, since });

    /// <summary>The open page that stands for what came while too many were open, held until the act ends.</summary>
    public async Task<Page?> HeldAsync(PageSource of, bool isUrgent, Instant since) => await _access.FirstAsync<Row>(
        $"""
        select   {Columns} from page
        where    made_by = @Maker and is_held and over_at is null and (severity = any(@Urgent)) = @isUrgent
        and      (look_at is not null or told_at > @since)
        order by told_at desc
        limit    1
        for      update
        """,
        new { Maker = of.Maker.Value, Urgent, isUrgent, since }) is { } row ? TryRead(row) : null;

    public async Task<ToldBefore?> FindAsync(PageSource of, string fingerprint) => await _access.FirstAsync<AlertRow>(
        "select page_id, severity, began_at, is_over from page_alert where source_hash = @Hash and fingerprint = @print",
        new { of.Hash, print = PrintOf(fingerprint) }) is { } row
            ? new ToldBefore(new PageId(row.PageId), Codes.Read<Severity>(row.Severity), row.BeganAt, row.IsOver)
            : null;

    /// <param name="lookAt">When others must be told unless somebody took it; null: never.</param>
    public async Task AddAsync(PageSource of, Page page, IEnumerable<MonitoredAlert> alerts, Instant? lookAt)
    {
        await _access.ExecuteAsync(
            """
            insert into page (id, source_hash, severity, content, told_at, look_at, made_by, is_held, more)
            values (@Id, @Hash, @severity, @content, @ToldAt, @lookAt, @Maker, @IsHeld, @More)
            """,
            new
            {
                Id = page.Id.Value,
                // A page that stands for several groups is none of theirs.
                Hash = page.IsHeld ? _access.Vault.Lookup("page.source", $"{of.Maker.Value:N}") : of.Hash,
                severity = Codes.Of(page.Severity),
                content = ContentOf(page),
                page.ToldAt,
                lookAt,
                Maker = of.Maker.Value,
                page.IsHeld,
                page.More,
            });
        await AddAlertsAsync(of, page, alerts);
    }

    /// <summary>Adds to a page that people have before them. Whoever took it took less than this, so it is told again.</summary>
    /// <param name="page">As it is from now on.</param>
    /// <param name="lookAt">When it is told again at the latest.</param>
    public async Task AppendAsync(PageSource of, Page page, IEnumerable<MonitoredAlert> alerts, Instant lookAt)
    {
        await _access.ExecuteAsync(
            """
            update page
            set    content = @content, severity = @severity, more = @More, taken_by = null, look_at = least(coalesce(look_at, @lookAt), @lookAt)
            where  id = @Id
            """,
            new { Id = page.Id.Value, content = ContentOf(page), severity = Codes.Of(page.Severity), page.More, lookAt });
        await AddAlertsAsync(of, page, alerts);
    }

    private async Task AddAlertsAsync(PageSource of, Page page, IEnumerable<MonitoredAlert> alerts)
    {
        foreach (var alert in alerts)
        {
            await _access.ExecuteAsync(
                """
                insert into page_alert (id, source_hash, fingerprint, page_id, severity, began_at)
                values (@id, @Hash, @print, @Page, @severity, @BeganAt)
                on conflict (source_hash, fingerprint) do update
                set page_id = excluded.page_id, severity = excluded.severity, began_at = excluded.began_at, is_over = false
                """,
                new
                {
                    id = Guid.CreateVersion7(),
                    of.Hash,
                    print = PrintOf(alert.Fingerprint),
                    Page = page.Id.Value,
                    severity = Codes.Of(alert.Severity),
                    alert.BeganAt,
                });
        }

        // What this page tells in their place they follow up no more.
        await EndAsync(of);
    }

    public Task EndAlertAsync(PageSource of, string fingerprint) => _access.ExecuteAsync(
        "update page_alert set is_over = true where source_hash = @Hash and fingerprint = @print", new { of.Hash, print = PrintOf(fingerprint) });

    /// <summary>Ends the open pages of the group, and those that stand for several groups, of whose alerts none is left.</summary>
    /// <returns>Those that ended now.</returns>
    public async Task<IReadOnlyList<Page>> EndAsync(PageSource of) => (await _access.QueryAsync<Row>(
        $"""
        update page p set over_at = @now, look_at = null
        where  (source_hash = @Hash or (is_held and made_by = @Maker)) and over_at is null
        and    not exists (select from page_alert a where a.page_id = p.id and not a.is_over)
        returning {Columns}
        """,
        new { of.Hash, Maker = of.Maker.Value, now = _access.Now })).Select(TryRead).OfType<Page>().OrderBy(page => page.ToldAt).ToList();

    /// <summary>Somebody takes a page, and with it the other open ones of its group.</summary>
    /// <returns>Those taken now; none if somebody had it, or if it is over.</returns>
    public async Task<IReadOnlyList<Page>> TakeUpAsync(PageId id, PersonId by) => (await _access.QueryAsync<Row>(
        $"""
        update page set taken_by = @By, look_at = null
        where  source_hash = (select source_hash from page where id = @Value) and over_at is null and taken_by is null
        and    (select taken_by is null and over_at is null from page where id = @Value)
        returning {Columns}
        """,
        new { id.Value, By = by.Value })).Select(TryRead).OfType<Page>().OrderBy(page => page.ToldAt).ToList();

    public async Task<Page?> FindAsync(PageId id) =>
        await _access.FirstAsync<Row>($"select {Columns} from page where id = @Value", new { id.Value }) is { } row ? Read(row) : null;

    /// <summary>
    /// Pages that nobody took in time, held until the act ends. Only their ids: one that does not open must not hold up the others.
    /// </summary>
    public async Task<IReadOnlyList<PageId>> TakeDueIdsAsync(int most) => (await _access.QueryAsync<Guid>(
        "select id from page where look_at <= @now order by look_at limit @most for update skip locked", new { now = _access.Now, most }))
        .Select(id => new PageId(id)).ToList();

    /// <summary>Puts off the next look after a failed one.</summary>
    public Task PostponeAsync(PageId id, Instant until) => _access.ExecuteAsync(
        "update page set look_at = @until where id = @Value", new { id.Value, until });

    /// <param name="lookAt">Null: it was told, and nobody need take it.</param>
    public Task StepAsync(PageId id, Instant? lookAt) => _access.ExecuteAsync(
        "update page set step = step + 1, look_at = @lookAt where id = @Value", new { id.Value, lookAt });

    /// <summary>Deletes what is over for so long, and what its monitoring has not mentioned since.</summary>
    public Task ForgetAsync(Instant before) => _access.ExecuteAsync(
        "delete from page where coalesce(over_at, told_at) < @before and (over_at is not null or look_at is null)", new { before });

    private byte[] ContentOf(Page page) =>
        _access.Seal("page.content", page.Id.Value, JsonSerializer.Serialize(page.Content, StoredJson.Options))!;

    private byte[] PrintOf(string fingerprint) => _access.Vault.Lookup("page.fingerprint", fingerprint);

    // One that does not open must not keep the newer pages of its group from people.
    private Page? TryRead(Row row)
    {
        try
        {
            return Read(row);
        }
        catch (Exception damaged) when (damaged is Vaults.VaultException or JsonException)
        {
            return null;
        }
    }

    private Page Read(Row row) => new(
        new PageId(row.Id), Codes.Read<Severity>(row.Severity),
        JsonSerializer.Deserialize<List<PagedAlert>>(_access.Open("page.content", row.Id, row.Content)!, StoredJson.Options)!, row.ToldAt, row.Step)
    {
        TakenBy = row.TakenBy is { } person ? new PersonId(person) : null,
        IsOver = row.OverAt is not null,
        IsHeld = row.IsHeld,
        More = row.More,
    };

    private sealed record AlertRow(Guid PageId, string Severity, Instant BeganAt, bool IsOver);

    private sealed record Row(
        Guid Id, string Severity, byte[] Content, Instant ToldAt, int Step, Guid? TakenBy, Instant? OverAt, bool IsHeld, int More);
}

/// <summary>A group of alerts of somebody's monitoring, by a keyed hash.</summary>
public sealed record PageSource
{
    internal PageSource(byte[] hash, PersonId maker) => (Hash, Maker) = (hash, maker);

    /// <summary>Whose monitoring it is.</summary>
    public PersonId Maker { get; }

    internal byte[] Hash { get; }

    public override string ToString() => "(source)";
}
