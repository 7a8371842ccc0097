using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;

namespace AlertBot.Postgres.Stores;

public sealed partial class IncidentStore
{
    private const string Answer = "answer";

    /// <summary>Writes down what was done.</summary>
    /// <param name="act">A short code, e.g. <c>taken</c>; the words for it are <c>ack.act.</c> and the code.</param>
    /// <param name="detail">Sealed: a note, an answer.</param>
    public Task NoteAsync(IncidentId incident, PersonId? by, string act, string? detail = null)
    {
        var row = Guid.CreateVersion7();
        // What a reporter says can be forgotten, also in backups: it stands apart.
        var isReporters = act == Answer && by is null && detail is not null;
        return _access.ExecuteAsync(
            isReporters
                ? """
                  insert into incident_entry (incident_id, at, act, detail_row) values (@Value, @at, @act, @row);
                  insert into reporter_answer (detail_row, detail) values (@row, @detail)
                  """
                : "insert into incident_entry (incident_id, at, person_id, act, detail_row, detail) values (@Value, @at, @by, @act, @row, @detail)",
            new { incident.Value, at = _access.Now, by = by?.Value, act, row, detail = _access.Seal("incident_entry.detail", row, detail) });
    }

    /// <summary>The answers of reporters are left without their words: one of those who gave them wants to be forgotten.</summary>
    public Task ForgetAnswersAsync(IncidentId incident) => _access.ExecuteAsync(
        "delete from reporter_answer where detail_row in (select detail_row from incident_entry where incident_id = @Value)",
        new { incident.Value });
}
