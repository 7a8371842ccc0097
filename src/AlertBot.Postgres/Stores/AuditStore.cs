using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Who did what and when. Rows are only ever added. They hold ids and codes, no words of people.</summary>
public sealed partial class AuditStore
{
    private const int MostOfOne = 1_000;

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

    /// <summary>The newest entries of a subject, in the order in which they were made.</summary>
    /// <param name="before">Only entries older than this one; null: the newest there are.</param>
    public async Task<IReadOnlyList<AuditEntry>> OfAsync(Guid subject, int most = MostOfOne, long? before = null) =>
        (await _access.QueryAsync<EntryRow>(
            """
            select   id, at, person_id, token_id, act, subject, detail from audit
            where    subject = @subject and (@before::bigint is null or id < @before)
            order by id desc
            limit    @most
            """,
            new { subject, most, before })).Reverse().Select(Read).ToList();

    /// <summary>A subject's entries of one act since then, in the order in which they were made.</summary>
    public async Task<IReadOnlyList<AuditEntry>> OfAsync(Guid subject, AuditAct act, Instant since) => (await _access.QueryAsync<EntryRow>(
        """
        select   id, at, person_id, token_id, act, subject, detail from audit
        where    subject = @subject and act = @Code and at >= @since
        order by id
        """,
        new { subject, act.Code, since })).Select(Read).ToList();

    /// <summary>Whether that person did it to that subject since then.</summary>
    public Task<bool> HasAsync(Guid subject, AuditAct act, PersonId by, Instant since) => _access.ValueAsync<bool>(
        "select exists (select from audit where subject = @subject and act = @Code and person_id = @Value and at >= @since and detail is null)",
        new { subject, act.Code, by.Value, since });

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
