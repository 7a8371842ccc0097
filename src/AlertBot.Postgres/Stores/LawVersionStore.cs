namespace AlertBot.Postgres.Stores;

/// <summary>The version of the law with which the deadlines were last computed.</summary>
public sealed class LawVersionStore
{
    private readonly Access _access;

    internal LawVersionStore(Access access) => _access = access;

    /// <summary>Null if they were never computed.</summary>
    public Task<string?> FingerprintAsync() => _access.ValueAsync<string>("select fingerprint from law_version");

    public Task SaveAsync(string fingerprint) => _access.ExecuteAsync(
        """
        insert into law_version (fingerprint, applied_at) values (@fingerprint, @now)
        on conflict (is_only) do update set fingerprint = excluded.fingerprint, applied_at = excluded.applied_at
        """,
        new { fingerprint, now = _access.Now });
}
