using AlertBot.Domain.Alerts;
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

    /// <summary>
    /// Whether the person did anything since then: what is in the audit log, a first word to us, or a case that they follow for another reason. What
    /// they wrote later is in the inbox.
    /// </summary>
    /// <param name="follows">Cases that they follow because of the import.</param>
    public Task<bool> HasActedAsync(PersonId person, Instant since, IReadOnlyCollection<Guid> follows) => _access.ValueAsync<bool>(
        """
        select exists (select from audit where person_id = @Value and at > @since)
            or exists (select from address where person_id = @Value and warm_at > @since)
            or exists (
                select from subscription s join address a on a.id = s.address_id
                where  a.person_id = @Value and s.created_at > @since and not s.case_id = any(@follows))
        """,
        new { person.Value, since, follows = follows.ToArray() });

    /// <summary>Whether anything was told there.</summary>
    public Task<bool> HasHeardAsync(AddressId address) => _access.ValueAsync<bool>(
        "select exists (select from delivery where address_id = @Value and state = @sent)",
        new { address.Value, sent = Codes.Of(DeliveryState.Sent) });

    /// <summary>What stayed is tried again.</summary>
    /// <returns>False if nothing stayed.</returns>
    public async Task<bool> TryStayingAgainAsync(ImportId import) => await _access.ExecuteAsync(
        "update import_line set stays = null where import_id = @Value and stays is not null and undone_at is null", new { import.Value }) > 0;

    /// <summary>What the lines of an import added that were taken back.</summary>
    public async Task<IReadOnlyList<ImportMade>> TakenBackAsync(ImportId import) => (await _access.QueryAsync<LineRow>(
        $"select {LineColumns} from import_line where import_id = @Value and made is not null and undone_at is not null order by place",
        new { import.Value })).Select(row => Read(row).Made!).ToList();

    /// <summary>What the lines of an import added and is still there.</summary>
    public async Task<IReadOnlyList<ImportMade>> MadeAsync(ImportId import) => (await _access.QueryAsync<LineRow>(
        $"select {LineColumns} from import_line where import_id = @Value and made is not null and undone_at is null order by place",
        new { import.Value })).Select(row => Read(row).Made!).ToList();

    /// <summary>Deletes a person who has no address left and never did anything. Fails where something hangs on them.</summary>
    public Task RemovePersonAsync(PersonId person) => _access.ExecuteAsync(
        "delete from person p where p.id = @Value and not exists (select from address a where a.person_id = p.id)", new { person.Value });
}
