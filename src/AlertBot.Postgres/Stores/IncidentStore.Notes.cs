using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;

namespace AlertBot.Postgres.Stores;

public sealed partial class IncidentStore
{
    /// <summary>Adds an act to the history.</summary>
    /// <param name="detail">A note or an answer, which is sealed.</param>
    public async Task NoteAsync(IncidentId incident, PersonId? by, IncidentAct act, string? detail = null)
    {
        var row = Guid.CreateVersion7();
        var code = Codes.Of(act);
        // A reporter's answer goes to a table of its own, so that it can be erased from backups too.
        var isReporters = act == IncidentAct.Answer && by is null && detail is not null;
        var @sealed = _access.Seal("incident_entry.detail", row, detail);
        await _access.LaterAsync(
            "insert into incident_entry (incident_id, at, person_id, act, detail_row, detail) values (@Value, @at, @by, @code, @row, @detail)",
            new { incident.Value, at = _access.Now, by = by?.Value, code, row, detail = isReporters ? null : @sealed });
        if (isReporters)
            await _access.LaterAsync("insert into reporter_answer (detail_row, detail) values (@row, @detail)", new { row, detail = @sealed });
    }

    /// <summary>Deletes the words of the reporters' answers, because one of these reporters wants to be forgotten.</summary>
    public Task ForgetAnswersAsync(IncidentId incident) => _access.ExecuteAsync(
        "delete from reporter_answer where detail_row in (select detail_row from incident_entry where incident_id = @Value)",
        new { incident.Value });
}
