using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>What a clock wrote that was ahead and went back since. Nothing may wait for the time that it had shown.</summary>
/// <remarks>The outbox has its own way, see <see cref="OutboxStore.ReleaseFromFutureAsync"/>: whoever sends looks at it every few seconds.</remarks>
public sealed class AheadStore
{
    /// <summary>The clocks of two nodes differ by less.</summary>
    public static readonly Duration Slack = Duration.FromMinutes(1);

    // A case that cannot be computed is looked at again after so long, and a webhook's call or an errand is taken for so long.
    private static readonly Duration Postponed = Duration.FromHours(1), Lease = Duration.FromMinutes(2);

    private readonly Access _access;

    internal AheadStore(Access access) => _access = access;

    /// <summary>The latest time that any node has shown when it ran a job; null: none has.</summary>
    public Task<Instant?> SeenAsync() =>
        _access.ValueAsync<Instant?>("select max(greatest(last_started, last_finished, last_succeeded)) from job_run");

    /// <summary>
    /// What happened in the future happened now, so that limits and silences count from now; what waits longer than anything can is due.
    /// </summary>
    /// <param name="seen">The latest time that the clock had shown.</param>
    /// <returns>The number of rows.</returns>
    public async Task<int> BringBackAsync(Instant seen, LongestWaits longest) =>
        await JobsAsync() + await IncidentsAsync(longest) + await ReportsAsync() + await MessagesAsync() + await OthersAsync(seen, longest);

    private Task<int> JobsAsync() => ExecuteAsync(
        $"""
        update job_run set {Now("last_started")}, {Now("last_finished")}, {Now("last_succeeded")}
        where  greatest(last_started, last_finished, last_succeeded) > @then
        """);

    private Task<int> IncidentsAsync(LongestWaits longest) => ExecuteAsync(
        $"""
        update incident
        set    {Now("opened_at")}, {Now("taken_at")}, {Now("asked_at")}, full_at = null,
               look_at = case when look_at > {IncidentLimit} then @now else look_at end
        where  handling <> 'closed' and (greatest(opened_at, taken_at, asked_at, full_at) > @then or look_at > {IncidentLimit});

        update same_question set due_at = @same where is_same is null and due_at > @same;

        update page set look_at = @now
        where  over_at is null
        and    look_at > case when step < @Often then @open::timestamptz else @rarely::timestamptz end
        """,
        longest);

    private const string IncidentLimit =
        "case when handling = 'open' then @open::timestamptz when asked_at is null then @taken::timestamptz else @asked::timestamptz end";

    // Since when a reporter is silent, and which report their next words belong to.
    private Task<int> ReportsAsync() => ExecuteAsync(
        $"""
        update report set {Now("sent_at")}, {Now("changed_at")}, look_at = null
        where  state <> 'withdrawn' and greatest(sent_at, changed_at, look_at) > @then;

        update report_file set look_at = null
        where  state = 'waiting' and look_at > @then::timestamptz + make_interval(mins => greatest(60, attempts * attempts))
        """);

    // Since when an alert waits, for another messenger; when a question left, for its answer; and when people heard of what is set aside. What people
    // hear once in so long is told again in the time that the clock had shown.
    private Task<int> MessagesAsync() => ExecuteAsync(
        $"""
        update delivery set created_at = @now where state in ('queued', 'sending', 'retry', 'maybe') and created_at > @then;
        update delivery set {Now("created_at")}, finished_at = @now where finished_at > @then;
        update incoming_message set told_at = @now where told_at > @then;
        update incoming_message set received_at = @now where state = 'waiting' and received_at > @then;
        update alert set dedup_key = dedup_key || ':ahead:' || id where raised_at > @then and dedup_key ~ '^(flood|waiting|overdue|probe|no-space):'
        """);

    private Task<int> OthersAsync(Instant seen, LongestWaits longest) => ExecuteAsync(
        $"""
        update deadline
        set    {Now("asked_at")}, look_at = case when look_at > @now and look_at <= @postponed then @now else look_at end
        where  asked_at > @then or (look_at > @now and look_at <= @postponed);

        update rhythm
        set    {Now("digest_since")},
               digest_at = case
                   when digest = 'daily' and digest_at > @day
                        then digest_at - make_interval(days => ceil(extract(epoch from digest_at - @day::timestamptz) / 86400)::int)
                   when digest = 'weekly' and digest_at > @week
                        then digest_at - make_interval(days => 7 * ceil(extract(epoch from digest_at - @week::timestamptz) / 604800)::int)
                   else digest_at end
        where  digest is not null and (digest_since > @then or digest_at > @day);

        update channel_challenge set hold_until = hold_until - (came_at - @now::timestamptz), came_at = @now where came_at > @then;
        update channel_challenge set {Now("told_at")}, try_at = case when try_at > @leased then @now else try_at end
        where  told_at > @then or try_at > @leased;
        update key_change set try_at = @now where try_at > @leased;
        update webhook_call set next_at = @now where ended is null and next_at > @leased;
        update drill set due_at = due_at - (started_at - @now::timestamptz), started_at = @now where ended_at is null and started_at > @then;
        update address set forget_at = @now where forget_at > @then
        """,
        longest, seen);

    private static string Now(string column) => $"{column} = case when {column} > @then then @now else {column} end";

    private Task<int> ExecuteAsync(string sql, LongestWaits? longest = null, Instant? seen = null)
    {
        var (now, waits) = (_access.Now, longest ?? new LongestWaits());
        var then = now + Slack;
        return _access.ExecuteAsync(sql, new
        {
            now,
            then,
            open = then + waits.Open,
            taken = then + waits.Taken,
            asked = then + waits.Asked,
            same = now + waits.Same,
            rarely = then + waits.Rarely,
            waits.Often,
            leased = then + Lease,
            // On a day on which the clocks change it is an hour more.
            day = now + Duration.FromHours(25),
            week = now + Duration.FromHours(169),
            postponed = (seen ?? now) + Postponed + Slack,
        });
    }
}

/// <summary>How long anything waits that is followed up.</summary>
/// <param name="Open">Until the next people hear of an incident that nobody has, and of a page.</param>
/// <param name="Taken">Until whoever has an incident is asked whether they are still on it.</param>
/// <param name="Asked">Until it is open again.</param>
/// <param name="Same">Until what nobody said to be the same is something new.</param>
/// <param name="Rarely">Until a page that nobody took for long is told again.</param>
/// <param name="Often">The steps of a page that come as often as those of an incident.</param>
public readonly record struct LongestWaits(Duration Open, Duration Taken, Duration Asked, Duration Same, Duration Rarely, int Often);
