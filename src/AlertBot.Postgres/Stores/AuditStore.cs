using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Who did what and when. Rows are only ever added. They hold ids and codes, no words of people.</summary>
public sealed partial class AuditStore
{
    private readonly Access _access;

    internal AuditStore(Access access) => _access = access;

    /// <param name="subject">The id of the case, person, address or alert.</param>
    public Task AddAsync(PersonId? by, AuditAct act, Guid? subject, string? detail = null)
    {
        var entry = Guid.CreateVersion7();
        return _access.ExecuteAsync(
            """
            insert into audit (at, person_id, token_id, act, subject, detail, entry, sign)
            values (@at, @by, @token, @act, @subject, @detail, @entry, @sign)
            """,
            new
            {
                at = _access.Now,
                by = by?.Value,
                token = _access.Token,
                act = act.Code,
                subject,
                detail,
                entry,
                sign = SignOf(entry, _access.Now, by?.Value, act.Code, subject, detail, _access.Token),
            });
    }

    /// <summary>The time of the first entry; null if there is none.</summary>
    public Task<Instant?> SinceAsync() => _access.FirstAsync<Instant?>("select at from audit order by id limit 1");

    public async Task<IReadOnlyList<AuditEntry>> OfAsync(Guid subject) => (await _access.QueryAsync<EntryRow>(
        "select id, at, person_id, token_id, act, subject, detail from audit where subject = @subject order by id", new { subject }))
        .Select(Read).ToList();

    /// <summary>One person's acts since then, newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ByAsync(PersonId person, Instant since, IReadOnlyCollection<AuditAct> acts) =>
        (await _access.QueryAsync<EntryRow>(
            """
            select   id, at, person_id, token_id, act, subject, detail from audit
            where    person_id = @Value and at >= @since and act = any(@acts)
            order by id desc
            """,
            new { person.Value, since, acts = acts.Select(act => act.Code).ToArray() })).Select(Read).ToList();

    public async Task<AuditEntry?> FindAsync(long id) => await _access.FirstAsync<EntryRow>(
        "select id, at, person_id, token_id, act, subject, detail from audit where id = @id", new { id }) is { } row ? Read(row) : null;

    private static AuditEntry Read(EntryRow row) => new(row.Id, row.At, row.PersonId, new AuditAct(row.Act), row.Subject, row.Detail)
    {
        Token = row.TokenId,
    };

    private sealed record EntryRow(long Id, Instant At, Guid? PersonId, Guid? TokenId, string Act, Guid? Subject, string? Detail);
}

/// <param name="Subject">The id of the case, person, address or alert.</param>
public sealed record AuditEntry(long Id, Instant At, Guid? PersonId, AuditAct Act, Guid? Subject, string? Detail)
{
    /// <summary>The token with which a program did it for the person; null: the person did.</summary>
    public Guid? Token { get; init; }
}
