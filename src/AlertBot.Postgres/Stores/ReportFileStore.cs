using System.Security.Cryptography;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Reports;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Pictures, voices, videos and documents of reports. They are fetched later, and sealed with the key of their report.</summary>
public sealed class ReportFileStore
{
    private const string Body = "report_file.body";
    private const string Handle = "report_file.handle";

    private readonly Access _access;

    internal ReportFileStore(Access access) => _access = access;

    public async Task AddAsync(ReportId report, IEnumerable<IncomingFile> files)
    {
        foreach (var file in files)
        {
            var id = Guid.CreateVersion7();
            await _access.ExecuteAsync(
                """
                insert into report_file (id, report_id, kind, content_type, handle, state, created_at)
                values (@id, @Report, @Kind, @ContentType, @handle, 'waiting', @now)
                """,
                new
                {
                    id,
                    Report = report.Value,
                    file.Kind,
                    file.ContentType,
                    handle = _access.Vault.Seal(Handle, id, file.Handle),
                    now = _access.Now,
                });
        }
    }

    public Task<int> CountAsync(ReportId report) =>
        _access.ValueAsync<int>("select count(*)::int from report_file where report_id = @Value", new { report.Value });

    /// <summary>
    /// Files that are to be fetched now. Whoever takes them has until <paramref name="until"/>; then they are taken again,
    /// unless the outcome is on file: fetching may take minutes, and no transaction is held open for it.
    /// </summary>
    public async Task<IReadOnlyList<WaitingFile>> TakeAsync(Instant until, int limit) => (await _access.QueryAsync<Row>(
        """
        update report_file f
        set    attempts = f.attempts + 1, look_at = @until
        from   (
            select w.id, a.channel
            from   report_file w
            join   report r on r.id = w.report_id
            join   address a on a.id = r.address_id
            where  w.state = 'waiting' and (w.look_at is null or w.look_at <= @now)
            order  by w.created_at
            limit  @limit
            for    update of w skip locked
        ) due
        where  f.id = due.id
        returning f.id, f.report_id, f.handle, f.attempts, due.channel
        """,
        new { now = _access.Now, until, limit })).Select(row => new WaitingFile(
            row.Id, new ReportId(row.ReportId), Codes.Read<ChannelKind>(row.Channel), () =>
                _access.Open(Handle, row.Id, row.Handle) ?? "", row.Attempts)).ToList();

    /// <returns>False when its report is forgotten meanwhile.</returns>
    public async Task<bool> KeepAsync(WaitingFile file, byte[] content, string? contentType)
    {
        if (await new ReportStore(_access).KeyAsync(file.Report) is not { } key)
            return false;

        using var own = _access.Vault.WithKey(key);
        CryptographicOperations.ZeroMemory(key);
        return await _access.ExecuteAsync(
            """
            update report_file set state = 'kept', handle = null, look_at = null, body = @body, print = @print, content_type = coalesce(content_type,
                @contentType)
            where  id = @Id and state = 'waiting'
            """,
            new
            {
                file.Id,
                body = own.Seal(Body, file.Id, content),
                print = _access.Vault.Lookup("report_file.print", Convert.ToHexString(SHA256.HashData(content))),
                contentType,
            }) > 0;
    }

    public Task LookAgainAsync(WaitingFile file, Instant then) =>
        _access.ExecuteAsync("update report_file set look_at = @then where id = @Id and state = 'waiting'", new { file.Id, then });

    /// <summary>It cannot be had.</summary>
    public Task LoseAsync(WaitingFile file) =>
        _access.ExecuteAsync(
            "update report_file set state = 'lost', handle = null, look_at = null where id = @Id and state = 'waiting'", new { file.Id });

    /// <summary>What was kept of a report, opened.</summary>
    public async Task<IReadOnlyList<KeptFile>> KeptAsync(ReportId report)
    {
        if (await new ReportStore(_access).KeyAsync(report) is not { } key)
            return [];

        using var own = _access.Vault.WithKey(key);
        CryptographicOperations.ZeroMemory(key);
        return (await _access.QueryAsync<KeptRow>(
            "select id, kind, content_type, body from report_file where report_id = @Value and state = 'kept' order by created_at, id",
            new { report.Value }))
            .Select(row => new KeptFile(row.Kind, row.ContentType, own.Open(Body, row.Id, row.Body))).ToList();
    }

    private sealed record Row(Guid Id, Guid ReportId, byte[]? Handle, int Attempts, string Channel);

    private sealed record KeptRow(Guid Id, string Kind, string? ContentType, byte[] Body);
}

/// <param name="Handle">Opens it; fails for one that was tampered with, which must not stop the others.</param>
/// <param name="Attempts">This one included.</param>
public sealed record WaitingFile(Guid Id, ReportId Report, ChannelKind Channel, Func<string> Handle, int Attempts);

/// <summary>A file as it was sent, without what its camera wrote into it. Prints as a mask.</summary>
public sealed record KeptFile(string Kind, string? ContentType, byte[] Content)
{
    public override string ToString() => $"(file, {Kind})";
}
