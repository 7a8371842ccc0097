using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Postgres.Stores;

/// <summary>The on-call rota, who is away from it, and since when its first person is on duty.</summary>
public sealed class OnCallStore
{
    private const string Span = "oncall_absence.span";

    private readonly Access _access;

    internal OnCallStore(Access access) => _access = access;

    /// <summary>In order. People without the role, suspended, or away now are left out but keep their place.</summary>
    public async Task<OnCallRota> RotaAsync()
    {
        var away = (await AbsencesAsync()).Where(one => one.Has(_access.Now)).Select(one => one.Person).ToHashSet();
        return new OnCallRota((await EverybodyAsync()).Where(person => !away.Contains(person)).ToList());
    }

    /// <summary>In order, with those who are away. People without the role, or suspended, are left out.</summary>
    public async Task<IReadOnlyList<PersonId>> EverybodyAsync() =>
        (await RowsAsync()).Where(row => row.Counts).Select(row => new PersonId(row.PersonId)).ToList();

    /// <summary>
    /// Like <see cref="RotaAsync"/>, but locked until the act ends: of two who change it at once, the second sees the first one's change.
    /// </summary>
    public async Task<OnCallRota> TakeRotaAsync()
    {
        await _access.ExecuteAsync("lock table oncall in share row exclusive mode");
        return await RotaAsync();
    }

    /// <summary>Saves the order of those who are there. Whoever is left out for now keeps their place between them.</summary>
    public async Task SaveAsync(OnCallRota rota)
    {
        var rows = (await RowsAsync()).Select(row => new PersonId(row.PersonId));
        var people = rota.Among(rows, (await RotaAsync()).People.ToHashSet()).Select(person => person.Value).ToArray();
        await _access.ExecuteAsync("delete from oncall where person_id <> all(@people)", new { people });
        await _access.ExecuteAsync(
            """
            insert into oncall (person_id, position, joined_at)
            select id, ord, @now from unnest(@people) with ordinality as t (id, ord)
            on conflict (person_id) do update set position = excluded.position
            """,
            new { people, now = _access.Now });
    }

    /// <summary>The absences that are not over, the next first. One that does not open is none: rather is somebody told.</summary>
    public async Task<IReadOnlyList<Absence>> AbsencesAsync() => (await _access.QueryAsync<AbsenceRow>(
        "select id, person_id, span from oncall_absence")).Select(Read).OfType<Absence>().Where(one => one.Until > _access.Now)
        .OrderBy(one => one.From).ToList();

    public Task AddAsync(Absence absence) => _access.ExecuteAsync(
        "insert into oncall_absence (id, person_id, span) values (@Id, @Person, @span)",
        new
        {
            Id = absence.Id.Value,
            Person = absence.Person.Value,
            span = _access.Seal(Span, absence.Id.Value, $"{Text(absence.From)}/{Text(absence.Until)}"),
        });

    /// <summary>Deletes these; those that are over go too, since where somebody was is nobody's business any more.</summary>
    public async Task RemoveAsync(params IReadOnlyCollection<AbsenceId> ids)
    {
        var over = (await _access.QueryAsync<AbsenceRow>("select id, person_id, span from oncall_absence"))
            .Where(row => Read(row) is { } one && one.Until <= _access.Now).Select(row => row.Id);
        await _access.ExecuteAsync(
            "delete from oncall_absence where id = any(@ids)", new { ids = ids.Select(id => id.Value).Concat(over).ToArray() });
    }

    /// <summary>When the shift began; null if none has begun.</summary>
    public Task<Instant?> ShiftAsync() => _access.ValueAsync<Instant?>("select since from oncall_shift");

    public Task BeginShiftAsync(Instant since) => _access.ExecuteAsync(
        "insert into oncall_shift (since) values (@since) on conflict (one) do update set since = excluded.since", new { since });

    /// <summary>Who was told last that their duty has begun; null: nobody yet.</summary>
    public async Task<PersonId?> ToldAsync() =>
        await _access.ValueAsync<Guid?>("select told from oncall_shift") is { } told ? new PersonId(told) : null;

    public Task SetToldAsync(PersonId? person) =>
        _access.ExecuteAsync("update oncall_shift set told = @told", new { told = person?.Value });

    private Task<IReadOnlyList<Row>> RowsAsync() => _access.QueryAsync<Row>(
        """
        select   o.person_id, p.role <> 'reporter' and not p.frozen as counts
        from     oncall o
        join     person p on p.id = o.person_id
        order by o.position, o.joined_at
        """);

    private Absence? Read(AbsenceRow row) =>
        _access.TryOpen(Span, row.Id, row.Span).Text?.Split('/') is [var from, var until]
        && InstantPattern.General.Parse(from) is { Success: true, Value: var begins } && InstantPattern.General.Parse(until) is { Success: true } ends
            ? new Absence(new AbsenceId(row.Id), new PersonId(row.PersonId), begins, ends.Value)
            : null;

    private static string Text(Instant at) => InstantPattern.General.Format(at);

    private sealed record Row(Guid PersonId, bool Counts);

    private sealed record AbsenceRow(Guid Id, Guid PersonId, byte[] Span);
}
