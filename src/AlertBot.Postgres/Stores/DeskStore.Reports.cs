using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
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

    /// <summary>The oldest open incidents of each column of the board, and how many each column has.</summary>
    public async Task<IReadOnlyList<OpenIncident>> OpenAsync(int mostOfColumn) => (await _access.QueryAsync<OpenRow>(
        """
        select   o.code, o.case_id, o.kind, o.standing, o.handling, o.step, o.taken_by, o.taken_at, o.asked_at, o.opened_at, o.look_at, o.count
        from     (select i.*, row_number() over column_of as at, count(*) over (partition by i.handling, i.standing)::int as count
                  from   incident i
                  where  i.handling <> 'closed'
                  window column_of as (partition by i.handling, i.standing order by i.opened_at, i.seq)) o
        where    o.at <= @mostOfColumn
        order by o.opened_at, o.seq
        """,
        new { mostOfColumn })).Select(row => new OpenIncident(
            row.Code, row.CaseId is { } @case ? new CaseId(@case) : null, Codes.Read<ReportKind>(row.Kind), Codes.Read<Standing>(row.Standing),
            Codes.Read<Handling>(row.Handling), row.Step, row.TakenBy is { } by ? new PersonId(by) : null, row.TakenAt, row.AskedAt, row.OpenedAt,
            row.LookAt, row.Count)).ToList();

    /// <summary>Open incidents that may tell of the same as this one, the newest first.</summary>
    public async Task<IReadOnlyList<(string Code, ReportKind Kind, Instant OpenedAt)>> OthersAsync(Incident incident, int most) =>
        (await _access.QueryAsync<(string Code, string Kind, Instant OpenedAt)>(
            """
            select   i.code, i.kind, i.opened_at
            from     incident i
            where    i.handling <> 'closed' and i.id <> @Id and (@Case::uuid is null or i.case_id is null or i.case_id = @Case)
            order by i.opened_at desc, i.seq desc
            limit    @most
            """,
            new { Id = incident.Id.Value, Case = incident.Case?.Value, most }))
        .Select(row => (row.Code, Codes.Read<ReportKind>(row.Kind), row.OpenedAt)).ToList();

    /// <summary>The files of an incident's reports, without their contents.</summary>
    public Task<IReadOnlyList<FileOfReport>> FilesAsync(IncidentId incident, int most) => _access.QueryAsync<FileOfReport>(
        """
        select   f.id, f.kind, f.state = 'kept' as is_kept, f.created_at
        from     report_file f
        join     report r on r.id = f.report_id
        where    r.incident_id = @Value and f.state <> 'lost'
        order by f.created_at, f.id
        limit    @most
        """,
        new { incident.Value, most });

    private sealed record OpenRow(
        string Code, Guid? CaseId, string Kind, string Standing, string Handling, int Step, Guid? TakenBy, Instant? TakenAt, Instant? AskedAt,
        Instant OpenedAt, Instant? LookAt, int Count);

    private sealed record ClosedRow(string Code, string Kind, string? Outcome, Instant ClosedAt, Guid? CaseId);
}

/// <param name="LookAt">When something happens by itself if nobody does anything; null: nothing will.</param>
/// <param name="Count">How many open incidents stand as this one does.</param>
public sealed record OpenIncident(
    string Code, CaseId? Case, ReportKind Kind, Standing Standing, Handling Handling, int Step, PersonId? TakenBy, Instant? TakenAt,
    Instant? AskedAt, Instant OpenedAt, Instant? LookAt, int Count);

public sealed record ClosedIncident(string Code, ReportKind Kind, Outcome? Outcome, Instant ClosedAt, CaseId? Case);

/// <param name="Kind">As the messenger calls it: photo, voice, video, document.</param>
/// <param name="IsKept">False: it is still being fetched.</param>
public sealed record FileOfReport(Guid Id, string Kind, bool IsKept, Instant CreatedAt);
