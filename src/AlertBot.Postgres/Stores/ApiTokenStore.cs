using System.Security.Cryptography;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>
/// The tokens of programs. Only a keyed hash of each is stored. A suspension of their maker or another role ends them here.
/// </summary>
public sealed class ApiTokenStore
{
    private const string Columns = "id, person_id, name, array_to_string(scopes, ' ') as scopes, made_at, expires_at, used_at, ended";

    private static readonly Duration ShownAfterwards = Duration.FromDays(30);
    private static readonly Duration ToTheMinute = Duration.FromMinutes(1);

    private readonly Access _access;

    internal ApiTokenStore(Access access) => _access = access;

    /// <summary>Adds a token, and deletes those that ended a month ago.</summary>
    public async Task AddAsync(ApiToken token, ApiSecret secret)
    {
        await _access.ExecuteAsync("delete from api_token where expires_at <= @before", new { before = _access.Now - ShownAfterwards });
        await _access.ExecuteAsync(
            """
            insert into api_token (id, person_id, secret_hash, name, scopes, made_at, expires_at)
            values (@Id, @Maker, @hash, @name, @scopes, @MadeAt, @ExpiresAt)
            """,
            new
            {
                Id = token.Id.Value,
                Maker = token.Maker.Value,
                hash = HashOf(secret),
                name = _access.Seal("api_token.name", token.Id.Value, token.Name),
                scopes = token.Scopes.Select(Codes.Of).ToArray(),
                token.MadeAt,
                token.ExpiresAt,
            });
    }

    /// <summary>
    /// Lets no other program of this maker count what it sent until the act ends: several at a time would each take itself for the last that is let
    /// through.
    /// </summary>
    public Task CountAloneAsync(PersonId maker) => _access.ExecuteAsync(
        "select pg_advisory_xact_lock(hashtextextended('programs ' || @maker, 0))", new { maker = maker.Value.ToString("N") });

    /// <summary>Also one that opens nothing any more; null if it is none of ours.</summary>
    public async Task<ApiToken?> FindAsync(ApiSecret secret)
    {
        var hash = HashOf(secret);
        return await _access.FirstAsync<FoundRow>("select id, secret_hash from api_token where secret_hash = @hash", new { hash }) is { } found
            // An index may take longer for a hash that is nearly right. It is keyed, so that would tell nothing; nor does this.
            && CryptographicOperations.FixedTimeEquals(found.SecretHash, hash)
            ? await FindAsync(new ApiTokenId(found.Id))
            : null;
    }

    public async Task<ApiToken?> FindAsync(ApiTokenId id) =>
        await _access.FirstAsync<Row>($"select {Columns} from api_token where id = @Value", new { id.Value }) is { } row ? Read(row) : null;

    /// <summary>Newest first.</summary>
    /// <param name="maker">Only those of this person; null: all.</param>
    public async Task<IReadOnlyList<ApiToken>> AllAsync(PersonId? maker) => (await _access.QueryAsync<Row>(
        $"select {Columns} from api_token where @maker::uuid is null or person_id = @maker order by made_at desc, id desc",
        new { maker = maker?.Value })).Select(Read).ToList();

    /// <summary>A program came with it. One that comes often is noted once a minute, and nobody waits for the note of another act.</summary>
    public Task UsedAsync(ApiTokenId id) => _access.ExecuteAsync(
        """
        update api_token set used_at = @now
        where  id = (select id from api_token where id = @Value and (used_at is null or used_at < @before) for no key update skip locked)
        """,
        new { id.Value, now = _access.Now, before = _access.Now - ToTheMinute });

    /// <returns>False if it had ended before.</returns>
    public async Task<bool> EndAsync(ApiTokenId id) => await _access.ExecuteAsync(
        "update api_token set ended = @why where id = @Value and ended is null", new { id.Value, why = Codes.Of(ApiTokenEnd.Revoked) }) > 0;

    private byte[] HashOf(ApiSecret secret) => _access.Vault.Lookup("api_token", secret.Reveal());

    // Its name is for people. Where it does not open, programs come with it as before, and its maker can still end it.
    private ApiToken Read(Row row) => new(
        new ApiTokenId(row.Id), new PersonId(row.PersonId), _access.TryOpen("api_token.name", row.Id, row.Name).Text,
        row.Scopes.Split(' ').Select(Codes.Read<ApiScope>).ToList(), row.MadeAt, row.ExpiresAt)
    {
        UsedAt = row.UsedAt,
        Ended = row.Ended is { } why ? Codes.Read<ApiTokenEnd>(why) : null,
    };

    private sealed record FoundRow(Guid Id, byte[] SecretHash);

    private sealed record Row(
        Guid Id, Guid PersonId, byte[] Name, string Scopes, Instant MadeAt, Instant ExpiresAt, Instant? UsedAt, string? Ended);
}
