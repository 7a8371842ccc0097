using System.Security.Cryptography;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Reports;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Pictures, voices, videos and documents of reports. They are downloaded later, and sealed with their report's key.</summary>
public sealed class ReportFileStore
{
    private const string Body = "report_file.body";
    private const string Handle = "report_file.handle";

    private readonly Access _access;

    internal ReportFileStore(Access access) => _access = access;

    /// <summary>Adds files up to a report's limit; further ones are ignored.</summary>
    public async Task AddAsync(ReportId report, IEnumerable<IncomingFile> files)
    {
        foreach (var file in files)
        {
            var id = Guid.CreateVersion7();
            await _access.ExecuteAsync(
                """
                insert into report_file (id, report_id, kind, content_type, handle, state, size, created_at)
                select @id, @Report, @Kind, @ContentType, @handle, 'waiting', @Size, @now
                where  (select count(*) from report_file where report_id = @Report) < @most
                """,
                new
                {
                    id,
                    Report = report.Value,
                    file.Kind,
                    ContentType = FileType.Of(file.ContentType),
                    file.Size,
                    most = Report.MostFiles,
                    handle = _access.Vault.Seal(Handle, id, file.Handle),
                    now = _access.Now,
                });
        }
    }

    public Task<int> CountAsync(ReportId report) =>
        _access.ValueAsync<int>("select count(*)::int from report_file where report_id = @Value", new { report.Value });

    /// <summary>
    /// Takes files to download now. A taken file is free again at <paramref name="until"/> unless its outcome is stored. A download may take minutes,
    /// and no transaction stays open for it.
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

    /// <summary>The bytes already stored: of the report, and of the sender in the last day.</summary>
    public async Task<(long OfReport, long OfSender)> KeptBytesAsync(WaitingFile file) => await _access.FirstAsync<(long, long)>(
        """
        select coalesce(sum(f.size) filter (where f.report_id = r.id), 0)::bigint,
               coalesce(sum(f.size) filter (where f.created_at > @since), 0)::bigint
        from   report r
        left join report o on o.id = r.id or o.address_id = r.address_id
        left join report_file f on f.report_id = o.id and f.state = 'kept'
        where  r.id = @Value
        """,
        new { file.Report.Value, since = _access.Now - Duration.FromDays(1) });

    /// <returns>False if the report was forgotten meanwhile.</returns>
    public async Task<bool> KeepAsync(WaitingFile file, byte[] content, string? contentType)
    {
        if (await new ReportStore(_access).KeyAsync(file.Report) is not { } key)
            return false;

        using var own = _access.Vault.WithKey(key);
        CryptographicOperations.ZeroMemory(key);
        return await _access.ExecuteAsync(
            """
            update report_file
            set    state = 'kept', handle = null, look_at = null, size = @size, body = @body, print = @print,
                   content_type = coalesce(content_type, @contentType)
            where  id = @Id and state = 'waiting'
            """,
            new
            {
                file.Id,
                body = own.Seal(Body, file.Id, content),
                size = (long)content.Length,
                print = _access.Vault.Lookup("report_file.print", Convert.ToHexString(SHA256.HashData(content))),
                contentType = FileType.Of(contentType),
            }) > 0;
    }

    public Task LookAgainAsync(WaitingFile file, Instant then) =>
        _access.ExecuteAsync("update report_file set look_at = @then where id = @Id and state = 'waiting'", new { file.Id, then });

    /// <summary>Records that the file cannot be downloaded.</summary>
    public Task LoseAsync(WaitingFile file) =>
        _access.ExecuteAsync(
            "update report_file set state = 'lost', handle = null, look_at = null where id = @Id and state = 'waiting'", new { file.Id });

    /// <summary>A report's stored files, decrypted.</summary>
    /// <param name="only">One of them; null: all.</param>
    public async Task<IReadOnlyList<KeptFile>> KeptAsync(ReportId report, Guid? only = null)
    {
        if (await new ReportStore(_access).KeyAsync(report) is not { } key)
            return [];

        using var own = _access.Vault.WithKey(key);
        CryptographicOperations.ZeroMemory(key);
        return (await _access.QueryAsync<KeptRow>(
            """
            select id, kind, content_type, body from report_file
            where  report_id = @Value and state = 'kept' and (@only::uuid is null or id = @only)
            order  by created_at, id
            """,
            new { report.Value, only }))
            .Select(row => new KeptFile(row.Kind, row.ContentType, own.Open(Body, row.Id, row.Body)) { Id = row.Id }).ToList();
    }

    /// <summary>The report and incident of a file; null if either is gone.</summary>
    public async Task<(ReportId Report, Domain.Incidents.IncidentId Incident)?> OfAsync(Guid file) =>
        await _access.FirstAsync<PlaceRow>(
            "select r.id, r.incident_id from report_file f join report r on r.id = f.report_id where f.id = @file and r.incident_id is not null",
            new { file }) is { } row
            ? (new ReportId(row.Id), new Domain.Incidents.IncidentId(row.IncidentId))
            : null;

    private sealed record PlaceRow(Guid Id, Guid IncidentId);

    private sealed record Row(Guid Id, Guid ReportId, byte[]? Handle, int Attempts, string Channel);

    private sealed record KeptRow(Guid Id, string Kind, string? ContentType, byte[] Body);
}

/// <param name="Handle">Decrypts it. Fails for one that was tampered with, which must not stop the others.</param>
/// <param name="Attempts">Includes this one.</param>
public sealed record WaitingFile(Guid Id, ReportId Report, ChannelKind Channel, Func<string> Handle, int Attempts);

/// <summary>A file as sent, without its camera's metadata. Prints as a mask.</summary>
public sealed record KeptFile(string Kind, string? ContentType, byte[] Content)
{
    public Guid Id { get; init; }

    public override string ToString() => $"(file, {Kind})";
}
