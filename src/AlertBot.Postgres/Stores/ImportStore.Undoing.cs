using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

public sealed partial class ImportStore
{
    // A look and an export change nothing, and what the import itself put into the log is older.
    private const string Looks = "('case.read', 'case.export', 'audit.read')";

    /// <summary>Whether anything of a case is otherwise than its import left it, or hangs on it now.</summary>
    /// <param name="events">The events that the import put on file.</param>
    public Task<bool> IsCaseTouchedAsync(CaseId @case, IReadOnlyCollection<Guid> events, Instant since) => _access.ValueAsync<bool>(
        $"""
        select exists (select from case_event where case_id = @Value and (
                   not id = any(@events) or confirmed_by is not null or is_withdrawn or preferred_by is not null))
            or exists (select from event_change c join case_event e on e.id = c.event_id where e.case_id = @Value)
            or exists (select from case_name where case_id = @Value and created_at > @since)
            or exists (select from subscription where case_id = @Value)
            or exists (select from incident where case_id = @Value)
            or exists (select from case_join where kept = @Value or joined = @Value)
            or exists (select from former_code where case_id = @Value)
            or exists (select from deadline where case_id = @Value and followed_by is not null)
            or exists (select from audit where subject = @Value and at > @since and act not in {Looks})
        """,
        new { @case.Value, events = events.ToArray(), since });

    /// <summary>Whether somebody put the event right since it was put on file.</summary>
    public Task<bool> IsEventChangedAsync(EventId @event) =>
        _access.ValueAsync<bool>("select exists (select from event_change where event_id = @Value)", new { @event.Value });

    /// <summary>Whether the person did anything since then that is in the audit log.</summary>
    public Task<bool> HasActedAsync(PersonId person, Instant since) =>
        _access.ValueAsync<bool>("select exists (select from audit where person_id = @Value and at > @since)", new { person.Value, since });

    /// <summary>Deletes a person who has no address left and never did anything. Fails where something hangs on them.</summary>
    public Task RemovePersonAsync(PersonId person) => _access.ExecuteAsync(
        "delete from person p where p.id = @Value and not exists (select from address a where a.person_id = p.id)", new { person.Value });
}
