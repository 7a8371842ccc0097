using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>What pages of the desk list: each list is one statement, however many rows it has.</summary>
public sealed partial class DeskStore
{
    private readonly Access _access;

    internal DeskStore(Access access) => _access = access;

    public async Task<IReadOnlyDictionary<CaseId, CaseCode>> CodesAsync(IEnumerable<CaseId> ids) =>
        (await _access.QueryAsync<(Guid Id, string Code)>(
            "select id, code from case_file where id = any(@ids)", new { ids = ids.Select(id => id.Value).Distinct().ToArray() }))
        .ToDictionary(row => new CaseId(row.Id), row => CaseCode.TryParse(row.Code, out var code) ? code : default);

    public async Task<IReadOnlyDictionary<IncidentId, string>> CodesAsync(IEnumerable<IncidentId> ids) =>
        (await _access.QueryAsync<(Guid Id, string Code)>(
            "select id, code from incident where id = any(@ids)", new { ids = ids.Select(id => id.Value).Distinct().ToArray() }))
        .ToDictionary(row => new IncidentId(row.Id), row => row.Code);

    /// <summary>Reports whose reporter is still writing, the latest words first.</summary>
    public Task<IReadOnlyList<DraftBeingWritten>> BeingWrittenAsync(int most) => _access.QueryAsync<DraftBeingWritten>(
        $"""
        select   i.code as incident, r.begun_at, r.changed_at
        from     report r
        left     join incident i on i.id = r.incident_id
        where    r.state = 'draft' or (r.state = 'sent' and r.is_incomplete and r.silent_at is null)
        order by r.changed_at desc
        limit    @most
        """,
        new { most });

    /// <summary>Addresses of people with a role, and of linked groups, that cannot be written to; the newest first.</summary>
    public async Task<IReadOnlyList<DarkPlace>> DarkAsync(int most) => (await _access.QueryAsync<DarkRow>(
        """
        select   a.id, a.channel, a.title, a.dark_why, a.dark_since, a.person_id, p.role,
                 (select count(*)::int from subscription s where s.address_id = a.id) as cases
        from     address a
        left     join person p on p.id = a.person_id
        where    a.dark_why is not null
        and      ((p.role <> 'reporter' and not p.frozen) or (a.is_group and exists (select from subscription s where s.address_id = a.id)))
        order by a.dark_since desc, a.id
        limit    @most
        """,
        new { most })).Select(row => new DarkPlace(
            new AddressId(row.Id), Codes.Read<ChannelKind>(row.Channel), row.PersonId is { } person ? new PersonId(person) : null,
            row.Role is null ? null : Codes.Read<Role>(row.Role), TitleOf(row.Id, row.Title),
            Codes.Read<Refusal>(row.DarkWhy), row.DarkSince, row.Cases)).ToList();

    private Title TitleOf(Guid address, byte[]? title) => TitleOf(_access, address, title);

    internal static Title TitleOf(Access access, Guid address, byte[]? title)
    {
        var (text, isReadable) = access.TryOpen("address.title", address, title);
        return new Title(isReadable ? text ?? "–" : null);
    }

    private sealed record DarkRow(
        Guid Id, string Channel, byte[]? Title, string DarkWhy, Instant DarkSince, Guid? PersonId, string? Role, int Cases);
}

/// <param name="Incident">The code of the incident that people already see; null: none yet.</param>
public sealed record DraftBeingWritten(string? Incident, Instant BegunAt, Instant ChangedAt);

/// <summary>An address that cannot be written to. Prints as a mask.</summary>
/// <param name="Person">Null for a group.</param>
/// <param name="Cases">The number of cases that it follows.</param>
public sealed record DarkPlace(
    AddressId Address, ChannelKind Channel, PersonId? Person, Role? Role, Title Title, Refusal Why, Instant Since, int Cases)
{
    public override string ToString() => "(dark place)";
}

/// <summary>What a group calls itself. Prints as a mask.</summary>
/// <param name="Text">Null: it does not open, since its key is gone or its row was changed.</param>
public sealed record Title(string? Text)
{
    public override string ToString() => "(title)";
}
