using AlertBot.Domain.CheckIns;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>The contacts whom people at risk named, each with a contact link that works once. Only a keyed hash of a link is stored.</summary>
public sealed class CheckInContactStore
{
    private const string Columns = "c.id, c.check_in_id, i.person_id as named_by, c.person_id, c.agreed_at, c.expires_at, c.created_at";

    private readonly Access _access;

    internal CheckInContactStore(Access access) => _access = access;

    public Task AddAsync(CheckInId of, string code, Instant expiresAt) => _access.ExecuteAsync(
        "insert into check_in_contact (id, check_in_id, code_hash, expires_at, created_at) values (@Id, @Value, @hash, @expiresAt, @now)",
        new { Id = Guid.CreateVersion7(), of.Value, hash = HashOf(code), expiresAt, now = _access.Now });

    /// <summary>The link of that code, locked until the act ends so that two people cannot use it; null if unknown, used or too old.</summary>
    public async Task<CheckInContact?> TakeAsync(string code) => (await _access.FirstAsync<Row>(
        $"""
        select {Columns}
        from   check_in_contact c
        join   check_in i on i.id = c.check_in_id
        where  c.code_hash = @hash and c.expires_at > @now
        for    update of c
        """,
        new { hash = HashOf(code), now = _access.Now }))?.ToContact();

    /// <summary>Records that somebody agrees to be a contact, which uses up the link.</summary>
    /// <returns>False if that person is already a contact; the link then still works for somebody else.</returns>
    public async Task<bool> AgreeAsync(CheckInContact contact, PersonId person) => await _access.ExecuteAsync(
        """
        update check_in_contact c set person_id = @Person, agreed_at = @now, code_hash = null
        where  c.id = @Id and not exists (select from check_in_contact o where o.check_in_id = c.check_in_id and o.person_id = @Person)
        """,
        new { contact.Id, Person = person.Value, now = _access.Now }) == 1;

    /// <summary>The contacts who agreed, and the links that still work, in the order of their making.</summary>
    public async Task<IReadOnlyList<CheckInContact>> OfAsync(CheckInId id) => (await _access.QueryAsync<Row>(
        $"""
        select   {Columns}
        from     check_in_contact c
        join     check_in i on i.id = c.check_in_id
        where    c.check_in_id = @Value and (c.person_id is not null or c.expires_at > @now)
        order by c.created_at, c.id
        """,
        new { id.Value, now = _access.Now })).Select(row => row.ToContact()).ToList();

    /// <summary>The check-ins of other people in which that person is a contact.</summary>
    public async Task<IReadOnlyList<CheckInContact>> NamingAsync(PersonId person) => (await _access.QueryAsync<Row>(
        $"""
        select   {Columns}
        from     check_in_contact c
        join     check_in i on i.id = c.check_in_id
        where    c.person_id = @Value
        order by c.created_at, c.id
        """,
        new { person.Value })).Select(row => row.ToContact()).ToList();

    public Task DeleteAsync(CheckInContact contact) => _access.ExecuteAsync("delete from check_in_contact where id = @Id", new { contact.Id });

    private byte[] HashOf(string code) => _access.Vault.Lookup("check-in", code);

    private sealed record Row(Guid Id, Guid CheckInId, Guid NamedBy, Guid? PersonId, Instant? AgreedAt, Instant ExpiresAt, Instant CreatedAt)
    {
        public CheckInContact ToContact() => new(
            Id, new CheckInId(CheckInId), new PersonId(NamedBy), PersonId is { } person ? new PersonId(person) : null,
            AgreedAt, ExpiresAt, CreatedAt);
    }
}

/// <summary>A contact to tell when a person at risk does not answer, or the link for one.</summary>
/// <param name="Person">Null if nobody has followed the link yet.</param>
public sealed record CheckInContact(
    Guid Id, CheckInId CheckIn, PersonId NamedBy, PersonId? Person, Instant? AgreedAt, Instant ExpiresAt, Instant CreatedAt);
