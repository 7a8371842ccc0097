using System.Text.Json;
using AlertBot.Domain.People;

namespace AlertBot.Postgres.Stores;

/// <summary>Unfinished conversations, one for each person and chat. They survive a restart, and their content is sealed.</summary>
public sealed class ConversationStore
{
    private readonly Access _access;

    internal ConversationStore(Access access) => _access = access;

    public async Task<Conversation?> FindAsync(AddressId address)
    {
        var row = await _access.FirstAsync<Row>(
            "select kind, version, state from conversation where address_id = @Value for update", new { address.Value });
        return row is null ? null : new Conversation(row.Kind, row.Version, _access.Open("conversation.state", address.Value, row.State)!);
    }

    public Task SaveAsync<T>(AddressId address, string kind, int version, T state) => _access.LaterAsync(
        """
        insert into conversation (address_id, kind, version, state, changed_at)
        values (@Value, @kind, @version, @state, @now)
        on conflict (address_id) do update set
            kind = excluded.kind, version = excluded.version, state = excluded.state, changed_at = excluded.changed_at
        """,
        new
        {
            address.Value,
            kind,
            version,
            state = _access.Seal("conversation.state", address.Value, JsonSerializer.Serialize(state, StoredJson.Options)),
            now = _access.Now,
        });

    public Task EndAsync(AddressId address) =>
        _access.LaterAsync("delete from conversation where address_id = @Value", new { address.Value });

    private sealed record Row(string Kind, int Version, byte[] State);
}

/// <param name="Kind">The conversation's kind, such as <c>newcase</c>.</param>
/// <param name="Version">The version of the state's shape.</param>
public sealed record Conversation(string Kind, int Version, string Json)
{
    /// <summary>Null if it was saved in another shape; the conversation then begins anew.</summary>
    public T? Read<T>(int version)
        where T : class
    {
        try
        {
            return Version == version ? JsonSerializer.Deserialize<T>(Json, StoredJson.Options) : null;
        }
        catch (JsonException)
        {
            // The shape changed without a new version, so the state is treated as an old one.
            return null;
        }
    }

    public override string ToString() => $"(conversation {Kind})";
}
