using AlertBot.Domain.Reports;

namespace AlertBot.Postgres.Stores;

/// <content>What reporters were told about their reports.</content>
public sealed partial class ReportStore
{
    /// <summary>Reports whose reporter must be told something, and what; locked until the act ends.</summary>
    public async Task<IReadOnlyList<(ReportId Id, ReportStage Stage)>> TakeUnheardAsync(int limit)
    {
        // An incident that was closed and reopened will be closed again, and the reporter is then told again.
        await _access.ExecuteAsync(
            """
            update report r set heard = 'taken' from incident i
            where  i.id = r.incident_id and r.heard = 'ended' and r.state = 'sent' and i.handling <> 'closed'
            """);
        return (await _access.QueryAsync<(Guid Id, string Stage)>(
            """
            select r.id,
                   case when i.handling = 'closed' then 'ended' when i.handling = 'taken' then 'taken' else 'read' end
            from   report r
            join   incident i on i.id = r.incident_id
            where  r.state = 'sent' and r.heard <> 'ended' and r.address_id is not null and not r.old_key
            and    (i.handling = 'closed' and i.outcome <> 'duplicate'
                    or i.handling = 'taken' and r.heard in ('sent', 'read')
                    or i.handling = 'open' and r.heard = 'sent'
                       and exists (select from incident_entry e where e.incident_id = i.id and e.person_id is not null and e.at >= r.sent_at))
            order  by r.seq
            limit  @limit
            for    update of r skip locked
            """,
            new { limit })).Select(row => (new ReportId(row.Id), Codes.Read<ReportStage>(row.Stage))).ToList();
    }

    public Task MarkHeardAsync(ReportId id, ReportStage stage) => _access.ExecuteAsync(
        "update report set heard = @stage where id = @Value", new { id.Value, stage = Codes.Of(stage) });
}
