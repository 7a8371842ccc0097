using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Corrections of events, with the kinds and dates before and after, so that they can be undone.</summary>
public sealed class EventChangeStore
{
    private const string Facts = "to_jsonb(e) - 'detail' - 'seq'";

    private readonly Access _access;

    internal EventChangeStore(Access access) => _access = access;

    /// <summary>Replaces the events with the same ids, and keeps the old ones.</summary>
    public async Task<EventChangeId> SaveAsync(IReadOnlyList<CaseEvent> events, PersonId? by)
    {
        var change = EventChangeId.New();
        foreach (var @event in events)
        {
            var id = Guid.CreateVersion7();
            await _access.ExecuteAsync(
                $"""
                insert into event_change (id, batch, event_id, before, after, changed_by, changed_at)
                select @id, @batch, e.id, {Facts}, {Facts}, @by, @now from case_event e where e.id = @event
                """,
                new { id, batch = change.Value, @event = @event.Id.Value, by = by?.Value, now = _access.Now });
            await WriteAsync(@event);
            await _access.ExecuteAsync(
                $"update event_change c set after = {Facts} from case_event e where c.id = @id and e.id = c.event_id", new { id });
        }

        return change;
    }

    /// <summary>The events that it changed, when, and by whom; null if the id is unknown.</summary>
    public async Task<(IReadOnlyList<EventId> Events, Instant At, PersonId? By)?> FindAsync(EventChangeId id)
    {
        var rows = await _access.QueryAsync<Row>(
            "select event_id, changed_at, changed_by from event_change where batch = @Value order by id", new { id.Value });
        return rows.Count == 0 ? null
            : (rows.Select(row => new EventId(row.EventId)).ToList(), rows[0].ChangedAt, rows[0].ChangedBy is { } by ? new PersonId(by) : null);
    }

    /// <summary>Restores the old events.</summary>
    /// <returns>False if they were restored before, or if an event has changed since.</returns>
    public async Task<bool> UndoAsync(EventChangeId id, PersonId? by) => await _access.ExecuteAsync(
        $"""
        with undone as (
            update event_change c set undone_by = @by, undone_at = @now
            from   case_event e
            where  c.batch = @Value and e.id = c.event_id and c.undone_at is null and {Facts} = c.after
            and    not exists (
                select from event_change o join case_event f on f.id = o.event_id
                where  o.batch = @Value and to_jsonb(f) - 'detail' - 'seq' <> o.after)
            returning c.event_id, c.before)
        update case_event e
        set    kind = b.kind, at_day = b.at_day, at_time = b.at_time, at_zone = b.at_zone, at_precision = b.at_precision, at_until = b.at_until,
               first_moment = b.first_moment, last_moment = b.last_moment, served = b.served, known = b.known,
               sets_day = b.sets_day, sets_time = b.sets_time, sets_zone = b.sets_zone, sets_precision = b.sets_precision,
               sets_until = b.sets_until, body = b.body, about = b.about, preferred = b.preferred, preferred_by = b.preferred_by,
               is_withdrawn = b.is_withdrawn, recorded_by = b.recorded_by, confirmed_by = b.confirmed_by, confirmed_at = b.confirmed_at
        from   undone u, jsonb_populate_record(null::case_event, u.before) b
        where  e.id = u.event_id
        """,
        new { id.Value, by = by?.Value, now = _access.Now }) > 0;

    private Task<int> WriteAsync(CaseEvent @event)
    {
        var window = @event.When?.Window;
        return _access.ExecuteAsync(
            """
            update case_event
            set    kind = @Kind, at_day = @AtDay, at_time = @AtTime, at_zone = @AtZone, at_precision = @AtPrecision, at_until = @AtUntil,
                   first_moment = @First, last_moment = @Last, served = @Served, known = @Known,
                   sets_day = @SetsDay, sets_time = @SetsTime, sets_zone = @SetsZone, sets_precision = @SetsPrecision, sets_until = @SetsUntil,
                   body = @Body, about = @About, preferred = @Preferred, is_withdrawn = @IsWithdrawn, recorded_by = @RecordedBy,
                   confirmed_by = @ConfirmedBy, confirmed_at = case when @ConfirmedBy::uuid is null then null else confirmed_at end
            where  id = @Id
            """,
            new
            {
                Id = @event.Id.Value,
                Kind = @event.Kind.Code,
                AtDay = @event.When?.Day,
                AtTime = @event.When?.Time,
                AtZone = @event.When?.Zone.Id,
                AtPrecision = @event.When is { } when ? Codes.Of(when.Precision) : null,
                AtUntil = @event.When?.Until,
                window?.First,
                window?.Last,
                @event.Served,
                @event.Known,
                SetsDay = @event.Sets?.Day,
                SetsTime = @event.Sets?.Time,
                SetsZone = @event.Sets?.Zone.Id,
                SetsPrecision = @event.Sets is { } sets ? Codes.Of(sets.Precision) : null,
                SetsUntil = @event.Sets?.Until,
                @event.Body,
                About = @event.About?.Value,
                @event.Preferred,
                @event.IsWithdrawn,
                RecordedBy = @event.RecordedBy?.Value,
                ConfirmedBy = @event.ConfirmedBy?.Value,
            });
    }

    private sealed record Row(Guid EventId, Instant ChangedAt, Guid? ChangedBy);
}

public readonly record struct EventChangeId(Guid Value)
{
    public static EventChangeId New() => new(Guid.CreateVersion7());
}
