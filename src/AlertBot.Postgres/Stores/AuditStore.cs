using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Who did what, when. Only ever added to; holds ids and codes, no words of people.</summary>
public sealed partial class AuditStore
{
    private readonly Access _access;

    internal AuditStore(Access access) => _access = access;

    /// <param name="act">A short code, e.g. <c>case.subscribe</c>.</param>
    /// <param name="subject">Id of the case, person, address or alert acted on.</param>
    public Task AddAsync(PersonId? by, string act, Guid? subject, string? detail = null)
    {
        var entry = Guid.CreateVersion7();
        return _access.ExecuteAsync(
            "insert into audit (at, person_id, act, subject, detail, entry, sign) values (@at, @by, @act, @subject, @detail, @entry, @sign)",
            new
            {
                at = _access.Now,
                by = by?.Value,
                act,
                subject,
                detail,
                entry,
                sign = SignOf(entry, _access.Now, by?.Value, act, subject, detail),
            });
    }

    /// <summary>When the first act was done; null: none yet.</summary>
    public Task<Instant?> SinceAsync() => _access.FirstAsync<Instant?>("select at from audit order by id limit 1");

    public Task<IReadOnlyList<AuditEntry>> OfAsync(Guid subject) => _access.QueryAsync<AuditEntry>(
        "select at, person_id, act, detail from audit where subject = @subject order by id", new { subject });
}

public sealed record AuditEntry(Instant At, Guid? PersonId, string Act, string? Detail);
