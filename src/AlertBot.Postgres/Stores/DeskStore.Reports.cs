using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.Reports;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <content>What stands on the board of reports, and the files of one of them.</content>
public sealed partial class DeskStore
{
    /// <summary>Incidents closed since then, the newest first.</summary>
    public async Task<IReadOnlyList<ClosedIncident>> ClosedAsync(Instant since, int most) => (await _access.QueryAsync<ClosedRow>(
        """
        select   i.code, i.kind, i.outcome, i.closed_at, i.case_id
        from     incident i
        where    i.handling = 'closed' and i.closed_at >= @since
        order by i.closed_at desc, i.id
        limit    @most
        """,
        new { since, most })).Select(row => new ClosedIncident(
            row.Code, Codes.Read<ReportKind>(row.Kind), row.Outcome is null ? null : Codes.Read<Outcome>(row.Outcome), row.ClosedAt,
            row.CaseId is { } @case ? new CaseId(@case) : null)).ToList();

    /// <summary>The files of an incident's reports, without their contents.</summary>
    public Task<IReadOnlyList<FileOfReport>> FilesAsync(IncidentId incident) => _access.QueryAsync<FileOfReport>(
        """
        select   f.id, f.kind, f.state = 'kept' as is_kept, f.created_at
        from     report_file f
        join     report r on r.id = f.report_id
        where    r.incident_id = @Value and f.state <> 'lost'
        order by f.created_at, f.id
        """,
        new { incident.Value });

    private sealed record ClosedRow(string Code, string Kind, string? Outcome, Instant ClosedAt, Guid? CaseId);
}

public sealed record ClosedIncident(string Code, ReportKind Kind, Outcome? Outcome, Instant ClosedAt, CaseId? Case);

/// <param name="Kind">As the messenger calls it: photo, voice, video, document.</param>
/// <param name="IsKept">False: it is still being fetched.</param>
public sealed record FileOfReport(Guid Id, string Kind, bool IsKept, Instant CreatedAt);
