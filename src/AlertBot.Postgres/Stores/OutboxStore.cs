using System.Text.Json;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Postgres.Vaults;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>The outbox: messages to send. Each is added in the act that causes it, and stays until its outcome is known.</summary>
public sealed partial class OutboxStore
{
    internal const string Body = "delivery.body";

    // A sender taken for dead may have lost its delivery to another one. What it records after that must not count.
    private const string StillOurs = "id = @Value and state = 'sending' and attempts = @Attempts and parts_sent = @PartsSent";

    // Of a delivery d and its address a.
    private const string Columns =
        $"""
        d.id, d.alert_id, d.address_id, a.chat, a.channel,
        coalesce(a.value, (select r.value from reporter_address r where r.address_id = a.id)) as value,
        d.priority, d.body, d.attempts, d.unclear, d.parts_sent,
        (d.edits is not null or d.edits_ref is not null) as is_edit,
        coalesce(d.edits_ref, (select e.message_ref from delivery e where e.id = d.edits)) as edited_ref,
        d.expires_at, d.seq, (a.dark_why is not null and a.dark_why not in ('stopped', 'key_changed')) as is_dark,
        a.is_group, (not a.is_group and a.warm_at is null and a.new_on is null) as is_stranger,
        (not a.is_group and a.warm_at is null) as is_new,
        coalesce((select p.language from person p where p.id = a.person_id), a.language) as language,
        a.lookup, (select x.dedup_key from alert x where x.id = d.alert_id) as cause, {OutboxGate.MayBeTold} as may,
        exists (select from restored) as is_restored,
        {BundleColumns}
        """;

    private readonly Access _access;

    internal OutboxStore(Access access) => _access = access;

    /// <summary>Due deliveries that cannot be decrypted. They are given up, so that they do not hold up the others.</summary>
    public List<UnreadableDelivery> Unreadable { get; } = [];

    /// <summary>Whether the last taking left out what is no alert, because people's words are being read that may become alerts.</summary>
    public bool HeldAnswers { get; private set; }

    /// <summary>When the next delivery becomes due, if the last taking found none; null if there is none.</summary>
    public Instant? NextDue { get; private set; }

    /// <summary>How many due deliveries ended because their address may no longer be told.</summary>
    public int HeldBack { get; private set; }

    /// <summary>
    /// Takes due deliveries, most urgent first and one for each chat, and hides them from other senders during the lease.
    /// </summary>
    /// <param name="sender">The sender's id, by which the next sender finds what this one left behind.</param>
    /// <param name="busyChats">Hashes of chats that must wait.</param>
    /// <param name="last">The lowest class to take.</param>
    /// <param name="wordsSince">
    /// While people's words of since then are being read: only alerts, and what was due before then. Null: everything.
    /// </param>
    /// <param name="newPeople">False: nothing to people who never wrote to us.</param>
    public async Task<IReadOnlyList<DueDelivery>> TakeDueAsync(
        ChannelKind channel, int limit, Guid sender, Duration lease, IReadOnlyCollection<string> busyChats,
        DeliveryPriority last = DeliveryPriority.Stranger, bool newPeople = true, Instant? wordsSince = null)
    {
        // One row stands for none, so that it says in any case whether answers were held.
        var found = await _access.QueryAsync<Row>(
            $"""
            with words as materialized (
                select @wordsSince::timestamptz is not null and exists (
                    select from incoming_message
                    where  state = 'waiting' and is_head and lane <= 1 and received_at > @wordsSince::timestamptz) as are_read
            ),
            due as (
                select   d.id, d.priority, d.seq, a.chat
                from     delivery d
                join     address a on a.id = d.address_id
                where    d.channel = @channel and d.state in ('queued', 'retry', 'maybe') and d.not_before <= @now
                and      d.priority <= @last and a.chat <> all(@busy)
                and      (d.priority <= 1 or not (select are_read from words) or d.not_before < @wordsSince::timestamptz)
                and      (@newPeople or a.is_group or a.warm_at is not null)
                and      not exists (select from delivery e where e.id = d.edits and e.state in ('queued', 'retry', 'maybe', 'sending'))
                order by d.priority, d.seq
                limit    @limit
                for      update of d skip locked
            ),
            first as (
                select distinct on (chat) id from due order by chat, priority, seq
            ),
            taken as (
                update delivery d
                set    state = 'sending', attempts = attempts + 1, sender = @sender, bundling_sender = @sender, lease_until = @until
                from   first, address a
                where  d.id = first.id and a.id = d.address_id
                returning {Columns}
            )
            select t.*, w.are_read,
                   case when t.id is null then (
                       select n.not_before from delivery n
                       where  n.channel = @channel and n.state in ('queued', 'retry', 'maybe') and n.not_before > @now
                       order  by n.not_before limit 1) end as next_due
            from   words w
            left   join taken t on true
            """,
            new
            {
                channel = Codes.Of(channel),
                now = _access.Now,
                limit,
                sender,
                until = _access.Now + lease,
                last = (short)last,
                newPeople,
                wordsSince,
                busy = busyChats.Select(Convert.FromBase64String).ToArray(),
            });
        (HeldAnswers, NextDue) = (found[0].AreRead, found[0].NextDue);
        var rows = found.Where(row => row.Id != Guid.Empty).ToList();
        var taken = new List<DueDelivery>(rows.Count);
        var repeats = await RepeatsAsync(rows);
        foreach (var row in rows.OrderBy(row => row.Priority).ThenBy(row => row.Seq))
        {
            if (!row.May)
            {
                await HoldBackAsync(row.Id);
                continue;
            }

            try
            {
                taken.Add(OfBundle(Read(repeats.Contains(row.Id) ? row with { Unclear = Math.Max(1, row.Unclear) } : row), row));
            }
            catch (Exception damaged) when (damaged is VaultException or JsonException or ArgumentException or InvalidOperationException)
            {
                await _access.ExecuteAsync(
                    "update delivery set state = 'failed', outcome = 'unreadable', lease_until = null, finished_at = @now where id = @Id",
                    new { row.Id, now = _access.Now });
                Unreadable.Add(new UnreadableDelivery(
                    new DeliveryId(row.Id), row.AlertId is { } alert ? new AlertId(alert) : null, new AddressId(row.AddressId)));
            }
        }

        return taken;
    }

    /// <summary>Releases deliveries of another, dead sender, and those whose lease ended. Nobody knows whether they arrived.</summary>
    public Task<int> ReleaseOrphansAsync(ChannelKind channel, Guid sender, Instant urgentAgain, Instant othersAgain) => _access.ExecuteAsync(
        """
        update delivery
        set    state = 'maybe', unclear = unclear + 1, sender = null, lease_until = null,
               not_before = case when priority = 0 then @urgentAgain else @othersAgain end
        where  channel = @channel and state = 'sending' and (sender is distinct from @sender or lease_until < @now)
        """,
        new { channel = Codes.Of(channel), sender, now = _access.Now, urgentAgain, othersAgain });

    /// <summary>Records one part of a long text as sent. The next part waits like any other message.</summary>
    public Task MarkPartSentAsync(DueDelivery delivery, MessageRef message) => _access.ExecuteAsync(
        $"""
        update delivery
        set    state = 'queued', earlier_refs = array_append(earlier_refs, @Ref), message_ref = @Ref, parts_sent = parts_sent + 1,
               attempts = 0, unclear = 0, lease_until = null, not_before = @now
        where  {StillOurs}
        """,
        new { delivery.Id.Value, delivery.Attempts, delivery.PartsSent, Ref = message.Value, now = _access.Now });

    /// <param name="reason">A short word, never text from outside.</param>
    /// <param name="mayHaveArrived">It says from now on that it may be a repeat.</param>
    public Task MarkRetryAsync(DueDelivery delivery, Instant at, string reason, bool mayHaveArrived = false) => _access.ExecuteAsync(
        $"""
        update delivery
        set    state = 'retry', not_before = @at, outcome = @reason, lease_until = null, unclear = greatest(unclear, @least)
        where  {StillOurs}
        """,
        new { delivery.Id.Value, delivery.Attempts, delivery.PartsSent, at, reason, least = mayHaveArrived ? 1 : 0 });

    /// <summary>Records that it may have arrived. It is sent once more, marked as a possible repeat.</summary>
    public Task MarkMaybeAsync(DueDelivery delivery, Instant again, string reason) => _access.ExecuteAsync(
        $"update delivery set state = 'maybe', unclear = unclear + 1, not_before = @again, outcome = @reason, lease_until = null where {StillOurs}",
        new { delivery.Id.Value, delivery.Attempts, delivery.PartsSent, again, reason });

    /// <param name="state">Failed, superseded or expired.</param>
    /// <returns>False if it had already ended.</returns>
    public async Task<bool> EndAsync(DueDelivery delivery, DeliveryState state, string? outcome) => await _access.ExecuteAsync(
        $"""
        update delivery
        set    state = @state, outcome = @outcome, lease_until = null, finished_at = @now,
               body = case when @isLost and {IsKept} then body end
        where  {StillOurs}
        """,
        new
        {
            delivery.Id.Value,
            delivery.Attempts,
            delivery.PartsSent,
            state = Codes.Of(state),
            outcome,
            now = _access.Now,
            isLost = state is DeliveryState.Failed or DeliveryState.Expired,
        }) > 0;

    /// <summary>Turns an edit of a message that can no longer be edited into a new message.</summary>
    public Task SendAnewAsync(DueDelivery delivery) => _access.ExecuteAsync(
        $"update delivery set state = 'queued', edits = null, edits_ref = null, not_before = @now, lease_until = null where {StillOurs}",
        new { delivery.Id.Value, delivery.Attempts, delivery.PartsSent, now = _access.Now });

    /// <summary>Cards that arrived, by the beginning of their alert's key, to be edited in place.</summary>
    public async Task<IReadOnlyList<(DeliveryId Id, AddressId To)>> SentAsync(CaseId @case, string dedupPrefix) =>
        (await _access.QueryAsync<(Guid Id, Guid To)>(
            """
            select   d.id, d.address_id
            from     alert a
            join     delivery d on d.alert_id = a.id
            where    a.case_id = @Value and starts_with(a.dedup_key, @dedupPrefix) and d.state = 'sent'
            order by d.seq
            """,
            new { @case.Value, dedupPrefix })).Select(row => (new DeliveryId(row.Id), new AddressId(row.To))).ToList();

    private void Wake(int changed)
    {
        if (changed > 0)
            _access.Wake(Wakeups.Outbox);
    }

    private DueDelivery Read(Row row)
    {
        var body = JsonSerializer.Deserialize<StoredBody>(_access.Open(Body, row.Id, row.Body)!, StoredJson.Options)!;
        return new DueDelivery(
            new DeliveryId(row.Id), row.AlertId is { } alert ? new AlertId(alert) : null,
            new AddressId(row.AddressId), Convert.ToBase64String(row.Chat),
            new ChannelAddress(Codes.Read<ChannelKind>(row.Channel), _access.Open("address.value", row.AddressId, row.Value)
                ?? throw new InvalidOperationException("The address was lost in a restore.")),
            (DeliveryPriority)row.Priority, body.Message, body.RepeatNote, row.Attempts, row.Unclear, row.PartsSent,
            row.IsEdit, row.EditedRef is null ? null : new MessageRef(row.EditedRef), row.ExpiresAt)
        {
            IsDark = row.IsDark,
            IsGroup = row.IsGroup,
            IsToStranger = row.IsStranger,
            IsNew = row.IsNew,
            Language = row.Language,
            Companions = row.Companions,
        };
    }

    internal sealed record StoredBody(OutgoingMessage Message, RichText RepeatNote);

    private sealed record Row(
        Guid Id, Guid? AlertId, Guid AddressId, byte[] Chat, string Channel, byte[]? Value, short Priority, byte[] Body, int Attempts, int Unclear,
        int PartsSent, bool IsEdit, string? EditedRef, Instant ExpiresAt, long Seq, bool IsDark, bool IsGroup, bool IsStranger, bool IsNew,
        string Language,
        byte[] Lookup, string? Cause, bool May, bool IsRestored, int Companions, bool IsOfBundle, bool AreRead, Instant? NextDue);
}
