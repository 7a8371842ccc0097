using System.Security.Cryptography;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>What programs were answered to requests with a key of their own, so that a repetition does nothing and is answered the same.</summary>
public sealed class ApiAnswerStore
{
    public static readonly Duration KeptFor = Duration.FromHours(48);

    // What was answered is gone, and what it answered is done: neither is done again.
    private const string Forgotten = "{}";

    private readonly Access _access;

    internal ApiAnswerStore(Access access) => _access = access;

    /// <summary>
    /// Claims a key for this act, and forgets the old ones. Of two requests with one key at the same moment the second waits for the first.
    /// </summary>
    /// <param name="request">All that makes it the same request: method, address and body.</param>
    public async Task<ClaimedKey> ClaimAsync(ApiTokenId token, string key, string request)
    {
        await ForgetOldAsync();
        var id = Guid.CreateVersion7();
        var (keyHash, asked) = (_access.Vault.Lookup("api_answer.key", key), _access.Vault.Lookup("api_answer.asked", request));
        var isNew = await _access.ExecuteAsync(
            """
            insert into api_answer (id, token_id, key_hash, asked_hash, at) values (@id, @Token, @keyHash, @asked, @now)
            on conflict (token_id, key_hash) do nothing
            """,
            new { id, Token = token.Value, keyHash, asked, now = _access.Now }) > 0;
        if (isNew)
            return new ClaimedKey.New(id);

        var row = await _access.FirstAsync<Row>(
            "select id, asked_hash, status, body from api_answer where token_id = @Token and key_hash = @keyHash",
            new { Token = token.Value, keyHash }) ?? throw new InvalidOperationException("An answer vanished in the middle of an act.");
        return CryptographicOperations.FixedTimeEquals(row.AskedHash, asked)
            ? new ClaimedKey.Answered(row.Status ?? 0, _access.Open("api_answer.body", row.Id, row.Body) ?? Forgotten)
            : new ClaimedKey.OfAnother();
    }

    public Task SaveAsync(ClaimedKey.New claimed, int status, string body) => _access.ExecuteAsync(
        "update api_answer set status = @status, body = @body where id = @Id",
        new { claimed.Id, status, body = _access.Seal("api_answer.body", claimed.Id, body) });

    public Task ForgetOldAsync() => _access.ExecuteAsync(
        "delete from api_answer where at <= @before", new { before = _access.Now - KeptFor });

    private sealed record Row(Guid Id, byte[] AskedHash, int? Status, byte[]? Body);
}

/// <summary>What a program's key for a request stands for.</summary>
public abstract record ClaimedKey
{
    private ClaimedKey() { }

    public sealed record New(Guid Id) : ClaimedKey;

    /// <summary>It was done and answered before.</summary>
    public sealed record Answered(int Status, string Body) : ClaimedKey
    {
        public override string ToString() => "(answer)";
    }

    /// <summary>It was used for another request.</summary>
    public sealed record OfAnother : ClaimedKey;
}
