using System.Text.Json;
using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Updates that arrived and are not handled yet. An update is confirmed to the messenger only once it is stored here.</summary>
public sealed partial class InboxStore
{
    // Everything that may be a report, and everything of people who work here or have reported.
    private const int LaneOfWords = 1;

    private readonly Access _access;

    internal InboxStore(Access access) => _access = access;

    /// <summary>
    /// Stores, as failed, an update that <see cref="AddAsync(IncomingUpdate)"/> could not store. Its key is a hash, since the database may have
    /// refused the key itself.
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

    // What is free stands behind the one that is taken, and so does the sender's next one. Before it stands only what others have in hand, and what
    // is over and not cleared away yet: to look there would take longer with every update.
    private const string IsMoreBehind =
        """
        (exists (select from incoming_message o where o.state = 'waiting' and o.is_head and (o.lane, o.seq) > (m.lane, m.seq))
         or exists (select from incoming_message o where o.state = 'waiting' and o.sender = m.sender and o.seq > m.seq))
        """;

    /// <summary>
    /// The first of the senders' oldest waiting updates that nobody handles. It is locked until the act ends. So one person's updates are handled in
    /// order, and different people do not wait for each other.
    /// </summary>
    /// <returns>Null if there is none.</returns>
    public async Task<StoredUpdate?> TakeNextAsync(InboxTurn turn = InboxTurn.ByLane)
    {
        var row = await _access.FirstAsync<Row>(
            $"""
            select m.id, m.body, m.received_at, {(turn == InboxTurn.Longest ? "true" : IsMoreBehind)} as has_more
            from   incoming_message m
            where  state = 'waiting' and is_head {(turn == InboxTurn.WordsOnly ? "and lane <= @LaneOfWords" : "")}
            order  by {(turn == InboxTurn.Longest ? "" : "lane, ")}seq
            limit  1
            for    update of m skip locked
            """,
            new { LaneOfWords });
        return row is null ? null : new StoredUpdate(
            row.Id,
            () => JsonSerializer.Deserialize<IncomingUpdate>(_access.Open("incoming_message.body", row.Id, row.Body)!, StoredJson.Options)!,
            row.ReceivedAt,
            row.HasMore);
    }

    /// <summary>Whether another part of the same album was handled before.</summary>
    public Task<bool> IsMoreOfAlbumAsync(Guid id) => _access.ValueAsync<bool>(
        """
        select exists (
            select from incoming_message m
            join   incoming_message before on before.album = m.album and before.seq < m.seq and before.state <> 'waiting'
            where  m.id = @id
        )
        """,
        new { id });

    /// <summary>Marks it as handled and deletes its content, with the commit.</summary>
    public void MarkHandled(Guid id) => End(id, "state = 'handled', body = null", null);

    /// <summary>Marks it as failed, with the commit. Its content stays, sealed, for an investigation.</summary>
    public void MarkFailed(Guid id, string faultCode) => End(id, "state = 'failed', fault_code = @faultCode", faultCode);

    /// <summary>
    /// Puts at the head what waits behind nobody, in case an older version of the program ended the update before it. It looks at the first of each
    /// sender, however many more they have waiting.
    /// </summary>
    public Task<int> FindHeadsAsync() => _access.ExecuteAsync(
        """
        with recursive waiting as (
            (select sender from incoming_message where state = 'waiting' order by sender limit 1)
            union all
            select (select m.sender from incoming_message m where m.state = 'waiting' and m.sender > w.sender order by m.sender limit 1)
            from   waiting w
            where  w.sender is not null
        )
        update incoming_message m set is_head = true
        from   waiting w, lateral (
                   select f.id, f.is_head from incoming_message f where f.sender = w.sender and f.state = 'waiting' order by f.seq limit 1) first
        where  m.id = first.id and not first.is_head and not m.is_head and m.state = 'waiting'
        """);

    // The sender's next one comes to the head in the same act.
    private void End(Guid id, string how, string? faultCode) => _access.Last(
        $"""
        select pg_advisory_xact_lock(hashtextextended(encode(sender, 'hex'), 53)) from incoming_message where id = @id;
        update incoming_message set {how}, is_head = false where id = @id;
        update incoming_message set is_head = true
        where  id = (
            select w.id from incoming_message w
            where  w.sender = (select sender from incoming_message where id = @id) and w.state = 'waiting'
            order  by w.seq limit 1)
        """,
        new { id, faultCode });

    /// <summary>Deletes this sender's updates that were not handled, waiting or set aside, except the one being handled.</summary>
    public Task ForgetAsync(ChannelAddress sender, Guid except) => _access.ExecuteAsync(
        "update incoming_message set state = 'handled', body = null, is_head = false where sender = @sender and id <> @except and body is not null",
        new { sender = _access.Vault.Lookup("sender", sender.Value), except });

    public Task<int> WaitingAsync() => _access.ValueAsync<int>("select count(*)::int from incoming_message where state = 'waiting'");

    /// <summary>The number of updates set aside because they could not be stored or handled.</summary>
    public Task<int> CountSetAsideAsync() => _access.ValueAsync<int>("select count(*)::int from incoming_message where state = 'failed'");

    /// <summary>
    /// The number of updates set aside that nobody was told of; they now count as told. Zero if others were told of since that moment.
    /// </summary>
    public Task<int> TakeUntoldAsync(Instant since) => _access.ExecuteAsync(
        """
        update incoming_message set told_at = @now
        where  state = 'failed' and told_at is null and not exists (select from incoming_message where told_at > @since)
        """,
        new { now = _access.Now, since });

    private sealed record Row(Guid Id, byte[] Body, Instant ReceivedAt, bool HasMore);
}

/// <param name="Read">Decrypts it. Fails for one that was tampered with, which must not stop the others.</param>
/// <param name="HasMore">Whether there may be others that nobody has in hand.</param>
public sealed record StoredUpdate(Guid Id, Func<IncomingUpdate> Read, Instant ReceivedAt, bool HasMore);

/// <summary>What a free hand takes next.</summary>
public enum InboxTurn
{
    /// <summary>Who works here or has reported, then words, then bare commands and small talk, then what comes too often.</summary>
    ByLane,

    /// <summary>The same, without bare commands, small talk and what comes too often.</summary>
    WordsOnly,

    /// <summary>What has waited longest, whoever sent it.</summary>
    Longest,
}
