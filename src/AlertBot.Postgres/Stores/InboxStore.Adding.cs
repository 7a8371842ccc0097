using System.Text.Json;
using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <content>Storing what arrives.</content>
public sealed partial class InboxStore
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

    // In one order everywhere, so that no two acts wait for each other.
    private const string LockSenders =
        """
        select pg_advisory_xact_lock(l.key)
        from   (select distinct hashtextextended(encode(s, 'hex'), 53) as key from unnest(@senders) s order by 1) l
        """;

    /// <returns>False if it was already stored, because the messenger delivered it twice.</returns>
    public async Task<bool> AddAsync(IncomingUpdate update) => await AddAsync([update]) > 0;

    /// <summary>Stores what arrived together, in that order, in one statement. An update that is stored already is left out.</summary>
    /// <returns>How many are new.</returns>
    public Task<int> AddAsync(IReadOnlyList<IncomingUpdate> updates)
    {
        var (sql, parameters) = Adding(updates);
        return _access.ExecuteAsync(sql, parameters);
    }

    /// <summary>The same, with the commit: nobody asks how many are new.</summary>
    public void AddLast(params IReadOnlyList<IncomingUpdate> updates)
    {
        var (sql, parameters) = Adding(updates);
        _access.Last(sql, parameters);
    }

    private (string Sql, object Parameters) Adding(IReadOnlyList<IncomingUpdate> updates)
    {
        var rows = updates.Select(update => new Arrived(Guid.CreateVersion7(), update)).ToList();
        // One at a time for each sender, so that exactly one of those that wait is at the head. What was read before the lock does not count, so the
        // lock is a statement of its own.
        if (updates.Any(update => update.IsOfCrowd))
            _access.Wake(Wakeups.Crowd);
        _access.Wake(Wakeups.Inbox);
        return (
            $"""
            {LockSenders};
            with arrived as (
                select distinct on (u.channel, u.key) u.*
                from   unnest(@ids, @channels, @keys, @asTheyCame, @senders, @lookups, @albums, @bodies, @bare, @small)
                       with ordinality as u (id, channel, key, as_it_came, sender, lookup, album, body, is_bare, is_small, ord)
                -- Two questions: in one the server may read all of the channel by its index and compare the keys.
                where  not exists (select from incoming_message m where m.channel = u.channel and m.key = u.key)
                and    not exists (select from incoming_message m where m.channel = u.channel and m.key = u.as_it_came)
                order  by u.channel, u.key, u.ord
            ),
            known as (
                select s.sender,
                       exists (
                           select from address a join person p on p.id = a.person_id
                           where  a.lookup = s.lookup and p.role <> 'reporter' and not p.frozen) as has_role,
                       exists (select from address a join report r on r.address_id = a.id where a.lookup = s.lookup) as has_report,
                       -- "OK" may be the answer to a question.
                       exists (select from address a join conversation c on c.address_id = a.id where a.lookup = s.lookup)
                       or exists (select from address a join check_in c on c.person_id = a.person_id where a.lookup = s.lookup) as is_asked,
                       (select count(*) from (
                           select from incoming_message m where m.sender = s.sender and m.received_at > @minute limit @MostAMinute) l) as lately,
                       (select count(*) from (
                           select from incoming_message m
                           where  m.sender = s.sender and m.state = 'waiting' limit @MostBroughtForward + 1) l) as before
                from   (select distinct on (sender) sender, lookup from arrived) s
            ),
            placed as (
                select a.*, row_number() over (partition by a.sender order by a.ord) as place from arrived a
            ),
            laned as (
                select p.*, k.before + p.place as waiting,
                       case when k.has_role then case when k.lately + p.place > @MostAMinute then 1 else 0 end
                            when k.lately + p.place > @MostAMinute then @LastLane
                            when k.has_report then 0
                            when p.is_bare or (p.is_small and not k.is_asked) then 2
                            else @LaneOfWords
                       end as lane
                from   placed p
                join   known k on k.sender = p.sender
            ),
            -- One sender's updates are handled in order. A report must not wait behind its sender's earlier command.
            forward as (
                update incoming_message m set lane = w.lane
                from   (select sender, min(lane) as lane from laned where lane < @LastLane and waiting <= @MostBroughtForward group by sender) f,
                       lateral (
                           -- What is handled now needs no better place, and nobody waits for it here.
                           select b.id, f.lane from incoming_message b
                           where  b.sender = f.sender and b.state = 'waiting' and b.lane > f.lane
                           for    update skip locked) w
                where  m.id = w.id
            )
            insert into incoming_message (id, channel, key, sender, album, body, lane, received_at, is_head)
            select l.id, l.channel, l.key, l.sender, l.album, l.body,
                   least(l.lane, min(l.lane) filter (where l.lane < @LastLane and l.waiting <= @MostBroughtForward)
                       over (partition by l.sender order by l.ord rows between 1 following and unbounded following)),
                   @now, l.waiting = 1
            from   laned l
            order  by l.ord
            on conflict (channel, key) do nothing
            """,
            new
            {
                ids = Each(rows, row => row.Id),
                channels = Each(rows, row => Codes.Of(row.Update.Chat.Channel)),
                // A messenger may make its key from a phone number, which could be guessed, so we store a hash. Older rows have the key itself.
                keys = Each(rows, row => Convert.ToHexStringLower(_access.Vault.Lookup("update", row.Update.Key))),
                asTheyCame = Each(rows, row => row.Update.Key),
                senders = Each(rows, row => _access.Vault.Lookup("sender", row.Sender.Value)),
                lookups = Each(rows, row => AddressStore.LookupOf(_access, row.Sender)),
                albums = Each(rows, row => row.Update.Album is { } album
                    ? _access.Vault.Lookup("album", $"{row.Update.Chat.Value} {album}")
                    : null),
                bodies = Each(rows, row => _access.Seal(
                    "incoming_message.body", row.Id, JsonSerializer.Serialize(row.Update, StoredJson.Options))),
                bare = Each(rows, row => row.IsBare),
                small = Each(rows, row => row.Update.IsSmallTalk),
                minute = _access.Now - Duration.FromMinutes(1),
                MostAMinute,
                MostBroughtForward,
                LastLane,
                LaneOfWords,
                now = _access.Now,
            });
    }

    private static T[] Each<T>(IReadOnlyCollection<Arrived> rows, Func<Arrived, T> value) => rows.Select(value).ToArray();

    /// <summary>An update with the id of its row. Prints as a mask.</summary>
    private sealed record Arrived(Guid Id, IncomingUpdate Update)
    {
        public ChannelAddress Sender => Update.Sender ?? Update.Chat;

        /// <summary>Whether it can be no report: a command without words, or a receipt.</summary>
        public bool IsBare => Update.ReadReceipt is not null
            || (Update.Text is ['/', ..] && !Update.Text.Any(char.IsWhiteSpace) && Update.Files.Count == 0);

        public override string ToString() => "(arrived)";
    }
}
