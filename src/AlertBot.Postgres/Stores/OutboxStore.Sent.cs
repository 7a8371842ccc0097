using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;

namespace AlertBot.Postgres.Stores;

public sealed partial class OutboxStore
{
    // After a restore without a journal, a message of the first day may be a repeat. What people tell us after the restore is new.
    private const string MayBeRepeat =
        """
        select d.id
        from   delivery d
        join   alert x on x.id = d.alert_id
        join   restored r on r.known_until is null and x.raised_at >= r.restored_at and x.raised_at < r.restored_at + interval '24 hours'
        left   join incident i on i.id = x.incident_id
        where  d.id = any(@ids) and (i.id is null or i.opened_at < r.restored_at)
        """;

    private readonly List<byte[]> _sent = [];

    /// <summary>Keyed hashes of the messages marked as sent. They go to the journal after the commit.</summary>
    internal IReadOnlyCollection<byte[]> Sent => _sent;

    /// <summary>Records that it arrived, whoever sent it and whatever its state is now.</summary>
    /// <param name="place">Its place among several alerts in one message, null: the message is its own.</param>
    public async Task MarkSentAsync(DeliveryId id, MessageRef message, int? place = null)
    {
        var sent = await _access.FirstAsync<SentRow>(
            """
            update delivery d
            set    state = 'sent', message_ref = @Ref, parts_sent = parts_sent + 1, outcome = null, lease_until = null, finished_at = @now,
                   body = null, bundle_place = @place::int
            from   address a
            where  d.id = @Value and d.state <> 'sent' and a.id = d.address_id
            returning a.lookup, (select x.dedup_key from alert x where x.id = d.alert_id and d.edits is null and d.edits_ref is null) as cause
            """,
            new { id.Value, Ref = message.Value, now = _access.Now, place });
        if (sent is { Cause: { } cause })
            _sent.Add(PrintOf(cause, sent.Lookup));
    }

    /// <summary>Records many as sent in one statement.</summary>
    public async Task MarkSentAsync(IReadOnlyCollection<(DeliveryId Id, MessageRef Message)> all)
    {
        var sent = await _access.QueryAsync<SentRow>(
            """
            update delivery d
            set    state = 'sent', message_ref = s.ref, parts_sent = d.parts_sent + 1, outcome = null, lease_until = null, finished_at = @now,
                   body = null
            from   unnest(@ids, @refs) s (id, ref), address a
            where  d.id = s.id and d.state <> 'sent' and a.id = d.address_id
            returning a.lookup, (select x.dedup_key from alert x where x.id = d.alert_id and d.edits is null and d.edits_ref is null) as cause
            """,
            new { ids = all.Select(one => one.Id.Value).ToArray(), refs = all.Select(one => one.Message.Value).ToArray(), now = _access.Now });
        _sent.AddRange(sent.Where(row => row.Cause is not null).Select(row => PrintOf(row.Cause!, row.Lookup)));
    }

    /// <summary>
    /// Runs after a restore. A waiting message that the journal lists as sent counts as sent. Without a journal all waiting messages may have been
    /// sent, and are marked so.
    /// </summary>
    /// <param name="journal">Messages sent since the backup was made; null if unknown.</param>
    /// <returns>How many deliveries count as sent, and how many are marked.</returns>
    public async Task<(int Sent, int Marked)> RememberAsync(IReadOnlyCollection<byte[]>? journal)
    {
        const string Waits = "state in ('queued', 'retry', 'maybe', 'sending')";
        if (journal is null)
            return (0, await _access.ExecuteAsync(
                $"update delivery set unclear = unclear + 1, state = 'maybe', lease_until = null where {Waits} and alert_id is not null"));

        await _access.ExecuteAsync(
            "insert into sent_before (print) select unnest(@prints) on conflict do nothing", new { prints = journal.ToArray() });
        var known = journal.Select(Convert.ToBase64String).ToHashSet();
        var waiting = await _access.QueryAsync<WaitingRow>(
            $"""
            select d.id, a.lookup, x.dedup_key as cause
            from   delivery d
            join   address a on a.id = d.address_id
            join   alert x on x.id = d.alert_id
            where  {Waits} and d.edits is null and d.edits_ref is null
            """);
        var sent = waiting.Where(row => known.Contains(Convert.ToBase64String(PrintOf(row.Cause, row.Lookup)))).Select(row => row.Id).ToArray();
        return (await _access.ExecuteAsync(
            """
            update delivery set state = 'sent', outcome = @outcome, body = null, lease_until = null, finished_at = @now
            where  id = any(@sent)
            """,
            new { sent, outcome = "before_restore", now = _access.Now }), 0);
    }

    // Finds the rows that were, or may have been, sent before a restore.
    private async Task<HashSet<Guid>> RepeatsAsync(IReadOnlyList<Row> rows)
    {
        if (!rows.Any(row => row is { Cause: not null, IsRestored: true }))
            return [];

        var repeats = (await _access.QueryAsync<Guid>(MayBeRepeat, new { ids = rows.Select(row => row.Id).ToArray() })).ToHashSet();
        var prints = rows.Where(row => row is { Cause: not null, IsEdit: false })
            .ToLookup(row => Convert.ToBase64String(PrintOf(row.Cause!, row.Lookup)), row => row.Id);
        foreach (var print in await _access.QueryAsync<byte[]>(
            "select print from sent_before where print = any(@prints)",
            new { prints = prints.Select(one => Convert.FromBase64String(one.Key)).ToArray() }))
            repeats.UnionWith(prints[Convert.ToBase64String(print)]);
        return repeats;
    }

    private byte[] PrintOf(string cause, byte[] address) =>
        _access.Vault.Lookup("sent", $"{Convert.ToHexString(address)} {cause}")[..Backups.SentJournal.PrintSize];

    private sealed record SentRow(byte[] Lookup, string? Cause);

    private sealed record WaitingRow(Guid Id, byte[] Lookup, string Cause);
}
