using System.Text.Json;
using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>What arrived and is not handled yet. An update is confirmed to the messenger only once it is here.</summary>
public sealed class InboxStore
{
    private readonly Access _access;

    internal InboxStore(Access access) => _access = access;

    internal bool HasNews { get; private set; }

    /// <returns>False when it was here before: the messenger delivered it twice.</returns>
    public async Task<bool> AddAsync(IncomingUpdate update)
    {
        var id = Guid.CreateVersion7();
        var isNew = await _access.ExecuteAsync(
            """
            insert into incoming_message (id, channel, key, sender, body, received_at)
            select @id, @channel, @key, @sender, @body, @now
            where  not exists (select from incoming_message where channel = @channel and key = @asItCame)
            on conflict (channel, key) do nothing
            """,
            new
            {
                id,
                channel = Codes.Of(update.Chat.Channel),
                // What a messenger calls it may be made of a number, and could be guessed. Those of before are kept as they came.
                key = Convert.ToHexStringLower(_access.Vault.Lookup("update", update.Key)),
                asItCame = update.Key,
                sender = _access.Vault.Lookup("sender", (update.Sender ?? update.Chat).Value),
                body = _access.Seal("incoming_message.body", id, JsonSerializer.Serialize(update, StoredJson.Options)),
                now = _access.Now,
            }) > 0;
        HasNews |= isNew;
        return isNew;
    }

    /// <summary>
    /// Keeps an update that <see cref="AddAsync"/> fails for, as failed. It stands under a hash of its own id, which may be what the database
    /// does not take.
    /// </summary>
    public Task SetAsideAsync(IncomingUpdate update, string faultCode)
    {
        var id = Guid.CreateVersion7();
        return _access.ExecuteAsync(
            """
            insert into incoming_message (id, channel, key, sender, body, received_at, state, fault_code)
            values (@id, @channel, @key, @sender, @body, @now, 'failed', @faultCode)
            on conflict (channel, key) do nothing
            """,
            new
            {
                id,
                channel = Codes.Of(update.Chat.Channel),
                key = "set-aside:" + Convert.ToHexString(_access.Vault.Lookup("update", update.Key)),
                sender = _access.Vault.Lookup("sender", (update.Sender ?? update.Chat).Value),
                body = _access.Seal("incoming_message.body", id, JsonSerializer.Serialize(update, StoredJson.Options)),
                now = _access.Now,
                faultCode,
            });
    }

    /// <summary>
    /// The oldest update that nobody handles now and whose sender has no older one waiting. What one person says is handled
    /// in order, and different people do not wait for each other. It stays locked until the act ends.
    /// </summary>
    public async Task<StoredUpdate?> TakeNextAsync()
    {
        var row = await _access.FirstAsync<Row>(
            """
            select id, body, received_at
            from   incoming_message m
            where  state = 'waiting'
            and    not exists (
                select from incoming_message earlier
                where  earlier.sender = m.sender and earlier.state = 'waiting' and earlier.seq < m.seq
            )
            order  by seq
            limit  1
            for    update skip locked
            """);
        return row is null ? null : new StoredUpdate(
            row.Id,
            () => JsonSerializer.Deserialize<IncomingUpdate>(_access.Open("incoming_message.body", row.Id, row.Body)!, StoredJson.Options)!,
            row.ReceivedAt);
    }

    /// <summary>Marks it as handled and deletes what it said.</summary>
    public Task MarkHandledAsync(Guid id) =>
        _access.ExecuteAsync("update incoming_message set state = 'handled', body = null where id = @id", new { id });

    /// <summary>Marks it as failed. What it said stays, sealed, for whoever looks into it.</summary>
    public Task MarkFailedAsync(Guid id, string faultCode) => _access.ExecuteAsync(
        "update incoming_message set state = 'failed', fault_code = @faultCode where id = @id", new { id, faultCode });

    /// <summary>
    /// Deletes what this sender said and nobody handled, waiting or set aside, except the update that is being handled.
    /// </summary>
    public Task ForgetAsync(ChannelAddress sender, Guid except) => _access.ExecuteAsync(
        "update incoming_message set state = 'handled', body = null where sender = @sender and id <> @except and body is not null",
        new { sender = _access.Vault.Lookup("sender", sender.Value), except });

    public Task<int> WaitingAsync() => _access.ValueAsync<int>("select count(*)::int from incoming_message where state = 'waiting'");

    /// <summary>How many were set aside, whether they could not be stored or not be handled.</summary>
    public Task<int> CountSetAsideAsync() => _access.ValueAsync<int>("select count(*)::int from incoming_message where state = 'failed'");

    /// <summary>How many were set aside of which nobody heard yet; they have heard now. None while they heard of others since that moment.</summary>
    public Task<int> TakeUntoldAsync(Instant since) => _access.ExecuteAsync(
        """
        update incoming_message set told_at = @now
        where  state = 'failed' and told_at is null and not exists (select from incoming_message where told_at > @since)
        """,
        new { now = _access.Now, since });

    private sealed record Row(Guid Id, byte[] Body, Instant ReceivedAt);
}

/// <param name="Read">Opens it; fails for one that was tampered with, which must not stop the others.</param>
public sealed record StoredUpdate(Guid Id, Func<IncomingUpdate> Read, Instant ReceivedAt);
