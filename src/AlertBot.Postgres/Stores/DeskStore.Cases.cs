using System.Text.Json;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.Law;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <content>The list of cases, and what stands around one of them.</content>
public sealed partial class DeskStore
{
    /// <summary>Cases by their next date, a page at a time. One without a date comes last.</summary>
    public async Task<IReadOnlyList<ListedCase>> CasesAsync(CaseFilter filter, int most) => (await _access.QueryAsync<CaseRow>(
        """
        select   c.id, c.code, c.status, array_to_string(c.jurisdictions, ' ') as jurisdictions, n.kind, n.zone, n.earliest, n.earliest_day, n.state,
                 (select count(*)::int from subscription s where s.case_id = c.id) as followers
        from     case_file c
        left     join lateral (
            select d.kind, d.zone, d.earliest, d.earliest_day, d.state
            from   deadline d
            where  d.case_id = c.id and d.state = any(@running) and d.kind <> all(@noDates) and d.rule_id <> @locate
            order  by d.earliest limit 1) n on true
        where    (@status::text is null or c.status = @status)
        and      (@law::text is null or @law = any(c.jurisdictions))
        and      (@ids::uuid[] is null or c.id = any(@ids))
        and      (not @alone or not exists (
                     select from subscription s join address a on a.id = s.address_id where s.case_id = c.id and a.dark_why is null))
        order by n.earliest nulls last, c.code
        limit    @most offset @skip
        """,
        new
        {
            status = filter.Status is { } status ? Codes.Of(status) : null,
            law = filter.Law,
            ids = filter.Only?.Select(id => id.Value).ToArray(),
            alone = filter.IsAlone,
            running = DeadlineStore.Running,
            noDates = DeadlineStore.NoDates,
            locate = OwnRule.Locate.Id,
            most,
            skip = filter.Skip,
        })).Select(row => new ListedCase(
            new CaseId(row.Id), CaseCode.TryParse(row.Code, out var code) ? code : default, Codes.Read<CaseStatus>(row.Status),
            row.Jurisdictions.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.Kind is null ? null : Codes.Read<DeadlineKind>(row.Kind),
            row.Earliest is { } at ? EndOf(at, row.EarliestDay, EventRow.ZoneOf(row.Zone!)) : null,
            row.State is null ? null : Codes.Read<DeadlineState>(row.State), row.Followers)).ToList();

    /// <summary>The people and groups that follow a case, each address by itself, in the order in which they came.</summary>
    public async Task<IReadOnlyList<FollowingAddress>> FollowersAsync(CaseId @case, int most) => (await _access.QueryAsync<FollowerRow>(
        """
        select   a.id, a.channel, a.title, a.dark_why is not null as is_dark, a.person_id, p.role, coalesce(p.frozen, false) as frozen,
                 s.confirmed_at is null and p.role = 'advocate' as waits, s.part,
                 (select count(distinct o.channel)::int from address o where o.person_id = p.id and o.dark_why is null) as channels
        from     subscription s
        join     address a on a.id = s.address_id
        left     join person p on p.id = a.person_id
        where    s.case_id = @Value and (p.id is null or p.role <> 'reporter')
        order by s.created_at, a.id
        limit    @most
        """,
        new { @case.Value, most })).Select(row => new FollowingAddress(
            new AddressId(row.Id), Codes.Read<ChannelKind>(row.Channel), row.PersonId is { } person ? new PersonId(person) : null,
            row.Role is null ? null : Codes.Read<Role>(row.Role), TitleOf(row.Id, row.Title),
            row.IsDark, row.Frozen, row.Waits ?? false, row.Channels)
        {
            Part = row.Part is null ? null : Codes.Read<CasePart>(row.Part),
        }).ToList();

    /// <summary>A case's newest alerts with the first deliveries of each, in two statements.</summary>
    /// <param name="before">Only alerts raised before then; null: the newest there are.</param>
    public async Task<IReadOnlyList<AlertWithDeliveries>> AlertsAsync(CaseId @case, int most, int mostDeliveries, Instant? before)
    {
        var alerts = await _access.QueryAsync<AlertRow>(
            """
            select id, severity, text_key, facts, raised_at from alert
            where  case_id = @Value and (@before::timestamptz is null or raised_at < @before) order by raised_at desc, id desc limit @most
            """,
            new { @case.Value, most, before });
        var deliveries = (await _access.QueryAsync<DeliveryRow>(
            """
            select   o.alert_id, o.channel, o.state, o.outcome, o.finished_at, o.read_at, o.address, o.title, o.person_id, o.role, o.total, o.sent
            from     (select d.alert_id, d.channel, d.state, d.outcome, d.finished_at, d.read_at, a.id as address, a.title, a.person_id, p.role,
                             row_number() over (partition by d.alert_id order by d.seq) as place,
                             (count(*) over (partition by d.alert_id))::int as total,
                             (count(*) filter (where d.state = 'sent') over (partition by d.alert_id))::int as sent
                      from   delivery d
                      join   address a on a.id = d.address_id
                      left   join person p on p.id = a.person_id
                      where  d.alert_id = any(@ids) and d.edits is null) o
            where    o.place <= @mostDeliveries
            order by o.alert_id, o.place
            """,
            new { ids = alerts.Select(alert => alert.Id).ToArray(), mostDeliveries })).ToLookup(row => row.AlertId);
        return alerts.Select(row => new AlertWithDeliveries(
            new AlertId(row.Id), Codes.Read<Severity>(row.Severity), row.TextKey,
            _access.TryOpen("alert.facts", row.Id, row.Facts).Text is { } facts
                ? JsonSerializer.Deserialize<Dictionary<string, string>>(facts, StoredJson.Options)
                : null,
            row.RaisedAt, deliveries[row.Id].FirstOrDefault()?.Total ?? 0, deliveries[row.Id].FirstOrDefault()?.Sent ?? 0,
            deliveries[row.Id].Select(one => new DeliveryOnDesk(
                Codes.Read<ChannelKind>(one.Channel), Codes.Read<DeliveryState>(one.State), one.Outcome, one.FinishedAt, one.ReadAt,
                one.PersonId is { } person ? new PersonId(person) : null, one.Role is null ? null : Codes.Read<Role>(one.Role),
                new AddressId(one.Address), TitleOf(one.Address, one.Title))).ToList())).ToList();
    }

    /// <summary>Every spelling of a case's name, each by itself; one that does not open stands there without its words.</summary>
    public async Task<IReadOnlyList<(CaseNameId Id, PersonName? Name)>> SpellingsAsync(CaseId @case, int most) =>
        (await _access.QueryAsync<(Guid Id, byte[] Name)>(
            "select id, name from case_name where case_id = @Value order by created_at, id limit @most", new { @case.Value, most }))
        .Select(row => (
            new CaseNameId(row.Id), _access.TryOpen("case_name.name", row.Id, row.Name).Text is { } name ? (PersonName?)new PersonName(name) : null))
        .ToList();

    private static LimitEnd EndOf(Instant at, LocalDate? day, DateTimeZone zone) =>
        day is { } last ? LimitEnd.OnDay(last, zone) : LimitEnd.At(at, zone);

    private sealed record CaseRow(
        Guid Id, string Code, string Status, string Jurisdictions, string? Kind, string? Zone, Instant? Earliest, LocalDate? EarliestDay,
        string? State, int Followers);

    private sealed record FollowerRow(
        Guid Id, string Channel, byte[]? Title, bool IsDark, Guid? PersonId, string? Role, bool Frozen, bool? Waits, string? Part,
        int Channels);

    private sealed record AlertRow(Guid Id, string Severity, string TextKey, byte[] Facts, Instant RaisedAt);

    private sealed record DeliveryRow(
        Guid AlertId, string Channel, string State, string? Outcome, Instant? FinishedAt, Instant? ReadAt, Guid Address, byte[]? Title,
        Guid? PersonId, string? Role, int Total, int Sent);
}

/// <param name="Law">Only cases to which that State's law applies.</param>
/// <param name="Only">Only these; null: all.</param>
/// <param name="IsAlone">Only cases that nobody follows who can be reached.</param>
public sealed record CaseFilter(CaseStatus? Status, string? Law, IReadOnlyCollection<CaseId>? Only, bool IsAlone, int Skip);

/// <param name="Kind">What its next date is about; null: it has none.</param>
public sealed record ListedCase(
    CaseId Id, CaseCode Code, CaseStatus Status, IReadOnlyList<string> Jurisdictions, DeadlineKind? Kind, LimitEnd? Next, DeadlineState? State,
    int Followers);

/// <summary>An address that follows a case. Prints as a mask.</summary>
/// <param name="Person">Null for a group.</param>
/// <param name="IsWaiting">No coordinator has agreed yet.</param>
/// <param name="Channels">On how many messengers the person can be reached.</param>
public sealed record FollowingAddress(
    AddressId Address, ChannelKind Channel, PersonId? Person, Role? Role, Title Title, bool IsDark, bool IsFrozen, bool IsWaiting, int Channels)
{
    /// <summary>As what they stand behind the case; null: nothing was said.</summary>
    public CasePart? Part { get; init; }

    public override string ToString() => "(following address)";
}

/// <summary>An alert and what became of it at each address. Prints as a mask.</summary>
/// <param name="Facts">Null: they do not open.</param>
/// <param name="Total">To how many addresses it went; the first of them are named.</param>
/// <param name="Sent">How many have it.</param>
public sealed record AlertWithDeliveries(
    AlertId Id, Severity Severity, string TextKey, IReadOnlyDictionary<string, string>? Facts, Instant RaisedAt, int Total, int Sent,
    IReadOnlyList<DeliveryOnDesk> Deliveries)
{
    public override string ToString() => "(alert with deliveries)";
}

/// <inheritdoc cref="AlertWithDeliveries"/>
public sealed record DeliveryOnDesk(
    ChannelKind Channel, DeliveryState State, string? Outcome, Instant? FinishedAt, Instant? ReadAt, PersonId? Person, Role? Role, AddressId Address,
    Title Title)
{
    public override string ToString() => "(delivery)";
}
