using System.Text.Json;
using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Updates that arrived and are not handled yet. An update is confirmed to the messenger only once it is stored here.</summary>
public sealed class InboxStore
{
    /// <summary>
    /// More than so many updates of one sender within a minute are taken after everybody else's; of somebody with a role, after those of others
    /// with one. None is refused.
    /// </summary>
    public const int MostAMinute = 20;

    // Whoever has more waiting than this has heaped it up: what they add does not bring it forward.
    private const int MostBroughtForward = 2 * MostAMinute;

    // Nothing waits behind it.
    private const int LastLane = 3;

    private readonly Access _access;

    internal InboxStore(Access access) => _access = access;

    internal bool HasNews { get; private set; }

    /// <returns>False if it was already stored, because the messenger delivered it twice.</returns>
    public async Task<bool> AddAsync(IncomingUpdate update)
    {
        var id = Guid.CreateVersion7();
        var sender = update.Sender ?? update.Chat;
        var senderHash = _access.Vault.Lookup("sender", sender.Value);
        // One at a time for each sender, so that exactly one of those that wait is at the head.
        await _access.ExecuteAsync(LockSender("@sender"), new { sender = senderHash });
        var added = await _access.FirstAsync<Added>(
            """
            insert into incoming_message (id, channel, key, sender, album, body, lane, received_at, is_head)
            select @id, @channel, @key, @sender, @album::bytea, @body::bytea,
                   case when exists (
                            select from address a join person p on p.id = a.person_id
                            where  a.lookup = @lookup and p.role <> 'reporter' and not p.frozen)
                            then case when s.lately >= @MostAMinute then 1 else 0 end
                        when s.lately >= @MostAMinute then 3
                        when exists (select from address a join report r on r.address_id = a.id where a.lookup = @lookup) then 0
                        when @isBare then 2
                        else 1
                   end,
                   @now, not exists (select from incoming_message w where w.sender = @sender and w.state = 'waiting')
            from   (select count(*) as lately
                    from   (select from incoming_message m where m.sender = @sender and m.received_at > @minute limit @MostAMinute) l) s
            where  not exists (select from incoming_message where channel = @channel and key = @asItCame)
            on conflict (channel, key) do nothing
            returning lane, is_head
            """,
            new
            {
                id,
                channel = Codes.Of(update.Chat.Channel),
                // A messenger may make its key from a phone number, which could be guessed, so we store a hash. Older rows have the key itself.
                key = Convert.ToHexStringLower(_access.Vault.Lookup("update", update.Key)),
                asItCame = update.Key,
                sender = senderHash,
                album = update.Album is { } album ? _access.Vault.Lookup("album", $"{update.Chat.Value} {album}") : null,
                lookup = AddressStore.LookupOf(_access, sender),
                minute = _access.Now - Duration.FromMinutes(1),
                MostAMinute,
                isBare = update.ReadReceipt is not null
                    || (update.Text is ['/', ..] && !update.Text.Any(char.IsWhiteSpace) && update.Files.Count == 0),
                body = _access.Seal("incoming_message.body", id, JsonSerializer.Serialize(update, StoredJson.Options)),
                now = _access.Now,
            });
        // One sender's updates are handled in order. A report must not wait behind its sender's earlier command.
        if (added is { IsHead: false, Lane: < LastLane } && await IsNoHeapAsync(senderHash))
            await _access.ExecuteAsync(
                """
                update incoming_message set lane = @Lane
                where  id in (
                    -- What is handled now needs no better place, and nobody waits for it here.
                    select m.id from incoming_message m
                    where  m.sender = @sender and m.state = 'waiting' and m.lane > @Lane
                    for update skip locked)
                """,
                new { added.Lane, sender = senderHash });
        HasNews |= added is not null;
        return added is not null;
    }

    private Task<bool> IsNoHeapAsync(byte[] sender) => _access.ValueAsync<bool>(
        """
        select count(*) <= @MostBroughtForward
        from   (select from incoming_message where sender = @sender and state = 'waiting' limit @MostBroughtForward + 1) w
        """,
        new { sender, MostBroughtForward });

    /// <summary>
    /// Stores, as failed, an update that <see cref="AddAsync"/> could not store. Its key is a hash, since the database may have refused the key
    /// itself.
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
    /// The first of the senders' oldest waiting updates, by lane, that nobody handles. It is locked until the act ends. So one person's updates are
    /// handled in order, and different people do not wait for each other.
    /// </summary>
    public async Task<StoredUpdate?> TakeNextAsync()
    {
        var row = await _access.FirstAsync<Row>(
            """
            select id, body, received_at
            from   incoming_message
            where  state = 'waiting' and is_head
            order  by lane, seq
            limit  1
            for    update skip locked
            """);
        return row is null ? null : new StoredUpdate(
            row.Id,
            () => JsonSerializer.Deserialize<IncomingUpdate>(_access.Open("incoming_message.body", row.Id, row.Body)!, StoredJson.Options)!,
            row.ReceivedAt);
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

    /// <summary>Marks it as handled and deletes its content.</summary>
    public Task MarkHandledAsync(Guid id) => EndAsync(id, "state = 'handled', body = null", null);

    /// <summary>Marks it as failed. Its content stays, sealed, for an investigation.</summary>
    public Task MarkFailedAsync(Guid id, string faultCode) => EndAsync(id, "state = 'failed', fault_code = @faultCode", faultCode);

    /// <summary>
    /// Puts at the head what waits behind nobody, in case an older version of the program ended the update before it.
    /// </summary>
    public Task<int> FindHeadsAsync() => _access.ExecuteAsync(
        """
        update incoming_message m set is_head = true
        where  m.state = 'waiting' and not m.is_head
        and    not exists (select from incoming_message e where e.sender = m.sender and e.state = 'waiting' and e.seq < m.seq)
        """);

    // The sender's next one comes to the head in the same act.
    private Task<int> EndAsync(Guid id, string how, string? faultCode) => _access.ExecuteAsync(
        $"""
        {LockSender("(select sender from incoming_message where id = @id)")};
        update incoming_message set {how}, is_head = false where id = @id;
        update incoming_message set is_head = true
        where  id = (
            select w.id from incoming_message w
            where  w.sender = (select sender from incoming_message where id = @id) and w.state = 'waiting'
            order  by w.seq limit 1)
        """,
        new { id, faultCode });

    private static string LockSender(string sender) => $"select pg_advisory_xact_lock(hashtextextended(encode({sender}, 'hex'), 53))";

    /// <summary>Deletes this sender's updates that were not handled, waiting or set aside, except the one being handled.</summary>
    public Task ForgetAsync(ChannelAddress sender, Guid except) => _access.ExecuteAsync(
        "update incoming_message set state = 'handled', body = null, is_head = false where sender = @sender and id <> @except and body is not null",
        new { sender = _access.Vault.Lookup("sender", sender.Value), except });

    /// <summary>Whether words of people, and no bare commands, came since then and are not handled yet.</summary>
    public Task<bool> HasWordsAsync(Instant since) => _access.ValueAsync<bool>(
        "select exists (select from incoming_message where state = 'waiting' and is_head and lane <= 1 and received_at > @since)", new { since });

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

    private sealed record Added(short Lane, bool IsHead);

    private sealed record Row(Guid Id, byte[] Body, Instant ReceivedAt);
}

/// <param name="Read">Decrypts it. Fails for one that was tampered with, which must not stop the others.</param>
public sealed record StoredUpdate(Guid Id, Func<IncomingUpdate> Read, Instant ReceivedAt);
