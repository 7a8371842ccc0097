using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <content>Messages that no longer matter, waits, and receipts.</content>
public sealed partial class OutboxStore
{
    // What did not arrive stays so; nobody sends it again once it is pointless.
    private const string Pointless =
        """
        state = case when state in ('failed', 'expired') then state else 'superseded' end,
        finished_at = case when state in ('failed', 'expired') then finished_at else @now end, body = null
        """;

    // By so much another node's time may be ahead of an act's, whose own time stands still from its beginning.
    private static readonly Duration Moment = Duration.FromSeconds(1);

    private const string MayBePointless = "(state in ('queued', 'retry', 'maybe') or (state in ('failed', 'expired') and body is not null))";

    /// <summary>Drops waiting messages that a newer one makes pointless.</summary>
    public Task<int> SupersedeAsync(string reason) => _access.ExecuteAsync(
        $"update delivery set {Pointless} where reason = @reason and {MayBePointless}",
        new { reason, now = _access.Now });

    /// <summary>Drops waiting edits of these messages, because only the newest one counts.</summary>
    public Task<int> SupersedeEditsAsync(IReadOnlyCollection<DeliveryId> of) => _access.ExecuteAsync(
        """
        update delivery set state = 'superseded', body = null, finished_at = @now
        where  edits = any(@ids) and state in ('queued', 'retry', 'maybe')
        """,
        new { ids = of.Select(id => id.Value).ToArray(), now = _access.Now });

    /// <summary>The addresses that got, or are about to get, a case's alerts whose key begins with one of these.</summary>
    public async Task<IReadOnlyList<AddressId>> ToldAsync(CaseId @case, IReadOnlyCollection<string> dedupPrefixes) =>
        (await _access.QueryAsync<Guid>(
            """
            select distinct d.address_id
            from   alert a
            join   delivery d on d.alert_id = a.id
            where  a.case_id = @Value and d.state in ('queued', 'sending', 'retry', 'maybe', 'sent')
            and    exists (select from unnest(@prefixes) p where starts_with(a.dedup_key, p))
            """,
            new { @case.Value, prefixes = dedupPrefixes.ToArray() })).Select(id => new AddressId(id)).ToList();

    /// <summary>Records that messages have arrived on the person's phone or were read.</summary>
    public Task MarkReadReceiptAsync(AddressId at, ReadReceipt receipt) => _access.ExecuteAsync(
        """
        update delivery
        set    arrived_at = coalesce(arrived_at, @now), read_at = case when @isRead then coalesce(read_at, @now) else read_at end
        where  address_id = @Value and message_ref = any(@refs)
        """,
        new
        {
            at.Value,
            refs = receipt.Messages.Select(message => message.Value).ToArray(),
            isRead = receipt.Kind == ReadReceiptKind.Read,
            now = _access.Now,
        });

    /// <summary>Whether a message with that reason was sent to the address, or waits.</summary>
    public Task<bool> HasAsync(string reason, AddressId to) => _access.ValueAsync<bool>(
        "select exists (select from delivery where reason = @reason and address_id = @Value)", new { to.Value, reason });

    /// <summary>Drops a stranger's waiting answers, because only the newest one counts.</summary>
    public Task SupersedeAnswersAsync(AddressId to) => _access.ExecuteAsync(
        """
        update delivery set state = 'superseded', body = null, finished_at = @now
        where  address_id = @Value and priority = 5 and state in ('queued', 'retry') and parts_sent = 0 and unclear = 0
        """,
        new { to.Value, now = _access.Now });

    /// <summary>
    /// The waits that the messenger demanded, taken from the deliveries that wait, so that a new sender need not run into them again. A null chat
    /// means the whole account.
    /// </summary>
    /// <param name="account">The outcome of deliveries that wait for the account.</param>
    /// <param name="chat">The outcome of deliveries that wait for their chat.</param>
    public async Task<IReadOnlyList<(string? Chat, Instant Until)>> WaitsAsync(ChannelKind channel, string account, string chat) =>
        (await _access.QueryAsync<WaitRow>(
            """
            select   case when d.outcome = @chat then a.chat end as chat, max(d.not_before) as until
            from     delivery d
            join     address a on a.id = d.address_id
            where    d.channel = @channel and d.state in ('queued', 'retry', 'maybe') and d.not_before > @now and d.outcome in (@account, @chat)
            group by 1
            """,
            new { channel = Codes.Of(channel), account, chat, now = _access.Now }))
        .Select(row => (row.Chat is null ? null : Convert.ToBase64String(row.Chat), row.Until)).ToList();

    /// <summary>Ends the wait that the messenger demanded for these deliveries.</summary>
    /// <param name="outcome">The outcome of deliveries that wait so.</param>
    public async Task<int> ReleaseAsync(ChannelKind channel, string outcome)
    {
        var released = await _access.ExecuteAsync(
            "update delivery set not_before = @now where channel = @channel and state = 'retry' and outcome = @outcome and not_before > @now",
            new { channel = Codes.Of(channel), outcome, now = _access.Now });
        Wake(released);
        return released;
    }

    /// <inheritdoc cref="ReleaseAsync(ChannelKind, string)"/>
    public async Task<int> ReleaseAsync(AddressId to, string outcome)
    {
        var released = await _access.ExecuteAsync(
            "update delivery set not_before = @now where address_id = @Value and state = 'retry' and outcome = @outcome and not_before > @now",
            new { to.Value, outcome, now = _access.Now });
        Wake(released);
        return released;
    }

    /// <summary>
    /// Makes due what waits only because the clock was ahead and then went back: what was due when it was raised, and what waits longer to be tried
    /// again than anything does.
    /// </summary>
    /// <param name="planned">Outcomes of deliveries whose wait may be long.</param>
    /// <returns>How many waited for longer than a moment: what another node raised just now is not from the future.</returns>
    public async Task<int> ReleaseFromFutureAsync(ChannelKind channel, Duration longestRetry, IReadOnlyCollection<string> planned)
    {
        var waits = await _access.QueryAsync<Instant>(
            """
            with ahead as (
                select d.id, d.not_before
                from   delivery d
                where  channel = @channel and state in ('queued', 'retry', 'maybe') and not_before > @now
                and    case when state = 'queued'
                            then telling = 'answer' or attempts > 0 or parts_sent > 0
                                 or exists (select from alert a where a.id = d.alert_id and a.raised_at >= d.not_before)
                            else not_before > @latest and (outcome is null or outcome <> all(@planned))
                       end
                for    update of d),
            freed as (update delivery d set not_before = @now from ahead a where d.id = a.id)
            select not_before from ahead
            """,
            new
            {
                channel = Codes.Of(channel),
                now = _access.Now,
                latest = _access.Now + longestRetry,
                planned = planned.ToArray(),
            });
        Wake(waits.Count);
        return waits.Count(until => until > _access.Now + Moment);
    }

    /// <summary>Messages of alerts whose key begins so that are in chats, or on their way there.</summary>
    public async Task<IReadOnlyList<(DeliveryId Id, AddressId To)>> ToldAsync(string dedupPrefix) =>
        (await _access.QueryAsync<(Guid Id, Guid To)>(
            """
            select   d.id, d.address_id
            from     alert a
            join     delivery d on d.alert_id = a.id
            where    starts_with(a.dedup_key, @dedupPrefix) and d.edits is null and d.state in ('sent', 'sending')
            order by d.seq
            """,
            new { dedupPrefix })).Select(row => (new DeliveryId(row.Id), new AddressId(row.To))).ToList();

    /// <summary>Drops waiting messages of alerts whose key begins so, because something newer makes them pointless.</summary>
    public Task<int> SupersedeUntoldAsync(string dedupPrefix) => _access.ExecuteAsync(
        $"""
        update delivery d set {Pointless}
        from   alert a
        where  a.id = d.alert_id and starts_with(a.dedup_key, @dedupPrefix) and {MayBePointless}
        """,
        new { dedupPrefix, now = _access.Now });

    /// <summary>Drops all that waits, for a clock that jumps over years, so that nothing is sent with an apology for being late.</summary>
    public Task DropWaitingAsync() => _access.ExecuteAsync(
        "update delivery set state = 'superseded', body = null, lease_until = null where state in ('queued', 'sending', 'retry', 'maybe')");

    /// <summary>Our messages that are still in a chat, newest first, without those withdrawn before.</summary>
    public async Task<IReadOnlyList<HangingMessage>> HangingAsync(AddressId at) => (await _access.QueryAsync<HangingRow>(
        """
        select   id, message_ref, array_to_string(earlier_refs, ' ') as earlier_refs
        from     delivery d
        where    address_id = @Value and message_ref is not null and withdrawn_at is null
        and      (edits is null and edits_ref is null
                  -- A change that could not be made where it belongs is a message of its own.
                  or message_ref <> coalesce(edits_ref, (select e.message_ref from delivery e where e.id = d.edits)))
        order by seq desc
        """,
        new { at.Value })).Select(row => new HangingMessage(new DeliveryId(row.Id), PartsOf(row).ToList())).ToList();

    /// <summary>Marks them as withdrawn: no edit of them is sent any more, see <see cref="OutboxGate"/>.</summary>
    public Task MarkWithdrawnAsync(IReadOnlyCollection<DeliveryId> messages) => _access.ExecuteAsync(
        "update delivery set withdrawn_at = @now where id = any(@ids)", new { ids = messages.Select(id => id.Value).ToArray(), now = _access.Now });

    /// <summary>The number of all deliveries by state.</summary>
    public async Task<IReadOnlyDictionary<DeliveryState, int>> CountAsync() =>
        (await _access.QueryAsync<(string State, int Count)>("select state, count(*)::int from delivery group by state"))
        .ToDictionary(row => Codes.Read<DeliveryState>(row.State), row => row.Count);

    /// <summary>Moves messages held for a person's quiet hours to the new end of those hours. They stay worth sending as long after it.</summary>
    public async Task<int> HoldUntilAsync(PersonId person, Instant until)
    {
        // Only those messages are queued for later: a failed attempt leaves another state than 'queued'.
        var moved = await _access.ExecuteAsync(
            """
            update delivery
            set    not_before = @until, expires_at = expires_at + (@until - not_before)
            where  address_id in (select id from address where person_id = @Value) and state = 'queued' and not_before > @now and not_before <> @until
            """,
            new { person.Value, until, now = _access.Now });
        Wake(moved);
        return moved;
    }

    private async Task HoldBackAsync(Guid id)
    {
        await _access.ExecuteAsync(
            "update delivery set state = 'failed', outcome = 'held_back', body = null, lease_until = null, finished_at = @now where id = @id",
            new { id, now = _access.Now });
        HeldBack++;
    }

    private static IEnumerable<MessageRef> PartsOf(HangingRow row) =>
        (row.EarlierRefs ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(row.MessageRef).Distinct()
        .Select(part => new MessageRef(part));

    private sealed record WaitRow(byte[]? Chat, Instant Until);

    private sealed record HangingRow(Guid Id, string MessageRef, string? EarlierRefs);
}

/// <summary>One of our messages in a chat, with all its parts.</summary>
public sealed record HangingMessage(DeliveryId Id, IReadOnlyList<MessageRef> Parts);
