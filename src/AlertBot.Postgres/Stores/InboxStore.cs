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

    private readonly Access _access;

    internal InboxStore(Access access) => _access = access;

    internal bool HasNews { get; private set; }

    /// <returns>False if it was already stored, because the messenger delivered it twice.</returns>
    public async Task<bool> AddAsync(IncomingUpdate update)
    {
        var id = Guid.CreateVersion7();
        var sender = update.Sender ?? update.Chat;
        var isNew = await _access.ExecuteAsync(
            """
            insert into incoming_message (id, channel, key, sender, album, body, lane, received_at)
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
                   @now
            from   (select count(*) as lately from incoming_message m where m.sender = @sender and m.received_at > @minute) s
            where  not exists (select from incoming_message where channel = @channel and key = @asItCame)
            on conflict (channel, key) do nothing
            """,
            new
            {
                id,
                channel = Codes.Of(update.Chat.Channel),
                // A messenger may make its key from a phone number, which could be guessed, so we store a hash. Older rows have the key itself.
                key = Convert.ToHexStringLower(_access.Vault.Lookup("update", update.Key)),
                asItCame = update.Key,
                sender = _access.Vault.Lookup("sender", sender.Value),
                album = update.Album is { } album ? _access.Vault.Lookup("album", $"{update.Chat.Value} {album}") : null,
                lookup = AddressStore.LookupOf(_access, sender),
                minute = _access.Now - Duration.FromMinutes(1),
                MostAMinute,
                isBare = update.ReadReceipt is not null
                    || (update.Text is ['/', ..] && !update.Text.Any(char.IsWhiteSpace) && update.Files.Count == 0),
                body = _access.Seal("incoming_message.body", id, JsonSerializer.Serialize(update, StoredJson.Options)),
                now = _access.Now,
            }) > 0;
        // One sender's updates are handled in order. A report must not wait behind its sender's earlier command.
        if (isNew)
            await _access.ExecuteAsync(
                """
                update incoming_message set lane = n.lane
                from   incoming_message n
                where  n.id = @id and incoming_message.id in (
                    -- What is handled now needs no better place, and nobody waits for it here.
                    select m.id from incoming_message m
                    where  m.sender = n.sender and m.state = 'waiting' and m.lane > n.lane
                    for update skip locked)
                and    (select count(*) from incoming_message w where w.sender = n.sender and w.state = 'waiting') <= @MostBroughtForward
                """,
                new { id, MostBroughtForward });
        HasNews |= isNew;
        return isNew;
    }

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
    /// The oldest update of the first lane that nobody handles and whose sender has no older one waiting. It is locked until the act ends. So one
    /// person's updates are handled in order, and different people do not wait for each other.
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
    public Task MarkHandledAsync(Guid id) =>
        _access.ExecuteAsync("update incoming_message set state = 'handled', body = null where id = @id", new { id });

    /// <summary>Marks it as failed. Its content stays, sealed, for an investigation.</summary>
    public Task MarkFailedAsync(Guid id, string faultCode) => _access.ExecuteAsync(
        "update incoming_message set state = 'failed', fault_code = @faultCode where id = @id", new { id, faultCode });

    /// <summary>Deletes this sender's updates that were not handled, waiting or set aside, except the one being handled.</summary>
    public Task ForgetAsync(ChannelAddress sender, Guid except) => _access.ExecuteAsync(
        "update incoming_message set state = 'handled', body = null where sender = @sender and id <> @except and body is not null",
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

    private sealed record Row(Guid Id, byte[] Body, Instant ReceivedAt);
}

/// <param name="Read">Decrypts it. Fails for one that was tampered with, which must not stop the others.</param>
public sealed record StoredUpdate(Guid Id, Func<IncomingUpdate> Read, Instant ReceivedAt);
