using AlertBot.Domain.CheckIns;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>The check-ins: people at risk who are asked whether all is well, one check-in for each.</summary>
public sealed class CheckInStore
{
    private const string Columns = "id, person_id, called, schedule, schedule_sealed, grace, paused, step, round, excused, asked_at, look_at, "
        + "incident_id, wish, wish_round, (word is not null) as has_words";

    private readonly Access _access;

    internal CheckInStore(Access access) =>
        (_access, Contacts, Messages) = (access, new CheckInContactStore(access), new CheckInMessageStore(access));

    /// <summary>The contacts whom they named.</summary>
    public CheckInContactStore Contacts { get; }

    /// <summary>The messages of each round.</summary>
    public CheckInMessageStore Messages { get; }

    /// <returns>False if the person already has one.</returns>
    public async Task<bool> AddAsync(CheckIn one) => await _access.ExecuteAsync(
        """
        insert into check_in (id, person_id, called, schedule_sealed, grace, paused, step, round, look_at, begun_at)
        values (@Id, @Person, @Called, @Schedule, @Grace, @IsPaused, @Step, @Round, @LookAt, @now)
        on conflict (person_id) do nothing
        """,
        Values(one, _access.Now)) == 1;

    /// <summary>The person's check-in, locked until the act ends, so that the job and the person's answer see each other's changes.</summary>
    public async Task<CheckIn?> OfAsync(PersonId person) =>
        Read(await _access.FirstAsync<Row>($"select {Columns} from check_in where person_id = @Value for update", new { person.Value }));

    public async Task<CheckIn?> FindAsync(CheckInId id) =>
        Read(await _access.FirstAsync<Row>($"select {Columns} from check_in where id = @Value", new { id.Value }));

    /// <summary>
    /// The check-in that is longest overdue, locked until the act ends; those locked elsewhere are skipped. Gives only its id, so that one that
    /// cannot be read does not hold up the others.
    /// </summary>
    public async Task<CheckInId?> TakeDueIdAsync() =>
        await _access.ValueAsync<Guid?>(
            "select id from check_in where look_at <= @now order by look_at limit 1 for update skip locked", new { now = _access.Now }) is { } id
            ? new CheckInId(id)
            : null;

    /// <summary>All that wait for a time to come, locked until the act ends. Only their ids, as above.</summary>
    public async Task<IReadOnlyList<CheckInId>> TakeWaitingIdsAsync() => (await _access.QueryAsync<Guid>(
        "select id from check_in where look_at > @now or asked_at > @now order by id for update", new { now = _access.Now }))
        .Select(id => new CheckInId(id)).ToList();

    public Task PostponeAsync(CheckInId id, Instant until) => _access.ExecuteAsync(
        "update check_in set look_at = @until where id = @Value", new { id.Value, until });

    public Task SaveAsync(CheckIn one) => _access.ExecuteAsync(
        """
        update check_in
        set    called = @Called, schedule = null, schedule_sealed = @Schedule, grace = @Grace, paused = @IsPaused, step = @Step, round = @Round,
               excused = @IsExcused, asked_at = @AskedAt, look_at = @LookAt, incident_id = @Incident, wish = @Wish, wish_round = @WishRound
        where  id = @Id
        """,
        Values(one));

    private object Values(CheckIn one, Instant? now = null) => new
    {
        Id = one.Id.Value,
        Person = one.Person.Value,
        Called = Sealed(one),
        Schedule = _access.Seal("check_in.schedule_sealed", one.Id.Value, one.Schedule?.ToString()),
        Grace = (int)one.Grace.TotalMinutes,
        one.IsPaused,
        Step = Codes.Of(one.Step),
        one.Round,
        one.IsExcused,
        one.AskedAt,
        one.LookAt,
        Incident = one.Incident?.Value,
        Wish = _access.Seal("check_in.wish", one.Id.Value, one.Wish?.ToString()),
        WishRound = one.Wish is null ? (int?)null : one.WishRound,
        now,
    };

    /// <summary>Sets the person's two words. Only keyed hashes of them are stored.</summary>
    public Task SetWordsAsync(CheckInId id, string word, string duress) => _access.ExecuteAsync(
        "update check_in set word = @word, duress = @duress where id = @Value",
        new { id.Value, word = HashOf(id, word), duress = HashOf(id, duress) });

    /// <returns>True for the word, false for the word of duress, null for anything else.</returns>
    public async Task<bool?> IsWordAsync(CheckInId id, string said)
    {
        var hash = HashOf(id, said);
        return await _access.ValueAsync<bool?>(
            "select word = @hash from check_in where id = @Value and (word = @hash or duress = @hash)", new { id.Value, hash });
    }

    /// <summary>Deletes it with its contacts.</summary>
    public Task DeleteAsync(CheckInId id) => _access.ExecuteAsync("delete from check_in where id = @Value", new { id.Value });

    /// <summary>
    /// Moves a check-in and its contacts from one person to another who proves to be the same. If both have one, the second's own stays. Nobody
    /// becomes their own contact.
    /// </summary>
    public async Task GiveToAsync(PersonId from, PersonId to)
    {
        var ids = new { from = from.Value, to = to.Value };
        await _access.ExecuteAsync("delete from check_in where person_id = @from and exists (select from check_in where person_id = @to)", ids);
        await _access.ExecuteAsync("update check_in set person_id = @to where person_id = @from", ids);
        await _access.ExecuteAsync(
            """
            delete from check_in_contact c
            where  c.person_id in (@from, @to) and exists (select from check_in i where i.id = c.check_in_id and i.person_id = @to)
            or     c.person_id = @from and exists (select from check_in_contact o where o.check_in_id = c.check_in_id and o.person_id = @to)
            """,
            ids);
        await _access.ExecuteAsync("update check_in_contact set person_id = @to where person_id = @from", ids);
    }

    // Capitals, blanks and a full stop do not matter, because people type the word in fear.
    private byte[] HashOf(CheckInId id, string word)
    {
        var plain = string.Join(' ', word.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim('.', '!');
        return _access.Vault.Lookup("check_in.word", $"{id.Value:N} {plain}");
    }

    private byte[]? Sealed(CheckIn one) => _access.Seal("check_in.called", one.Id.Value, one.Called?.Reveal());

    private CheckIn? Read(Row? row) => row is null ? null : new CheckIn(new CheckInId(row.Id), new PersonId(row.PersonId))
    {
        Called = _access.Open("check_in.called", row.Id, row.Called) is { } name ? new PersonName(name) : null,
        Schedule = CheckInSchedule.Read(_access.Open("check_in.schedule_sealed", row.Id, row.ScheduleSealed) ?? row.Schedule ?? "")
            ?? throw new InvalidOperationException("The database holds a damaged schedule."),
        Grace = Duration.FromMinutes(row.Grace),
        IsPaused = row.Paused,
        Step = Codes.Read<CheckInStep>(row.Step),
        Round = row.Round,
        IsExcused = row.Excused,
        AskedAt = row.AskedAt,
        LookAt = row.LookAt,
        Incident = row.IncidentId is { } incident ? new IncidentId(incident) : null,
        Wish = CheckInWish.Read(_access.Open("check_in.wish", row.Id, row.Wish)),
        WishRound = row.WishRound ?? 0,
        HasWords = row.HasWords,
    };

    private sealed record Row(
        Guid Id, Guid PersonId, byte[]? Called, string? Schedule, byte[]? ScheduleSealed, int Grace, bool Paused, string Step, int Round,
        bool Excused, Instant? AskedAt, Instant? LookAt, Guid? IncidentId, byte[]? Wish, int? WishRound, bool HasWords);
}
