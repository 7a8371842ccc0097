using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>The state of the work in numbers, for metrics, doctor and the auditor.</summary>
public sealed class VitalsStore
{
    private const string Waits = "state in ('queued', 'retry', 'maybe')";

    /// <summary>How the reasons of messages to the chat that nobody reads begin.</summary>
    public const string Probes = "probe:";

    private readonly Access _access;

    internal VitalsStore(Access access) => _access = access;

    /// <summary>The newest message to the chat that nobody reads; null: none yet.</summary>
    public Task<Probe?> LastProbeAsync() => _access.FirstAsync<Probe>(
        """
        select created_at as at, state = 'sent' as is_sent, state in ('sent', 'failed', 'expired', 'superseded') as is_over
        from   delivery where starts_with(reason, @Probes) order by created_at desc, id desc limit 1
        """,
        new { Probes });

    /// <summary>Messages to that chat of before.</summary>
    public Task ForgetProbesAsync(Instant before) => _access.ExecuteAsync(
        """
        delete from delivery
        where  starts_with(reason, @Probes) and created_at < @before and state in ('sent', 'failed', 'expired', 'superseded')
        """,
        new { Probes, before });

    /// <summary>What should have been done before that moment, and was not.</summary>
    public async Task<OverdueWork> OverdueAsync(Instant before) => (await _access.FirstAsync<OverdueWork>(
        $"""
        select (select count(*)::int from incident where look_at < @before)                                   as escalations,
               (select count(*)::int from deadline where look_at < @before)                                   as reminders,
               (select count(*)::int from check_in where look_at < @before)                                   as check_ins,
               (select count(*)::int from delivery where {Waits} and priority <= 1 and not_before < @before)  as messages,
               (select count(*)::int from incoming_message where state = 'waiting' and received_at < @before) as updates
        """,
        new { before }))!;

    /// <summary>Due messages that wait, by messenger and class.</summary>
    public async Task<IReadOnlyList<WaitingMessages>> WaitingAsync() => (await _access.QueryAsync<WaitingRow>(
        $"""
        select channel, priority, count(*)::int as count, min(not_before) as oldest
        from   delivery where {Waits} and not_before <= @now group by channel, priority
        """,
        new { now = _access.Now }))
        .Select(row => new WaitingMessages(Codes.Read<ChannelKind>(row.Channel), (DeliveryPriority)row.Priority, row.Count, row.Oldest)).ToList();

    /// <summary>The number of a messenger's deliveries by state.</summary>
    public async Task<IReadOnlyList<(ChannelKind Channel, DeliveryState State, long Count)>> DeliveriesAsync() =>
        (await _access.QueryAsync<(string Channel, string State, long Count)>(
            "select channel, state, count(*) from delivery group by channel, state"))
        .Select(row => (Codes.Read<ChannelKind>(row.Channel), Codes.Read<DeliveryState>(row.State), row.Count)).ToList();

    public async Task<(int Count, Instant? Oldest)> InboxAsync()
    {
        var row = (await _access.FirstAsync<InboxRow>(
            "select count(*)::int as count, min(received_at) as oldest from incoming_message where state = 'waiting'"))!;
        return (row.Count, row.Oldest);
    }

    /// <summary>The time until an incident was taken, for those taken since then: the median, and the 95th percentile.</summary>
    public async Task<(double? Median, double? Most)> AcknowledgedInAsync(Instant since)
    {
        var row = (await _access.FirstAsync<TakenRow>(
            """
            select percentile_cont(0.5)  within group (order by extract(epoch from taken_at - opened_at)) as median,
                   percentile_cont(0.95) within group (order by extract(epoch from taken_at - opened_at)) as most
            from   incident where taken_at > @since
            """,
            new { since }))!;
        return (row.Median, row.Most);
    }

    /// <summary>The number of open incidents that nobody has taken.</summary>
    public Task<int> UntakenAsync() => _access.ValueAsync<int>("select count(*)::int from incident where handling = 'open'");

    /// <summary>The number of people with a role who cannot be reached, without suspended ones.</summary>
    public Task<int> UnreachableAsync() => _access.ValueAsync<int>(
        """
        select count(*)::int from person p
        where  p.role <> 'reporter' and not p.frozen
        and    not exists (select from address a where a.person_id = p.id and a.dark_why is null)
        """);

    /// <summary>The number of open cases without a reachable follower; only coordinators are told of them.</summary>
    public Task<int> UnfollowedAsync() => _access.ValueAsync<int>(
        """
        select count(*)::int from case_file c
        where  c.status <> @closed
        and    not exists (
            select from subscription s join address a on a.id = s.address_id where s.case_id = c.id and a.dark_why is null)
        """,
        new { closed = Codes.Of(Domain.Cases.CaseStatus.Closed) });

    private sealed record WaitingRow(string Channel, short Priority, int Count, Instant Oldest);

    private sealed record InboxRow(int Count, Instant? Oldest);

    private sealed record TakenRow(double? Median, double? Most);
}

/// <param name="Escalations">Incidents whose next step is due.</param>
/// <param name="Messages">Urgent messages that were not sent.</param>
/// <param name="Updates">People's messages that nobody handled.</param>
public sealed record OverdueWork(int Escalations, int Reminders, int CheckIns, int Messages, int Updates)
{
    public bool IsNothing => this is { Escalations: 0, Reminders: 0, CheckIns: 0, Messages: 0, Updates: 0 };
}

public sealed record WaitingMessages(ChannelKind Channel, DeliveryPriority Class, int Count, Instant Oldest);

/// <summary>A message to the chat that nobody reads.</summary>
/// <param name="IsOver">Nothing becomes of it any more.</param>
public sealed record Probe(Instant At, bool IsSent, bool IsOver);
