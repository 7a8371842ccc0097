using AlertBot.Domain.Cases;

namespace AlertBot.Postgres.Stores;

public sealed partial class RetentionStore
{
    /// <summary>
    /// Deletes a closed case with everything of it: names, events, dates, followers, its incidents with their reports and files, and what was
    /// told of them. What the audit log says of it stays: ids and codes.
    /// </summary>
    public async Task DeleteCaseAsync(CaseId @case)
    {
        foreach (var statement in CaseParts)
            await _access.ExecuteAsync(statement, new { @case.Value });
    }

    private const string Incidents = "(select id from incident where case_id = @Value)";
    private const string Reports = $"(select id from report where incident_id in {Incidents})";
    private const string Events = "(select id from case_event where case_id = @Value)";
    private const string Alerts = $"(select id from alert where case_id = @Value or incident_id in {Incidents})";
    private const string Deliveries = $"(select id from delivery where alert_id in {Alerts})";

    private static readonly string[] CaseParts =
    [
        $"delete from report_file where report_id in {Reports}",
        $"delete from reporter_answer where detail_row in (select detail_row from incident_entry where incident_id in {Incidents})",
        $"delete from same_question where incident_id in {Incidents} or report_id in {Reports}",
        $"delete from report where id in {Reports}",
        $"delete from digest_item where alert_id in {Alerts}",
        $"delete from group_growth where alert_id in {Alerts}",
        $"update delivery set edits = null where edits in {Deliveries}",
        $"delete from delivery where alert_id in {Alerts}",
        $"delete from alert where id in {Alerts}",
        $"update check_in set incident_id = null where incident_id in {Incidents}",
        $"delete from incident_entry where incident_id in {Incidents}",
        $"update incident set duplicate_of = null where duplicate_of in {Incidents} and case_id is distinct from @Value",
        $"update report set came_from = null where came_from in {Incidents}",
        "delete from incident where case_id = @Value",
        "delete from deadline where case_id = @Value",
        $"delete from event_change where event_id in {Events}",
        "update case_event set about = null, same_fact_as = null where case_id = @Value",
        "delete from case_event where case_id = @Value",
        "delete from case_name where case_id = @Value",
        "delete from subscription where case_id = @Value",
        "delete from case_join where kept = @Value or joined = @Value or joined in (select id from case_file where joined_to = @Value)",
        "delete from former_code where case_id = @Value or case_id in (select id from case_file where joined_to = @Value)",
        "delete from case_file where joined_to = @Value",
        "delete from case_file where id = @Value",
    ];
}
