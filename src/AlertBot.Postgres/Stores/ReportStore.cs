using System.Security.Cryptography;
using System.Text.Json;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.Postgres.Vaults;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>
/// The reports of witnesses. Each has a key of its own, which is sealed and which no backup holds. Once that key is deleted, no copy of the report
/// can be opened.
/// </summary>
public sealed partial class ReportStore
{
    private const string Body = "report.body";
    private const string Columns =
        "id, address_id, state, language, (select k.key from report_key k where k.report_id = report.id) as key, " +
        "body, is_incomplete, silent_at, incident_id, begun_at, changed_at, sent_at, print, old_key, " +
        "(select string_agg(encode(f.print, 'base64'), ' ') from report_file f where f.report_id = report.id) as file_prints, " +
        "(select a.created_at from address a where a.id = report.address_id) as account_since, " +
        "exists (select from report_file f where f.report_id = report.id and f.state <> 'lost') as has_files, " +
        "exists (select from report_file f where f.report_id = report.id and f.state = 'waiting') as has_unseen_files";

    // Under the account's present key, and not by a program.
    private const string ByThemselves = "not old_key and token_id is null";

    private const string StillWriting = "(state = 'sent' and is_incomplete and silent_at is null)";

    private readonly Access _access;

    internal ReportStore(Access access) => _access = access;

    public async Task<ReportId> BeginAsync(AddressId from, string language, ReportContent content)
    {
        var id = ReportId.New();
        var key = RandomNumberGenerator.GetBytes(VaultKey.Size);
        await _access.LaterAsync(
            """
            insert into report (id, address_id, token_id, state, language, body, is_forward, begun_at, changed_at)
            values (@Value, @From, @Token, 'draft', @language, @body, @IsForward, @now, @now)
            """,
            new
            {
                id.Value,
                From = from.Value,
                _access.Token,
                language,
                body = SealWith(key, id, content),
                content.IsForward,
                now = _access.Now,
            });
        await _access.LaterAsync(
            "insert into report_key (report_id, key) values (@Value, @key)", new { id.Value, key = _access.Vault.Seal("report.key", id.Value, key) });
        CryptographicOperations.ZeroMemory(key);
        return id;
    }

    /// <summary>Replaces the report's content.</summary>
    public async Task SaveAsync(ReportId id, ReportContent content)
    {
        if (await KeyAsync(id) is not { } key)
            return;

        await _access.ExecuteAsync(
            "update report set body = @body, is_forward = @IsForward, changed_at = @now, look_at = null where id = @Value",
            new { id.Value, body = SealWith(key, id, content), content.IsForward, now = _access.Now });
    }

    public async Task<Report?> FindAsync(ReportId id) => Read(
        await _access.FirstAsync<Row>($"select {Columns} from report where id = @Value", new { id.Value }));

    public async Task<Report?> FindAsync(Receipt receipt) => Read(await _access.FirstAsync<Row>(
        $"select {Columns} from report where receipt = @receipt", new { receipt = HashOf(receipt) }));

    /// <summary>The newest report that the person is still writing; null if there is none. A program's is none.</summary>
    public async Task<Report?> DraftOfAsync(AddressId from) => Read(await _access.FirstAsync<Row>(
        $"""
        select {Columns} from report
        where  address_id = @Value and (state = 'draft' or {StillWriting}) and {ByThemselves} order by seq desc limit 1 for update
        """,
        new { from.Value }));

    /// <summary>The last report that its owner sent from an address; null if there is none. What a program sent for them is none.</summary>
    public async Task<Report?> LastSentOfAsync(AddressId from) => Read(await _access.FirstAsync<Row>(
        $"select {Columns} from report where address_id = @Value and state = 'sent' and {ByThemselves} "
        + "order by sent_at desc, seq desc limit 1 for update", new { from.Value }));

    /// <summary>
    /// The newest report that the person is still writing, and if there is none the last that they sent. What a program sent for them is neither:
    /// their next words would be filed under it.
    /// </summary>
    public async Task<(Report? Unfinished, Report? Sent)> LatestOfAsync(AddressId from)
    {
        var latest = (await _access.QueryAsync<Row>(
            $"""
            select {Columns} from report
            where  id in (
                (select id from report
                 where  address_id = @Value and (state = 'draft' or {StillWriting}) and {ByThemselves} order by seq desc limit 1),
                (select id from report
                 where  address_id = @Value and state = 'sent' and {ByThemselves} order by sent_at desc, seq desc limit 1))
            order  by seq desc
            for    update
            """,
            new { from.Value })).Select(row => Read(row)!).ToList();
        return latest.Find(one => one.IsOpen) is { } unfinished ? (unfinished, null) : (null, latest.FirstOrDefault());
    }

    /// <summary>Whether a report of this address is still stored.</summary>
    public Task<bool> HasAnyAsync(AddressId from) => _access.ValueAsync<bool>(
        "select exists (select from report where address_id = @Value)", new { from.Value });

    /// <summary>All reports of an address, newest first.</summary>
    public async Task<IReadOnlyList<Report>> OfAsync(AddressId from) => (await _access.QueryAsync<Row>(
        $"select {Columns} from report where address_id = @Value and state <> 'withdrawn' and not old_key order by seq desc", new { from.Value }))
        .Select(row => Read(row)!).ToList();

    /// <summary>Those of an address to which words in its chat may belong, newest first: none that a program sent.</summary>
    public async Task<IReadOnlyList<Report>> ToldAtAsync(AddressId from) => (await _access.QueryAsync<Row>(
        $"select {Columns} from report where address_id = @Value and state <> 'withdrawn' and {ByThemselves} order by seq desc", new { from.Value }))
        .Select(row => Read(row)!).ToList();

    public Task<IReadOnlyList<Report>> OfAsync(IncidentId incident) => _access.AnswerAsync(AskOf(incident));

    public Question<IReadOnlyList<Report>> AskOf(IncidentId incident) => _access.Ask<Row, IReadOnlyList<Report>>(
        $"select {Columns} from report where incident_id = @Value order by sent_at, seq", new { incident.Value },
        rows => rows.Select(row => Read(row)!).ToList());

    /// <summary>The names of unregistered people in reports of open incidents since then.</summary>
    public async Task<IReadOnlyList<(IncidentId Incident, string Name)>> NamesOfUnknownAsync(Instant since) => (await _access.QueryAsync<Row>(
        $"""
        select {Columns} from report
        where  state = 'sent' and incident_id in (select id from incident where case_id is null and handling <> 'closed' and opened_at >= @since)
        """,
        new { since })).Select(row => Read(row)!).Where(report => report.Content?.Who is not null)
        .Select(report => (report.Incident!.Value, report.Content!.Who!)).ToList();

    /// <summary>Unfinished reports without a word since then, except those whose next look is later.</summary>
    public async Task<IReadOnlyList<Report>> SilentDraftsAsync(Instant since) => (await _access.QueryAsync<Row>(
        $"""
        select {Columns} from report
        where  (state = 'draft' or {StillWriting}) and changed_at <= @since and (look_at is null or look_at <= @now)
        order  by changed_at
        limit  100
        for    update skip locked
        """,
        new { since, now = _access.Now })).Select(row => Read(row)!).ToList();

    /// <summary>Puts off the next look at a silent report that could not be sent, so that it does not hold up others.</summary>
    public Task LookAgainAsync(ReportId id, Instant then) => _access.ExecuteAsync(
        "update report set look_at = @then where id = @Value", new { id.Value, then });

    /// <param name="print">Equal for copies of the same text; null if the text is too short to tell.</param>
    /// <returns>The report as it is now; null if it was sent before.</returns>
    public Task<Report?> MarkSentAsync(ReportId id, string? print) => _access.AnswerAsync(AskToMarkSent(id, print));

    /// <inheritdoc cref="MarkSentAsync"/>
    public Question<Report?> AskToMarkSent(ReportId id, string? print) => _access.Ask<Row, Report?>(
        $"""
        update report set state = 'sent', print = @print, is_incomplete = true, sent_at = @now, changed_at = @now
        where  id = @Value and state = 'draft'
        returning {Columns}
        """,
        new { id.Value, print = print is null ? null : _access.Vault.Lookup("report.print", print), now = _access.Now },
        rows => Read(rows is [var row] ? row : null));

    /// <summary>Finishes the report, because the reporter is done or has fallen silent.</summary>
    /// <returns>False if it was finished before.</returns>
    public async Task<bool> FinishAsync(ReportId id, Receipt receipt, bool isSilent) => await _access.ExecuteAsync(
        $"""
        update report
        set    receipt = @receipt, is_incomplete = @isSilent, silent_at = case when @isSilent then @now end, changed_at = @now, look_at = null
        where  id = @Value and {StillWriting}
        """,
        new { id.Value, receipt = HashOf(receipt), isSilent, now = _access.Now }) > 0;

    /// <summary>Keeps the report readable under the account's new key, because the person knows its receipt.</summary>
    public Task KeepForNewKeyAsync(ReportId id) => _access.ExecuteAsync("update report set old_key = false where id = @Value", new { id.Value });

    /// <summary>Cuts the report off from its account, which can no longer read, ask about or delete it.</summary>
    public Task DetachAsync(ReportId id) => _access.ExecuteAsync("update report set address_id = null where id = @Value", new { id.Value });

    public Task SetIncidentAsync(ReportId id, IncidentId? incident) =>
        _access.LaterAsync("update report set incident_id = @Incident where id = @Value", new { id.Value, Incident = incident?.Value });

    /// <summary>Moves all reports of one incident to the other.</summary>
    public Task MoveAllAsync(IncidentId from, IncidentId to) =>
        _access.ExecuteAsync(
            "update report set incident_id = @To, came_from = @From where incident_id = @From", new { From = from.Value, To = to.Value });

    /// <summary>Moves back the reports that an incident had before it was joined to another.</summary>
    public Task MoveBackAsync(IncidentId to) =>
        _access.ExecuteAsync("update report set incident_id = came_from, came_from = null where came_from = @Value", new { to.Value });

    /// <summary>Deletes its words, files, key and origin. Only the fact that there was a report remains.</summary>
    public async Task ForgetAsync(ReportId id)
    {
        await _access.ExecuteAsync("delete from report_file where report_id = @Value", new { id.Value });
        await _access.ExecuteAsync("delete from report_key where report_id = @Value", new { id.Value });
        // What a program was answered in the act that began it has its receipt.
        await _access.ExecuteAsync(
            "update api_answer a set body = null from report r where r.id = @Value and a.token_id = r.token_id and a.at = r.begun_at",
            new { id.Value });
        await _access.ExecuteAsync(
            """
            update report set state = 'withdrawn', body = null, print = null, receipt = null, address_id = null, changed_at = @now
            where id = @Value
            """,
            new { id.Value, now = _access.Now });
    }

    /// <summary>Deletes a draft that nobody wants to send.</summary>
    public async Task DeleteDraftAsync(ReportId id)
    {
        await _access.ExecuteAsync(
            "delete from report_file f using report r where r.id = f.report_id and r.id = @Value and r.state = 'draft'", new { id.Value });
        await _access.ExecuteAsync("delete from report where id = @Value and state = 'draft'", new { id.Value });
    }

    internal async Task<byte[]?> KeyAsync(ReportId id) =>
        await _access.ValueAsync<byte[]>("select key from report_key where report_id = @Value", new { id.Value }) is { } key
        ? _access.Vault.Open("report.key", id.Value, key)
        : null;

    private byte[] HashOf(Receipt receipt) => _access.Vault.Lookup("report.receipt", receipt.Digits);

    private byte[] SealWith(byte[] key, ReportId id, ReportContent content)
    {
        using var own = _access.Vault.WithKey(key);
        return own.Seal(Body, id.Value, JsonSerializer.Serialize(content, StoredJson.Options));
    }

    private Report? Read(Row? row) => row is null ? null : new Report(
        new ReportId(row.Id), row.AddressId is { } from ? new AddressId(from) : null,
        Codes.Read<ReportState>(row.State), row.Language, ContentOf(row))
    {
        IsIncomplete = row.IsIncomplete,
        FellSilentAt = row.SilentAt,
        AccountSince = row.AccountSince,
        Incident = row.IncidentId is { } incident ? new IncidentId(incident) : null,
        Prints = PrintsOf(row).ToList(),
        HasFiles = row.HasFiles,
        HasUnseenFiles = row.HasUnseenFiles,
        BegunAt = row.BegunAt,
        ChangedAt = row.ChangedAt,
        SentAt = row.SentAt,
        IsOfOldKey = row.OldKey,
    };

    private static IEnumerable<string> PrintsOf(Row row) =>
        (row.Print is null ? [] : new[] { Convert.ToBase64String(row.Print) }).Concat(
            (row.FilePrints ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));

    // A report that cannot be decrypted counts as forgotten: it must not make the incident's other reports unreadable.
    private ReportContent? ContentOf(Row row)
    {
        if (row.Key is null || row.Body is null)
            return null;
        try
        {
            using var own = _access.Vault.WithKey(_access.Vault.Open("report.key", row.Id, row.Key));
            return JsonSerializer.Deserialize<ReportContent>(own.OpenText(Body, row.Id, row.Body), StoredJson.Options);
        }
        catch (Exception damaged) when (damaged is VaultException or JsonException)
        {
            return null;
        }
    }

    private sealed record Row(
        Guid Id, Guid? AddressId, string State, string Language, byte[]? Key, byte[]? Body, bool IsIncomplete, Instant? SilentAt, Guid? IncidentId,
        Instant BegunAt, Instant ChangedAt, Instant? SentAt, byte[]? Print, bool OldKey, string? FilePrints, Instant? AccountSince, bool HasFiles,
        bool HasUnseenFiles);
}
