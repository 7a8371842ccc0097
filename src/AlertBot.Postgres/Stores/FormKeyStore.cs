namespace AlertBot.Postgres.Stores;

/// <summary>The keys that sign the desk's forms. All nodes share them, and forms survive a restart.</summary>
public sealed class FormKeyStore
{
    private readonly Access _access;

    internal FormKeyStore(Access access) => _access = access;

    public async Task<IReadOnlyList<string>> AllAsync() => (await _access.QueryAsync<Row>("select id, element from form_key order by created_at, id"))
        .Select(row => _access.Open("form_key.element", row.Id, row.Element)!).ToList();

    public Task AddAsync(string element)
    {
        var id = Guid.CreateVersion7();
        return _access.ExecuteAsync(
            "insert into form_key (id, element, created_at) values (@id, @element, @now)",
            new { id, element = _access.Seal("form_key.element", id, element), now = _access.Now });
    }

    private sealed record Row(Guid Id, byte[] Element);
}
