using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <content>People, groups and drills.</content>
public sealed partial class DeskStore
{
    private const string People =
        """
        select   p.id, p.role, p.language, p.frozen, p.created_at,
                 (select i.created_by from invite i where i.used_by = p.id order by i.used_at limit 1) as vouched_by,
                 (select count(distinct s.case_id)::int from subscription s join address a on a.id = s.address_id where a.person_id = p.id) as cases
        from     person p
        """;

    /// <summary>Everybody with a role, the first ones first, with who vouched for them and how much they follow; a page at a time.</summary>
    public async Task<IReadOnlyList<PersonOnDesk>> PeopleAsync(int most, int skip = 0) => Read(await _access.QueryAsync<PersonRow>(
        $"{People} where p.role <> 'reporter' order by p.created_at, p.id limit @most offset @skip", new { most, skip }));

    /// <summary>One person who has a role, or had one: whoever left can be given theirs back.</summary>
    public async Task<PersonOnDesk?> PersonAsync(PersonId id) => Read(await _access.QueryAsync<PersonRow>(
        $"""
        {People}
        where p.id = @Value and (p.role <> 'reporter' or exists (select from audit u where u.subject = p.id and u.act = @changed))
        """,
        new { id.Value, changed = AuditAct.RoleChanged.Code })).FirstOrDefault();

    /// <summary>The accounts of these people, with when each was last reached.</summary>
    public async Task<ILookup<PersonId, AccountOnDesk>> AccountsAsync(IReadOnlyCollection<PersonId> people) =>
        (await _access.QueryAsync<AccountRow>(
            """
            select   a.id, a.person_id, a.channel, a.language, a.dark_why,
                     (select d.finished_at from delivery d
                      where  d.address_id = a.id and d.message_ref is not null and d.edits is null and d.edits_ref is null
                             and d.withdrawn_at is null
                      order  by d.seq desc limit 1) as reached_at
            from     address a
            where    a.person_id = any(@ids)
            order by a.created_at, a.id
            """,
            new { ids = people.Select(one => one.Value).ToArray() })).ToLookup(
                row => new PersonId(row.PersonId),
                row => new AccountOnDesk(
                    new AddressId(row.Id), Codes.Read<ChannelKind>(row.Channel), row.Language,
                    row.DarkWhy is null ? null : Codes.Read<Refusal>(row.DarkWhy), row.ReachedAt));

    /// <summary>The codes of the cases that each of these people follows, the first <paramref name="most"/> of each.</summary>
    public async Task<ILookup<PersonId, string>> FollowedAsync(IReadOnlyCollection<PersonId> people, int most) =>
        (await _access.QueryAsync<(Guid Person, string Code)>(
            """
            select   f.person_id, f.code
            from     (select a.person_id, c.code, row_number() over (partition by a.person_id order by min(s.created_at), c.code) as at
                      from   subscription s
                      join   address a on a.id = s.address_id
                      join   case_file c on c.id = s.case_id
                      where  a.person_id = any(@ids)
                      group  by a.person_id, c.code) f
            where    f.at <= @most
            order by f.person_id, f.at
            """,
            new { ids = people.Select(one => one.Value).ToArray(), most })).ToLookup(row => new PersonId(row.Person), row => row.Code);

    /// <summary>Whom that person invited, the newest first.</summary>
    public async Task<IReadOnlyList<PersonId>> GuestsAsync(PersonId person, int most) => (await _access.QueryAsync<Guid>(
        "select used_by from invite where created_by = @Value and used_by is not null order by used_at desc limit @most",
        new { person.Value, most })).Select(id => new PersonId(id)).ToList();

    /// <summary>The codes of open cases that this person follows and nobody else who can be reached.</summary>
    public Task<IReadOnlyList<string>> LeftAloneAsync(PersonId person, int most) => _access.QueryAsync<string>(
        """
        select   distinct c.code
        from     subscription s
        join     address a on a.id = s.address_id and a.person_id = @Value
        join     case_file c on c.id = s.case_id and c.status <> 'closed'
        where    s.confirmed_at is not null
        and      not exists (
                     select from subscription o
                     join   address b on b.id = o.address_id and b.dark_why is null and b.person_id is distinct from @Value
                     left   join person p on p.id = b.person_id
                     where  o.case_id = c.id and o.confirmed_at is not null and (p.id is null or (p.role <> 'reporter' and not p.frozen)))
        order by c.code
        limit    @most
        """,
        new { person.Value, most });

    /// <summary>
    /// The groups that hear of a case, with the first of their cases; a page at a time. Another group may be anybody's, whatever it is called: its
    /// first link is made in it.
    /// </summary>
    public async Task<IReadOnlyList<GroupOnDesk>> GroupsAsync(int mostCodes, int most, int skip = 0) => (await _access.QueryAsync<GroupRow>(
        """
        select   a.id, a.channel, a.title, a.language, a.dark_why, l.count,
                 (select coalesce(string_agg(f.code, ' ' order by f.code), '')
                  from   (select c.code from subscription s join case_file c on c.id = s.case_id
                          where s.address_id = a.id order by c.code limit @mostCodes) f) as codes
        from     address a
        join     (select address_id, count(*)::int as count from subscription group by address_id) l on l.address_id = a.id
        where    a.is_group
        order by a.created_at, a.id
        limit    @most offset @skip
        """,
        new { mostCodes, most, skip })).Select(row => new GroupOnDesk(
            new AddressId(row.Id), Codes.Read<ChannelKind>(row.Channel), TitleOf(row.Id, row.Title), row.Language,
            row.DarkWhy is null ? null : Codes.Read<Refusal>(row.DarkWhy), row.Codes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            row.Count)).ToList();

    /// <summary>The newest drills, each with how many were told, how many answered, how fast half of those did, and what did not arrive.</summary>
    public async Task<IReadOnlyList<DrillOnDesk>> DrillsAsync(int most) => (await _access.QueryAsync<DrillRow>(
        """
        select   r.alert_id, r.person_id, r.started_at, r.ended_at,
                 (select count(distinct o.person_id)::int from delivery d join address o on o.id = d.address_id
                  where d.alert_id = r.alert_id and o.person_id is not null) as told,
                 (select count(*)::int from drill_answer a where a.alert_id = r.alert_id) as answered,
                 (select percentile_cont(0.5) within group (order by extract(epoch from a.at - r.started_at))
                  from drill_answer a where a.alert_id = r.alert_id) as half,
                 (select count(*)::int from delivery d where d.alert_id = r.alert_id and d.state in ('failed', 'expired')) as failed,
                 (select coalesce(string_agg(distinct d.channel, ' '), '') from delivery d
                  where d.alert_id = r.alert_id and d.state in ('failed', 'expired')) as channels
        from     drill r
        order by r.started_at desc
        limit    @most
        """,
        new { most })).Select(row => new DrillOnDesk(
            new AlertId(row.AlertId), new PersonId(row.PersonId), row.StartedAt, row.EndedAt, Math.Max(row.Told, row.Answered), row.Answered,
            row.Half is { } half ? Duration.FromSeconds(half) : null, row.Failed,
            row.Channels.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Codes.Read<ChannelKind>).ToList())).ToList();

    /// <summary>Where a drill went, and what became of each message, in order.</summary>
    public async Task<IReadOnlyList<DrillDelivery>> DrillDeliveriesAsync(AlertId drill, int most) => (await _access.QueryAsync<DrillDeliveryRow>(
        """
        select   a.id, a.channel, a.title, a.person_id, d.state
        from     delivery d
        join     address a on a.id = d.address_id
        where    d.alert_id = @Value and d.edits is null
        order by d.seq
        limit    @most
        """,
        new { drill.Value, most })).Select(row => new DrillDelivery(
            new AddressId(row.Id), Codes.Read<ChannelKind>(row.Channel), row.PersonId is { } person ? new PersonId(person) : null,
            TitleOf(row.Id, row.Title), Codes.Read<DeliveryState>(row.State))).ToList();

    private static List<PersonOnDesk> Read(IReadOnlyList<PersonRow> rows) => rows.Select(row => new PersonOnDesk(
        new PersonId(row.Id), Codes.Read<Role>(row.Role), row.Language, row.Frozen, row.CreatedAt,
        row.VouchedBy is { } by ? new PersonId(by) : null, row.Cases)).ToList();

    private sealed record PersonRow(Guid Id, string Role, string Language, bool Frozen, Instant CreatedAt, Guid? VouchedBy, int Cases);

    private sealed record AccountRow(Guid Id, Guid PersonId, string Channel, string Language, string? DarkWhy, Instant? ReachedAt);

    private sealed record GroupRow(Guid Id, string Channel, byte[]? Title, string Language, string? DarkWhy, int Count, string Codes);

    private sealed record DrillDeliveryRow(Guid Id, string Channel, byte[]? Title, Guid? PersonId, string State);

    private sealed record DrillRow(
        Guid AlertId, Guid PersonId, Instant StartedAt, Instant? EndedAt, int Told, int Answered, double? Half, int Failed, string Channels);
}

/// <param name="VouchedBy">Who invited them; null: the operator at the machine.</param>
/// <param name="Cases">How many cases they follow.</param>
public sealed record PersonOnDesk(PersonId Id, Role Role, string Language, bool IsFrozen, Instant Since, PersonId? VouchedBy, int Cases);

/// <param name="ReachedAt">When the last message arrived there.</param>
public sealed record AccountOnDesk(AddressId Address, ChannelKind Channel, string Language, Refusal? DarkWhy, Instant? ReachedAt);

/// <summary>A group with the codes of the cases it hears of. Prints as a mask.</summary>
/// <param name="Cases">How many it hears of; the first of them are named.</param>
public sealed record GroupOnDesk(
    AddressId Address, ChannelKind Channel, Title Title, string Language, Refusal? DarkWhy, IReadOnlyList<string> Codes, int Cases)
{
    public override string ToString() => "(group)";
}

/// <param name="Half">Within what time half of those who answered did; null: nobody did.</param>
/// <param name="Failed">How many messages of it did not arrive.</param>
/// <param name="FailedOn">On which messengers.</param>
public sealed record DrillOnDesk(
    AlertId Alert, PersonId By, Instant StartedAt, Instant? EndedAt, int Told, int Answered, Duration? Half, int Failed,
    IReadOnlyList<ChannelKind> FailedOn);

/// <summary>A message of a drill. Prints as a mask.</summary>
/// <param name="Person">Null for a group.</param>
public sealed record DrillDelivery(AddressId Address, ChannelKind Channel, PersonId? Person, Title Title, DeliveryState State)
{
    public override string ToString() => "(message of a drill)";
}
