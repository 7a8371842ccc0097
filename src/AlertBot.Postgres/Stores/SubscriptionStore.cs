using AlertBot.Domain.Cases;
using AlertBot.Domain.People;

namespace AlertBot.Postgres.Stores;

/// <summary>Who follows which case.</summary>
public sealed class SubscriptionStore
{
    // Matches the cause of an alert whose recipients a coordinator chose.
    private const string Chosen = "%:to:%";

    private readonly Access _access;

    internal SubscriptionStore(Access access) => _access = access;

    /// <returns>False if it already existed.</returns>
    public async Task<bool> AddAsync(CaseId @case, AddressId address, PersonId? by) => await _access.ExecuteAsync(
        """
        insert into subscription (case_id, address_id, created_by, created_at, confirmed_at) values (@Case, @Address, @by, @now, @now)
        on conflict do nothing
        """,
        new { Case = @case.Value, Address = address.Value, by = by?.Value, now = _access.Now }) > 0;

    /// <summary>Records a request to follow a case. Until a coordinator agrees, the person reads what groups read.</summary>
    /// <returns>False if it already existed.</returns>
    public async Task<bool> AskAsync(CaseId @case, AddressId address, PersonId by) => await _access.ExecuteAsync(
        "insert into subscription (case_id, address_id, created_by, created_at) values (@Case, @Address, @by, @now) on conflict do nothing",
        new { Case = @case.Value, Address = address.Value, by = by.Value, now = _access.Now }) > 0;

    /// <returns>False if nobody waits for it.</returns>
    public async Task<bool> ConfirmAsync(CaseId @case, AddressId address) => await _access.ExecuteAsync(
        "update subscription set confirmed_at = @now where case_id = @Case and address_id = @Address and confirmed_at is null",
        new { Case = @case.Value, Address = address.Value, now = _access.Now }) > 0;

    /// <summary>As what they stand behind the case; it holds for all addresses of a person.</summary>
    /// <returns>False if it is no person who follows it.</returns>
    public async Task<bool> SetPartAsync(CaseId @case, AddressId address, CasePart? part) => await _access.ExecuteAsync(
        """
        update subscription s set part = @part
        from   address a, address o
        where  a.id = @Address and o.person_id = a.person_id and s.address_id = o.id and s.case_id = @Case
        """,
        new { Case = @case.Value, Address = address.Value, part = part is { } known ? Codes.Of(known) : null }) > 0;

    /// <summary>The followers of a case, in the order in which they came.</summary>
    public async Task<IReadOnlyList<Follower>> FollowersAsync(CaseId @case) => (await _access.QueryAsync<FollowerRow>(
        """
        select   s.address_id, a.person_id, p.role, (s.confirmed_at is null) as waits
        from     subscription s
        join     address a on a.id = s.address_id
        left join person p on p.id = a.person_id
        where    s.case_id = @Value and (p.id is null or p.role <> 'reporter')
        order by s.created_at, s.address_id
        """,
        new { @case.Value })).Select(row => new Follower(
            new AddressId(row.AddressId), row.PersonId is { } person ? new PersonId(person) : null,
            row.Role is null ? null : Codes.Read<Role>(row.Role), row.Waits)).ToList();

    /// <returns>False if there was none.</returns>
    public async Task<bool> RemoveAsync(CaseId @case, AddressId address) => await _access.ExecuteAsync(
        "delete from subscription where case_id = @Case and address_id = @Address",
        new { Case = @case.Value, Address = address.Value }) > 0;

    /// <summary>Ends all subscriptions of the person.</summary>
    public Task RemoveAllAsync(PersonId person) => _access.ExecuteAsync(
        "delete from subscription s using address a where a.id = s.address_id and a.person_id = @Value", new { person.Value });

    public async Task<bool> HasAsync(CaseId @case, AddressId address) => await _access.ValueAsync<bool>(
        "select exists (select from subscription where case_id = @Case and address_id = @Address)",
        new { Case = @case.Value, Address = address.Value });

    /// <summary>
    /// The private addresses of people who follow a case with a coordinator's consent, and of people whom a coordinator chose for an incident of it.
    /// </summary>
    public Task<IReadOnlySet<AddressId>> ClearedAsync(CaseId @case, Domain.Incidents.IncidentId incident) =>
        _access.AnswerAsync(AskCleared(@case, incident));

    /// <inheritdoc cref="ClearedAsync"/>
    public Question<IReadOnlySet<AddressId>> AskCleared(CaseId @case, Domain.Incidents.IncidentId incident) =>
        _access.Ask<Guid, IReadOnlySet<AddressId>>(
        """
        select o.id
        from   subscription s
        join   address a on a.id = s.address_id
        join   address o on o.person_id = a.person_id
        where  s.case_id = @Case and s.confirmed_at is not null
        union
        select o.id
        from   alert t
        join   delivery d on d.alert_id = t.id
        join   address a on a.id = d.address_id
        join   address o on o.person_id = a.person_id
        where  t.incident_id = @Incident and t.kind = @full and t.dedup_key like @chosen
        """,
        new
        {
            Case = @case.Value,
            Incident = incident.Value,
            full = Domain.Alerts.AlertKind.IncidentAlert.Code,
            chosen = Chosen,
        },
        rows => rows.Select(id => new AddressId(id)).ToHashSet());

    /// <summary>Every group with each case that it follows.</summary>
    public async Task<IReadOnlyList<(AddressId Group, string Code, bool IsDark)>> LinksOfGroupsAsync() => (await _access.QueryAsync<GroupRow>(
        """
        select   a.id, c.code, (a.dark_why is not null) as dark
        from     subscription s
        join     address a on a.id = s.address_id and a.is_group
        join     case_file c on c.id = s.case_id
        order by a.created_at, a.id, c.code
        """)).Select(row => (new AddressId(row.Id), row.Code, row.Dark)).ToList();

    /// <summary>The cases that a person or group follows.</summary>
    public async Task<IReadOnlyList<CaseId>> CasesOfAsync(AddressId address) =>
        (await _access.QueryAsync<Guid>(
            "select case_id from subscription where address_id = @Value order by created_at, case_id", new { address.Value }))
        .Select(id => new CaseId(id)).ToList();

    /// <summary>Whether any address of the person follows the case.</summary>
    public async Task<bool> HasAsync(CaseId @case, PersonId person) => await _access.ValueAsync<bool>(
        """
        select exists (
            select from subscription s
            join   address a on a.id = s.address_id
            where  s.case_id = @Case and a.person_id = @Person and s.confirmed_at is not null
        )
        """,
        new { Case = @case.Value, Person = person.Value });

    /// <summary>The cases that any address of the person follows.</summary>
    public async Task<IReadOnlyList<CaseId>> CasesOfAsync(PersonId person) =>
        (await _access.QueryAsync<Guid>(
            """
            select   s.case_id
            from     subscription s
            join     address a on a.id = s.address_id
            where    a.person_id = @Value and s.confirmed_at is not null
            group by s.case_id
            order by min(s.created_at), s.case_id
            """,
            new { person.Value })).Select(id => new CaseId(id)).ToList();

    /// <summary>
    /// The reachable addresses that follow each of these cases: all addresses of a person, whichever of them subscribed. People who are suspended or
    /// no longer advocates are left out.
    /// </summary>
    public Task<ILookup<CaseId, Subscriber>> OpenOfAsync(IReadOnlyCollection<CaseId> cases) => _access.AnswerAsync(AskOpenOf(cases));

    /// <inheritdoc cref="OpenOfAsync"/>
    public Question<ILookup<CaseId, Subscriber>> AskOpenOf(IReadOnlyCollection<CaseId> cases) => Of(cases, "a.dark_why is null");

    /// <summary>
    /// The case's followers whose address was unreachable the last time. Some messengers do not tell when that is over, so urgent alerts try them
    /// anyway. Addresses after /stop or with an unchecked key are left out.
    /// </summary>
    public Question<IReadOnlyList<Subscriber>> AskDarkOf(CaseId @case)
    {
        var dark = Of([@case], "a.dark_why is not null and a.dark_why not in ('stopped', 'key_changed')");
        return Question.Of<IReadOnlyList<Subscriber>>(() => dark.Answer[@case].Select(one => one with { IsDark = true }).ToList(), dark);
    }

    /// <summary>The reachable groups that follow any case.</summary>
    public async Task<IReadOnlyList<Subscriber>> GroupsAsync() => (await _access.QueryAsync<(Guid Id, string Channel, string Language)>(
        """
        select   a.id, a.channel, a.language
        from     address a
        where    a.is_group and a.dark_why is null and exists (select from subscription s where s.address_id = a.id)
        order by a.created_at, a.id
        """)).Select(row => new Subscriber(
            new AddressId(row.Id), Codes.Read<Domain.Channels.ChannelKind>(row.Channel), row.Language, IsGroup: true)).ToList();

    /// <summary>Whether a coordinator chose the person to get an incident's full alert, which clears them for it.</summary>
    public Task<bool> WasToldAsync(Domain.Incidents.IncidentId incident, PersonId person) => _access.ValueAsync<bool>(
        """
        select exists (
            select from alert t
            join   delivery d on d.alert_id = t.id
            join   address a on a.id = d.address_id
            where  t.incident_id = @Incident and t.kind = @full and t.dedup_key like @chosen and a.person_id = @Person)
        """,
        new { Incident = incident.Value, Person = person.Value, full = Domain.Alerts.AlertKind.IncidentAlert.Code, chosen = Chosen });

    /// <summary>Whether a coordinator chose a group to be told of an incident: whoever of us is in it may take it.</summary>
    public Task<bool> WasToldAsync(Domain.Incidents.IncidentId incident, AddressId group) => _access.ValueAsync<bool>(
        """
        select exists (
            select from alert t
            join   delivery d on d.alert_id = t.id
            where  t.incident_id = @Incident and t.kind = @full and t.dedup_key like @chosen and d.address_id = @Group)
        """,
        new { Incident = incident.Value, Group = group.Value, full = Domain.Alerts.AlertKind.IncidentAlert.Code, chosen = Chosen });

    private Question<ILookup<CaseId, Subscriber>> Of(IReadOnlyCollection<CaseId> cases, string which) =>
        _access.Ask<Row, ILookup<CaseId, Subscriber>>(
            $"""
            select s.case_id, a.id, a.channel, coalesce(p.language, a.language) as language, a.is_group, p.role, p.id as person, coalesce(p.discreet,
                false) as discreet,
                   (a.asked_at is not null and a.warm_at is null) as unconfirmed,
                   coalesce(p.role = 'advocate', false) and not exists (
                       select from subscription c join address o on o.id = c.address_id
                       where  c.case_id = s.case_id and c.confirmed_at is not null and o.person_id = a.person_id) as code_only
            from   subscription s
            join   address f on f.id = s.address_id
            join   address a on a.id = f.id or a.person_id = f.person_id
            left   join person p on p.id = a.person_id
            where  s.case_id = {(cases.Count == 1 ? "@one" : "any(@ids)")}
            and    {which}
            and    (a.person_id is null or (not p.frozen and p.role <> 'reporter'))
            order  by s.created_at, a.id
            """,
            // Of one case the server plans it once. For an unknown number it would plan it anew each time, which takes longer than to run it.
            cases.Count == 1 ? new { one = cases.First().Value } : new { ids = cases.Select(@case => @case.Value).ToArray() },
            rows => rows.DistinctBy(row => (row.CaseId, row.Id)).ToLookup(
                row => new CaseId(row.CaseId),
                row => new Subscriber(new AddressId(row.Id), Codes.Read<Domain.Channels.ChannelKind>(row.Channel), row.Language, row.IsGroup)
                {
                    Role = row.Role is null ? null : Codes.Read<Role>(row.Role),
                    Person = row.Person is { } person ? new PersonId(person) : null,
                    IsDiscreet = row.Discreet,
                    IsUnconfirmed = row.Unconfirmed,
                    IsCodeOnly = row.CodeOnly,
                }));

    private sealed record Row(
        Guid CaseId, Guid Id, string Channel, string Language, bool IsGroup, string? Role, Guid? Person, bool Discreet, bool Unconfirmed,
        bool CodeOnly);

    private sealed record GroupRow(Guid Id, string Code, bool Dark);

    private sealed record FollowerRow(Guid AddressId, Guid? PersonId, string? Role, bool Waits);
}

/// <param name="Person">Null for a group.</param>
/// <param name="IsWaiting">Whether no coordinator has agreed yet.</param>
public sealed record Follower(AddressId Address, PersonId? Person, Role? Role, bool IsWaiting);

/// <summary>What a message needs to know of an address.</summary>
public sealed record Subscriber(AddressId Address, Domain.Channels.ChannelKind Channel, string Language, bool IsGroup)
{
    /// <summary>The role of the address's person; null for a group.</summary>
    public Role? Role { get; init; }

    /// <summary>The address's person; null for a group.</summary>
    public PersonId? Person { get; init; }

    /// <inheritdoc cref="Domain.People.Person.IsDiscreet"/>
    public bool IsDiscreet { get; init; }

    /// <inheritdoc cref="Domain.People.Person.Prefers"/>
    public Domain.Channels.ChannelKind? Prefers { get; init; }

    /// <inheritdoc cref="Domain.People.Address.IsUnconfirmed"/>
    public bool IsUnconfirmed { get; init; }

    /// <summary>Whether the address was unreachable the last time.</summary>
    public bool IsDark { get; init; }

    /// <summary>True if nobody has agreed yet to the person's request to follow; they read what groups read.</summary>
    public bool IsCodeOnly { get; init; }

    /// <summary>True if this very address is meant, whichever one the person prefers.</summary>
    public bool IsChosen { get; init; }
}
