using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <content>People, groups and drills.</content>
public sealed partial class DeskStore
{
    /// <summary>Everybody with a role, the first ones first, with who vouched for them and how much they follow.</summary>
    public async Task<IReadOnlyList<PersonOnDesk>> PeopleAsync() => (await _access.QueryAsync<PersonRow>(
        """
        select   p.id, p.role, p.language, p.frozen, p.created_at,
                 (select i.created_by from invite i where i.used_by = p.id order by i.used_at limit 1) as vouched_by,
                 (select count(distinct s.case_id)::int from subscription s join address a on a.id = s.address_id where a.person_id = p.id) as cases
        from     person p
        where    p.role <> 'reporter'
        order by p.created_at, p.id
        """)).Select(row => new PersonOnDesk(
            new PersonId(row.Id), Codes.Read<Role>(row.Role), row.Language, row.Frozen, row.CreatedAt,
            row.VouchedBy is { } by ? new PersonId(by) : null, row.Cases)).ToList();

    /// <summary>The accounts of everybody with a role, with when each was last heard or reached.</summary>
    public async Task<ILookup<PersonId, AccountOnDesk>> AccountsAsync() => (await _access.QueryAsync<AccountRow>(
        """
        select   a.id, a.person_id, a.channel, a.dark_why,
                 (select d.finished_at from delivery d
                  where d.address_id = a.id and d.message_ref is not null order by d.seq desc limit 1) as reached_at
        from     address a
        join     person p on p.id = a.person_id and p.role <> 'reporter'
        order by a.created_at, a.id
        """)).ToLookup(
            row => new PersonId(row.PersonId),
            row => new AccountOnDesk(
                new AddressId(row.Id), Codes.Read<ChannelKind>(row.Channel), row.DarkWhy is null ? null : Codes.Read<Refusal>(row.DarkWhy),
                row.ReachedAt));

    /// <summary>
    /// The groups that hear of a case, with their cases. Another group may be anybody's, whatever it is called: its first link is made in it.
    /// </summary>
    public async Task<IReadOnlyList<GroupOnDesk>> GroupsAsync() => (await _access.QueryAsync<GroupRow>(
        """
        select   a.id, a.channel, a.title, a.language, a.dark_why,
                 (select coalesce(string_agg(c.code, ' ' order by c.code), '') from subscription s join case_file c on c.id = s.case_id
                  where s.address_id = a.id) as codes
        from     address a
        where    a.is_group and exists (select from subscription s where s.address_id = a.id)
        order by a.created_at, a.id
        """)).Select(row => new GroupOnDesk(
            new AddressId(row.Id), Codes.Read<ChannelKind>(row.Channel), _access.Open("address.title", row.Id, row.Title), row.Language,
            row.DarkWhy is null ? null : Codes.Read<Refusal>(row.DarkWhy), row.Codes.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();

    /// <summary>The newest drills, each with how many were told, how many answered, and how fast half of those did.</summary>
    public async Task<IReadOnlyList<DrillOnDesk>> DrillsAsync(int most) => (await _access.QueryAsync<DrillRow>(
        """
        select   r.alert_id, r.person_id, r.started_at, r.ended_at,
                 (select count(distinct o.person_id)::int from delivery d join address o on o.id = d.address_id
                  where d.alert_id = r.alert_id and o.person_id is not null) as told,
                 (select count(*)::int from drill_answer a where a.alert_id = r.alert_id) as answered,
                 (select percentile_cont(0.5) within group (order by extract(epoch from a.at - r.started_at))
                  from drill_answer a where a.alert_id = r.alert_id) as half,
                 (select count(*)::int from delivery d where d.alert_id = r.alert_id and d.state in ('failed', 'expired')) as failed
        from     drill r
        order by r.started_at desc
        limit    @most
        """,
        new { most })).Select(row => new DrillOnDesk(
            new AlertId(row.AlertId), new PersonId(row.PersonId), row.StartedAt, row.EndedAt, Math.Max(row.Told, row.Answered), row.Answered,
            row.Half is { } half ? Duration.FromSeconds(half) : null, row.Failed)).ToList();

    private sealed record PersonRow(Guid Id, string Role, string Language, bool Frozen, Instant CreatedAt, Guid? VouchedBy, int Cases);

    private sealed record AccountRow(Guid Id, Guid PersonId, string Channel, string? DarkWhy, Instant? ReachedAt);

    private sealed record GroupRow(Guid Id, string Channel, byte[]? Title, string Language, string? DarkWhy, string Codes);

    private sealed record DrillRow(
        Guid AlertId, Guid PersonId, Instant StartedAt, Instant? EndedAt, int Told, int Answered, double? Half, int Failed);
}

/// <param name="VouchedBy">Who invited them; null: the operator at the machine.</param>
/// <param name="Cases">How many cases they follow.</param>
public sealed record PersonOnDesk(PersonId Id, Role Role, string Language, bool IsFrozen, Instant Since, PersonId? VouchedBy, int Cases);

/// <param name="ReachedAt">When the last message arrived there.</param>
public sealed record AccountOnDesk(AddressId Address, ChannelKind Channel, Refusal? DarkWhy, Instant? ReachedAt);

/// <summary>A group with the codes of the cases it hears of. Prints as a mask.</summary>
public sealed record GroupOnDesk(
    AddressId Address, ChannelKind Channel, string? Title, string Language, Refusal? DarkWhy, IReadOnlyList<string> Codes)
{
    public override string ToString() => "(group)";
}

/// <param name="Half">Within what time half of those who answered did; null: nobody did.</param>
/// <param name="Failed">How many messages of it did not arrive.</param>
public sealed record DrillOnDesk(
    AlertId Alert, PersonId By, Instant StartedAt, Instant? EndedAt, int Told, int Answered, Duration? Half, int Failed);
