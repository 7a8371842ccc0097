using System.Security.Cryptography;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Sign-in links to the desk. Only keyed hashes of their secrets, and of the secrets of the browsers that opened them, are stored.</summary>
public sealed class SignInLinkStore
{
    private const string Columns = "id, person_id, address_id, state, expires_at, browser, number";

    // A person with an old link is still told that it is old, and the audit log names its owner.
    private static readonly Duration Kept = Duration.FromDays(1);

    private readonly Access _access;

    internal SignInLinkStore(Access access) => _access = access;

    /// <summary>Adds a link, and deletes old ones.</summary>
    public async Task AddAsync(SignInLink link, ConsoleSecret token)
    {
        await _access.ExecuteAsync("delete from sign_in_link where expires_at < @before", new { before = _access.Now - Kept });
        await _access.ExecuteAsync(
            """
            insert into sign_in_link (id, person_id, address_id, token_hash, state, created_at, expires_at)
            values (@Id, @Person, @From, @hash, @State, @now, @ExpiresAt)
            """,
            new
            {
                Id = link.Id.Value,
                Person = link.Person.Value,
                From = link.From.Value,
                hash = TokenHash(token),
                State = Codes.Of(link.State),
                now = _access.Now,
                link.ExpiresAt,
            });
    }

    /// <summary>The link with that secret, locked until the act ends so that two browsers cannot open it.</summary>
    public async Task<SignInLink?> TakeAsync(ConsoleSecret token) => Read(await _access.FirstAsync<Row>(
        $"select {Columns} from sign_in_link where token_hash = @hash for update", new { hash = TokenHash(token) }));

    public async Task<SignInLink?> TakeAsync(SignInLinkId id) => Read(await _access.FirstAsync<Row>(
        $"select {Columns} from sign_in_link where id = @Value for update", new { id.Value }));

    /// <summary>The link that the browser has opened.</summary>
    public async Task<SignInLink?> TakeOfBrowserAsync(ConsoleSecret browser) => Read(await _access.FirstAsync<Row>(
        $"select {Columns} from sign_in_link where browser_hash = @hash for update", new { hash = BrowserHash(browser) }));

    /// <summary>Whether that browser has opened the link.</summary>
    public async Task<bool> IsOpenedByAsync(SignInLink link, ConsoleSecret browser) =>
        await _access.ValueAsync<byte[]>("select browser_hash from sign_in_link where id = @Value", new { link.Id.Value }) is { } opened
        && CryptographicOperations.FixedTimeEquals(opened, BrowserHash(browser));

    public Task OpenAsync(SignInLink link, ConsoleSecret secret, Browser browser, int number) => _access.ExecuteAsync(
        "update sign_in_link set state = @state, browser_hash = @hash, browser = @browser, number = @number where id = @Value",
        new
        {
            link.Id.Value,
            state = Codes.Of(SignInState.Opened),
            hash = BrowserHash(secret),
            number,
            browser = _access.Seal("sign_in_link.browser", link.Id.Value, browser.ToText()),
        });

    public Task SetStateAsync(SignInLink link, SignInState state) => _access.ExecuteAsync(
        "update sign_in_link set state = @state where id = @Value", new { link.Id.Value, state = Codes.Of(state) });

    /// <summary>Ends the person's pending links, because of a newer one or at the person's wish.</summary>
    public Task EndAllAsync(PersonId person) => _access.ExecuteAsync(
        "update sign_in_link set state = 'ended' where person_id = @Value and state in ('given', 'opened', 'confirmed')", new { person.Value });

    /// <summary>How many links the person got since then.</summary>
    public Task<int> CountAsync(PersonId person, Instant since) => _access.ValueAsync<int>(
        "select count(*)::int from sign_in_link where person_id = @Value and created_at > @since", new { person.Value, since });

    private byte[] TokenHash(ConsoleSecret token) => _access.Vault.Lookup("sign_in_link.token", token.Reveal());

    private byte[] BrowserHash(ConsoleSecret secret) => _access.Vault.Lookup("sign_in_link.browser", secret.Reveal());

    private SignInLink? Read(Row? row) => row is null ? null : new SignInLink(
        new SignInLinkId(row.Id), new PersonId(row.PersonId), new AddressId(row.AddressId), Codes.Read<SignInState>(row.State), row.ExpiresAt)
    {
        Browser = _access.Open("sign_in_link.browser", row.Id, row.Browser) is { } browser ? Browser.Read(browser) : null,
        Number = row.Number,
    };

    private sealed record Row(Guid Id, Guid PersonId, Guid AddressId, string State, Instant ExpiresAt, byte[]? Browser, int? Number);
}
