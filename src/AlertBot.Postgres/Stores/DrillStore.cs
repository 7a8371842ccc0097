using AlertBot.Domain.Alerts;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Drills that run, and who answered them.</summary>
public sealed class DrillStore
{
    private readonly Access _access;

    internal DrillStore(Access access) => _access = access;

    /// <param name="alert">What everybody is told.</param>
    /// <param name="until">When whoever began it reads how it went.</param>
    public Task BeginAsync(AlertId alert, PersonId by, Instant until) => _access.ExecuteAsync(
        "insert into drill (alert_id, person_id, started_at, due_at) values (@Alert, @By, @now, @until)",
        new { Alert = alert.Value, By = by.Value, now = _access.Now, until });

    /// <returns>False when it is over, or there is none.</returns>
    public async Task<bool> AnswerAsync(AlertId alert, PersonId person) => await _access.ExecuteAsync(
        """
        insert into drill_answer (alert_id, person_id, at) select alert_id, @Person, @now from drill where alert_id = @Alert and ended_at is null
        on conflict (alert_id, person_id) do update set at = drill_answer.at
        """,
        new { Alert = alert.Value, Person = person.Value, now = _access.Now }) > 0;

    /// <summary>Those whose time is over. They are ended by this, in the act that tells how they went.</summary>
    public async Task<IReadOnlyList<Drill>> EndDueAsync() => (await _access.QueryAsync<(Guid Alert, Guid By, Instant Started)>(
        "update drill set ended_at = @now where ended_at is null and due_at <= @now returning alert_id, person_id, started_at",
        new { now = _access.Now })).Select(row => new Drill(new AlertId(row.Alert), new PersonId(row.By), row.Started)).ToList();

    /// <summary>The people it was sent to, each with when they answered.</summary>
    public async Task<IReadOnlyList<(PersonId Person, Instant? At)>> AnswersAsync(AlertId alert) => (
        await _access.QueryAsync<(Guid Person, Instant? At)>(
        """
        select   t.person_id, a.at
        from     (select o.person_id from delivery d join address o on o.id = d.address_id where d.alert_id = @Value and o.person_id is not null
                  union select person_id from drill_answer where alert_id = @Value) t
        left     join drill_answer a on a.alert_id = @Value and a.person_id = t.person_id
        order by a.at nulls last, t.person_id
        """,
        new { alert.Value })).Select(row => (new PersonId(row.Person), row.At)).ToList();
}

/// <param name="By">Who began it.</param>
public sealed record Drill(AlertId Alert, PersonId By, Instant StartedAt);
