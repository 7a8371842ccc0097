using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

public sealed partial class DeadlineStore
{
    /// <summary>From now on that person follows these up; null: nobody does.</summary>
    public Task FollowUpAsync(IReadOnlyCollection<DeadlineId> ids, PersonId? by) => _access.ExecuteAsync(
        "update deadline set followed_by = @by where id = any(@ids)", new { ids = Values(ids), by = by?.Value });

    /// <summary>Nothing is said of these until then. A question that is open rests with them.</summary>
    public Task SnoozeAsync(IReadOnlyCollection<DeadlineId> ids, Instant until) => _access.ExecuteAsync(
        """
        update deadline set snoozed_until = @until, asked_at = null, asked_of = @owner, look_at = least(look_at, @until)
        where  id = any(@ids)
        """,
        new { ids = Values(ids), until, owner = Codes.Of(AskedOf.Owner) });

    /// <summary>Somebody answered: the question is not open any more.</summary>
    public Task AnsweredAsync(IReadOnlyCollection<DeadlineId> ids) => _access.ExecuteAsync(
        "update deadline set asked_at = null, asked_of = @owner where id = any(@ids)",
        new { ids = Values(ids), owner = Codes.Of(AskedOf.Owner) });

    /// <summary>What somebody follows up and still runs, the next first.</summary>
    public async Task<IReadOnlyList<(CaseId Case, StoredDeadline Deadline)>> FollowedByAsync(PersonId person)
    {
        var cases = await _access.QueryAsync<Guid>("select distinct case_id from deadline where followed_by = @Value", new { person.Value });
        return (await OfAsync(cases.Select(id => new CaseId(id)).ToList()))
            .SelectMany(group => group.Select(deadline => (group.Key, deadline)))
            .Where(pair => pair.deadline.FollowUp.By == person && pair.deadline.Deadline.IsOpen)
            .OrderBy(pair => pair.deadline.Deadline.Limit.Earliest.Instant).ToList();
    }

    private static Guid[] Values(IReadOnlyCollection<DeadlineId> ids) => ids.Select(id => id.Value).ToArray();
}
