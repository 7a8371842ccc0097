using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>The on-call rota, and since when its first person is on duty.</summary>
public sealed class OnCallStore
{
    private readonly Access _access;

    internal OnCallStore(Access access) => _access = access;

    /// <summary>In order. People without the role, or suspended, are left out but keep their place.</summary>
    public async Task<OnCallRota> RotaAsync() => new((await _access.QueryAsync<Guid>(
        """
        select   o.person_id
        from     oncall o
        join     person p on p.id = o.person_id
        where    p.role <> 'reporter' and not p.frozen
        order by o.position, o.joined_at
        """)).Select(id => new PersonId(id)).ToList());

    /// <summary>
    /// Like <see cref="RotaAsync"/>, but locked until the act ends: of two who change it at once, the second sees the first one's change.
    /// </summary>
    public async Task<OnCallRota> TakeRotaAsync()
    {
        await _access.ExecuteAsync("lock table oncall in share row exclusive mode");
        return await RotaAsync();
    }

    public async Task SaveAsync(OnCallRota rota)
    {
        var people = rota.People.Select(person => person.Value).ToArray();
        // People who are left out for now keep their row.
        await _access.ExecuteAsync(
            """
            delete from oncall o using person p
            where  p.id = o.person_id and p.role <> 'reporter' and not p.frozen and o.person_id <> all(@people)
            """,
            new { people });
        await _access.ExecuteAsync(
            """
            insert into oncall (person_id, position, joined_at)
            select id, ord, @now from unnest(@people) with ordinality as t (id, ord)
            on conflict (person_id) do update set position = excluded.position
            """,
            new { people, now = _access.Now });
    }

    /// <summary>When the shift began; null if none has begun.</summary>
    public Task<Instant?> ShiftAsync() => _access.ValueAsync<Instant?>("select since from oncall_shift");

    public Task BeginShiftAsync(Instant since) => _access.ExecuteAsync(
        "insert into oncall_shift (since) values (@since) on conflict (one) do update set since = excluded.since", new { since });
}
