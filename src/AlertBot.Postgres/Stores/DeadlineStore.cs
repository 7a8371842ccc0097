using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>
/// Each case's last computed deadlines, when to look at them again, and what people were told. The arithmetic is not stored: it is computed whenever
/// somebody asks.
/// </summary>
public sealed partial class DeadlineStore
{
    private readonly Access _access;

    internal DeadlineStore(Access access) => _access = access;

    /// <summary>
    /// Takes cases with a deadline that is due for a look, locked until the act ends; those locked elsewhere are skipped. The cost depends on what
    /// is due, not on what is stored.
    /// </summary>
    /// <param name="kinds">The kinds of due deadlines; null: any.</param>
    public async Task<IReadOnlyList<CaseId>> TakeDueCasesAsync(int limit, IReadOnlyCollection<DeadlineKind>? kinds = null) =>
        (await _access.QueryAsync<Guid>(
            """
            select c.id
            from   case_file c
            where  c.id in (
                select case_id from deadline
                where  look_at <= @now and (@codes::text[] is null or kind = any(@codes))
                order  by look_at limit @limit)
            for    update skip locked
            """,
            new { now = _access.Now, limit, codes = kinds?.Select(kind => Codes.Of(kind)).ToArray() })).Select(id => new CaseId(id)).ToList();

    /// <summary>Puts off the case's due deadlines until then.</summary>
    public Task PostponeAsync(CaseId @case, Instant until) => _access.ExecuteAsync(
        "update deadline set look_at = @until where case_id = @Value and look_at <= @now", new { @case.Value, now = _access.Now, until });

    /// <summary>The next time a monitor must look at any deadline; null if none is planned.</summary>
    public Task<Instant?> NextLookAsync() =>
        _access.FirstAsync<Instant?>("select look_at from deadline where look_at is not null order by look_at limit 1");

    public async Task<ILookup<CaseId, StoredDeadline>> OfAsync(IReadOnlyCollection<CaseId> cases)
    {
        var rows = await _access.QueryAsync<Row>(
            """
            select id, case_id, key, rule_id, trigger_event, kind, tier, state, confirmed, zone, earliest, earliest_day, latest, latest_day,
                   starts_at, known_since, last_reminder, followed_by, snoozed_until, asked_at, asked_of
            from   deadline
            where  case_id = any(@ids)
            order  by case_id, earliest, key
            """,
            new { ids = cases.Select(@case => @case.Value).ToArray() });
        return rows.ToLookup(row => new CaseId(row.CaseId), row => row.ToStored());
    }

    public async Task<(CaseId Case, StoredDeadline Deadline)?> FindAsync(DeadlineId id)
    {
        var row = await _access.FirstAsync<Row>(
            """
            select id, case_id, key, rule_id, trigger_event, kind, tier, state, confirmed, zone, earliest, earliest_day, latest, latest_day,
                   starts_at, known_since, last_reminder, followed_by, snoozed_until, asked_at, asked_of
            from   deadline where id = @Value
            """,
            new { id.Value });
        return row is null ? null : (new CaseId(row.CaseId), row.ToStored());
    }

    /// <summary>The open deadlines of these cases whose earliest end is before that moment.</summary>
    public async Task<IReadOnlyList<(CaseId Case, StoredDeadline Deadline)>> OpenUntilAsync(IReadOnlyCollection<CaseId> cases, Instant until) =>
        (await OfAsync(cases)).SelectMany(group => group.Select(deadline => (group.Key, deadline)))
        .Where(pair => pair.deadline.Deadline.IsOpen && pair.deadline.Deadline.Limit.Earliest.Instant <= until)
        .OrderBy(pair => pair.deadline.Deadline.Limit.Earliest.Instant).ToList();

    /// <summary>Saves the deadlines of many cases in one statement. Those missing from the list are removed.</summary>
    public async Task SaveAsync(IReadOnlyCollection<PlannedDeadline> planned, IReadOnlyCollection<DeadlineId> gone)
    {
        if (gone.Count > 0)
            await _access.ExecuteAsync("delete from deadline where id = any(@ids)", new { ids = gone.Select(id => id.Value).ToArray() });
        if (planned.Count == 0)
            return;

        await _access.ExecuteAsync(
            """
            insert into deadline (
                id, case_id, key, rule_id, trigger_event, kind, tier, state, confirmed, zone,
                earliest, earliest_day, latest, latest_day, starts_at, known_since, last_reminder, look_at,
                followed_by, snoozed_until, asked_at, asked_of)
            select * from unnest(
                @ids, @cases, @keys, @rules, @triggers, @kinds, @tiers, @states, @confirmed, @zones,
                @earliest, @earliestDays, @latest, @latestDays, @starts, @known, @reminders, @looks,
                @followed, @snoozed, @asked, @askedOf)
            on conflict (case_id, key) do update set
                rule_id = excluded.rule_id, trigger_event = excluded.trigger_event, kind = excluded.kind, tier = excluded.tier,
                state = excluded.state, confirmed = excluded.confirmed, zone = excluded.zone,
                earliest = excluded.earliest, earliest_day = excluded.earliest_day, latest = excluded.latest, latest_day = excluded.latest_day,
                starts_at = excluded.starts_at, last_reminder = excluded.last_reminder, look_at = excluded.look_at,
                followed_by = excluded.followed_by, snoozed_until = excluded.snoozed_until,
                asked_at = excluded.asked_at, asked_of = excluded.asked_of
            """,
            new
            {
                ids = Each(planned, one => one.Id.Value),
                cases = Each(planned, one => one.Case.Value),
                keys = Each(planned, one => one.Deadline.Key),
                rules = Each(planned, one => one.Deadline.RuleId),
                triggers = Each(planned, one => one.Deadline.Trigger.Value),
                kinds = Each(planned, one => Codes.Of(one.Deadline.Kind)),
                tiers = Each(planned, one => Codes.Of(one.Deadline.Tier)),
                states = Each(planned, one => Codes.Of(one.Deadline.State)),
                confirmed = Each(planned, one => one.Deadline.IsConfirmed),
                zones = Each(planned, one => one.Deadline.Limit.Earliest.Zone.Id),
                earliest = Each(planned, one => one.Deadline.Limit.Earliest.Instant.ToDateTimeOffset()),
                earliestDays = Each(planned, one => one.Deadline.Limit.Earliest.LastDay?.ToDateOnly()),
                latest = Each(planned, one => one.Deadline.Limit.Latest.Instant.ToDateTimeOffset()),
                latestDays = Each(planned, one => one.Deadline.Limit.Latest.LastDay?.ToDateOnly()),
                starts = Each(planned, one => one.Deadline.Limit.StartsAt?.ToDateTimeOffset()),
                known = Each(planned, one => one.KnownSince.ToDateTimeOffset()),
                reminders = Each(planned, one => one.LastReminder),
                looks = Each(planned, one => one.LookAt?.ToDateTimeOffset()),
                followed = Each(planned, one => one.FollowUp.By?.Value),
                snoozed = Each(planned, one => one.FollowUp.SnoozedUntil?.ToDateTimeOffset()),
                asked = Each(planned, one => one.FollowUp.AskedAt?.ToDateTimeOffset()),
                askedOf = Each(planned, one => Codes.Of(one.FollowUp.AskedOf)),
            });
    }

    private static T[] Each<T>(IReadOnlyCollection<PlannedDeadline> planned, Func<PlannedDeadline, T> value) => planned.Select(value).ToArray();

    private sealed record Row(
        Guid Id, Guid CaseId, string Key, string RuleId, Guid TriggerEvent, string Kind, string Tier, string State, bool Confirmed, string Zone,
        Instant Earliest, LocalDate? EarliestDay, Instant Latest, LocalDate? LatestDay, Instant? StartsAt, Instant KnownSince, string? LastReminder,
        Guid? FollowedBy, Instant? SnoozedUntil, Instant? AskedAt, string AskedOf)
    {
        public StoredDeadline ToStored()
        {
            var zone = EventRow.ZoneOf(Zone);
            var limit = new Limit(End(Earliest, EarliestDay, zone), End(Latest, LatestDay, zone), []) { StartsAt = StartsAt };
            var deadline = new Deadline(
                Key, RuleId, new EventId(TriggerEvent), Codes.Read<DeadlineKind>(Kind), limit,
                Codes.Read<Tier>(Tier), Codes.Read<DeadlineState>(State))
            {
                IsConfirmed = Confirmed,
            };
            var by = FollowedBy is { } person ? new PersonId(person) : (PersonId?)null;
            return new StoredDeadline(new DeadlineId(Id), deadline, KnownSince, LastReminder)
            {
                FollowUp = new FollowUp(by, SnoozedUntil, AskedAt, Codes.Read<AskedOf>(AskedOf)),
            };
        }

        private static LimitEnd End(Instant at, LocalDate? day, DateTimeZone zone) =>
            day is { } last ? LimitEnd.OnDay(last, zone) : LimitEnd.At(at, zone);
    }
}

/// <param name="Deadline">Without its arithmetic.</param>
/// <param name="KnownSince">When it was put on file.</param>
/// <param name="LastReminder">Name of the rung sent last.</param>
public sealed record StoredDeadline(DeadlineId Id, Deadline Deadline, Instant KnownSince, string? LastReminder)
{
    public FollowUp FollowUp { get; init; } = FollowUp.None;
}

/// <param name="LookAt">When a monitor must look next; null: never again.</param>
public sealed record PlannedDeadline(DeadlineId Id, CaseId Case, Deadline Deadline, Instant KnownSince, string? LastReminder, Instant? LookAt)
{
    public FollowUp FollowUp { get; init; } = FollowUp.None;
}
