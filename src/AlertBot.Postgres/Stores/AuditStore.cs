using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Who did what, when. Only ever added to; holds ids and codes, no words of people.</summary>
public sealed partial class AuditStore
{
    private readonly Access _access;

    internal AuditStore(Access access) => _access = access;

    /// <param name="subject">Id of the case, person, address or alert acted on.</param>
    public Task AddAsync(PersonId? by, AuditAct act, Guid? subject, string? detail = null)
    {
        var entry = Guid.CreateVersion7();
        return _access.ExecuteAsync(
            "insert into audit (at, person_id, act, subject, detail, entry, sign) values (@at, @by, @act, @subject, @detail, @entry, @sign)",
            new
            {
                at = _access.Now,
                by = by?.Value,
                act = act.Code,
                subject,
                detail,
                entry,
                sign = SignOf(entry, _access.Now, by?.Value, act.Code, subject, detail),
            });
    }

    /// <summary>When the first act was done; null: none yet.</summary>
    public Task<Instant?> SinceAsync() => _access.FirstAsync<Instant?>("select at from audit order by id limit 1");

    public async Task<IReadOnlyList<AuditEntry>> OfAsync(Guid subject) => (await _access.QueryAsync<EntryRow>(
        "select at, person_id, act, detail from audit where subject = @subject order by id", new { subject }))
        .Select(row => new AuditEntry(row.At, row.PersonId, new AuditAct(row.Act), row.Detail)).ToList();

    private sealed record EntryRow(Instant At, Guid? PersonId, string Act, string? Detail);
}

public sealed record AuditEntry(Instant At, Guid? PersonId, AuditAct Act, string? Detail);
