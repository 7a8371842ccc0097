using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Who did what, when. Only ever added to; holds ids and codes, no words of people.</summary>
public sealed class AuditStore
{
    private readonly Access _access;

    internal AuditStore(Access access) => _access = access;

    /// <param name="act">A short code, e.g. <c>case.subscribe</c>.</param>
    /// <param name="subject">Id of the case, person, address or alert acted on.</param>
    public Task AddAsync(PersonId? by, string act, Guid? subject, string? detail = null) => _access.ExecuteAsync(
        "insert into audit (at, person_id, act, subject, detail) values (@at, @by, @act, @subject, @detail)",
        new { at = _access.Now, by = by?.Value, act, subject, detail });

    public Task<IReadOnlyList<AuditEntry>> OfAsync(Guid subject) => _access.QueryAsync<AuditEntry>(
        "select id, at, person_id, act, subject, detail from audit where subject = @subject order by id", new { subject });

    /// <summary>What one person did since then, the newest first.</summary>
    public Task<IReadOnlyList<AuditEntry>> ByAsync(PersonId person, Instant since, IReadOnlyCollection<string> acts) =>
        _access.QueryAsync<AuditEntry>(
            """
            select   id, at, person_id, act, subject, detail from audit
            where    person_id = @Value and at >= @since and act = any(@acts)
            order by id desc
            """,
            new { person.Value, since, acts = acts.ToArray() });

    public Task<AuditEntry?> FindAsync(long id) => _access.FirstAsync<AuditEntry>(
        "select id, at, person_id, act, subject, detail from audit where id = @id", new { id });
}

/// <param name="Subject">Id of the case, person, address or alert acted on.</param>
public sealed record AuditEntry(long Id, Instant At, Guid? PersonId, string Act, Guid? Subject, string? Detail);
