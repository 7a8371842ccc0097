using AlertBot.Domain.Cases;
using AlertBot.Domain.People;

namespace AlertBot.Postgres.Stores;

public sealed partial class CaseStore
{
    /// <summary>Keeps a fact that somebody proposes. It is read by nobody but whoever decides about it.</summary>
    public async Task ProposeAsync(CaseId @case, CaseEvent @event)
    {
        await AddEventAsync(@case, @event);
        await _access.ExecuteAsync("update case_event set is_proposed = true where id = @Value", new { @event.Id.Value });
    }

    /// <summary>A proposed fact with its words, and its case; null if it was decided before, or is unknown.</summary>
    public async Task<(CaseFile File, CaseEvent Event)?> FindProposedAsync(EventId @event) =>
        await _access.FirstAsync<EventRow>(
            $"select {EventColumns}, detail from case_event where id = @Value and is_proposed for update", new { @event.Value }) is { } row
        && await FindAsync(new CaseId(row.CaseId)) is { } file
            ? (file, row.ToEvent(_access))
            : null;

    /// <summary>Puts it on file, as told by the one and confirmed by the other.</summary>
    public Task AcceptProposedAsync(EventId @event, PersonId by) => _access.ExecuteAsync(
        "update case_event set is_proposed = false, confirmed_by = @by, confirmed_at = @now where id = @Value and is_proposed",
        new { @event.Value, by = by.Value, now = _access.Now });

    public Task RefuseProposedAsync(EventId @event) =>
        _access.ExecuteAsync("delete from case_event where id = @Value and is_proposed", new { @event.Value });
}
