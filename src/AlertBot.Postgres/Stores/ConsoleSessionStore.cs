using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>
/// Who is signed in to the desk, and where. Only a keyed hash of the cookie's secret is stored. A suspension or a new role ends the sessions here.
/// </summary>
public sealed class ConsoleSessionStore
{
    private const string Columns = "id, person_id, browser, began_at, expires_at";

    private readonly Access _access;

    internal ConsoleSessionStore(Access access) => _access = access;

    /// <summary>Adds a session, and deletes those that are over.</summary>
    public async Task AddAsync(ConsoleSession session, ConsoleSecret secret)
    {
        await _access.ExecuteAsync("delete from console_session where expires_at <= @BeganAt", new { session.BeganAt });
        await _access.ExecuteAsync(
            """
            insert into console_session (id, person_id, secret_hash, browser, began_at, expires_at)
            values (@Id, @Person, @hash, @browser, @BeganAt, @ExpiresAt)
            """,
            new
            {
                Id = session.Id.Value,
                Person = session.Person.Value,
                hash = HashOf(secret),
                session.BeganAt,
                session.ExpiresAt,
                browser = _access.Seal("console_session.browser", session.Id.Value, session.Browser.ToText()),
            });
    }

    /// <summary>Null if unknown or over.</summary>
    public async Task<ConsoleSession?> FindAsync(ConsoleSecret secret) =>
        await _access.FirstAsync<Row>(
            $"select {Columns} from console_session where secret_hash = @hash and expires_at > @now",
            new { hash = HashOf(secret), now = _access.Now }) is { } row
            ? Read(row)
            : null;

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<ConsoleSession>> OfAsync(PersonId person)
    {
        var rows = await _access.QueryAsync<Row>(
            $"select {Columns} from console_session where person_id = @Value and expires_at > @now order by began_at, id",
            new { person.Value, now = _access.Now });
        return rows.Select(Read).ToList();
    }

    /// <returns>False if the person has no session with that id.</returns>
    public async Task<bool> EndAsync(PersonId person, ConsoleSessionId id) => await _access.ExecuteAsync(
        "delete from console_session where id = @Id and person_id = @Person", new { Id = id.Value, Person = person.Value }) > 0;

    private byte[] HashOf(ConsoleSecret secret) => _access.Vault.Lookup("console_session", secret.Reveal());

    private ConsoleSession Read(Row row) => new(
        new ConsoleSessionId(row.Id), new PersonId(row.PersonId), Browser.Read(_access.Open("console_session.browser", row.Id, row.Browser)!),
        row.BeganAt, row.ExpiresAt);

    private sealed record Row(Guid Id, Guid PersonId, byte[] Browser, Instant BeganAt, Instant ExpiresAt);
}
