using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>The people who talk to the bot.</summary>
public sealed partial class PersonStore
{
    private const string Columns = "id, role, language, zone, zone_sealed, frozen, discreet, prefers, called";

    private const string Zone = "person.zone_sealed";

    private readonly Access _access;

    internal PersonStore(Access access) => _access = access;

    public async Task<Person?> FindAsync(PersonId id) =>
        (await _access.FirstAsync<Row>($"select {Columns} from person where id = @Value", new { id.Value })) is { } row ? Read(row) : null;

    /// <summary>Everybody who may act at least as <paramref name="least"/>, oldest first.</summary>
    public async Task<IReadOnlyList<Person>> WithRoleAsync(Role least)
    {
        var roles = Enum.GetValues<Role>().Where(role => role >= least).Select(Codes.Of).ToArray();
        var rows = await _access.QueryAsync<Row>($"select {Columns} from person where role = any(@roles) order by created_at, id", new { roles });
        return rows.Select(Read).ToList();
    }

    /// <summary>These people, oldest first.</summary>
    public async Task<IReadOnlyList<Person>> OfAsync(IEnumerable<PersonId> ids) => (await _access.QueryAsync<Row>(
        $"select {Columns} from person where id = any(@ids) order by created_at, id",
        new { ids = ids.Select(one => one.Value).Distinct().ToArray() })).Select(Read).ToList();

    public Task AddAsync(Person person) => _access.LaterAsync(
        "insert into person (id, role, language, zone_sealed, frozen, created_at) values (@Id, @Role, @Language, @Zone, @IsFrozen, @now)",
        new
        {
            Id = person.Id.Value,
            Role = Codes.Of(person.Role),
            person.Language,
            Zone = _access.Seal(Zone, person.Id.Value, person.Zone.Id),
            person.IsFrozen,
            now = _access.Now,
        });

    /// <summary>All but whether the role is suspended: an act that read the person before must not end that.</summary>
    public Task UpdateAsync(Person person) => _access.ExecuteAsync(
        """
        update person
        set    role = @Role, language = @Language, zone = null, zone_sealed = @Zone, discreet = @IsDiscreet, prefers = @Prefers
        where  id = @Id
        """,
        new
        {
            Id = person.Id.Value,
            Role = Codes.Of(person.Role),
            person.Language,
            Zone = _access.Seal(Zone, person.Id.Value, person.Zone.Id),
            person.IsDiscreet,
            Prefers = person.Prefers is { } channel ? Codes.Of(channel) : null,
        });

    /// <summary>Suspends the role by hand, until <see cref="UnfreezeAsync"/>.</summary>
    /// <param name="by">Null: on the command line.</param>
    /// <returns>False if somebody did so before.</returns>
    public async Task<bool> FreezeAsync(PersonId id, PersonId? by) => await _access.ExecuteAsync(
        "update person set frozen = true, frozen_at = @now, frozen_by = @By where id = @Value and frozen_at is null",
        new { id.Value, By = by?.Value, now = _access.Now }) > 0;

    /// <summary>Ends the suspension by hand. A changed key may still suspend the role.</summary>
    public async Task UnfreezeAsync(PersonId id)
    {
        await _access.ExecuteAsync("update person set frozen_at = null, frozen_by = null where id = @Value", new { id.Value });
        await RefreezeAsync(id);
    }

    /// <summary>Recomputes the suspension: by hand, or because of a changed key.</summary>
    public Task RefreezeAsync(PersonId id) => _access.ExecuteAsync(
        """
        update person p
        set    frozen = p.frozen_at is not null
                     or exists (select from key_change k join address a on a.id = k.address_id where a.person_id = p.id)
        where  p.id = @Value
        """,
        new { id.Value });

    /// <summary>Erases a reporter who wants to be forgotten and has no address left. Fails for a person who has acted in a role.</summary>
    public async Task EraseAsync(PersonId id)
    {
        await _access.ExecuteAsync("update invite set used_by = null where used_by = @Value", new { id.Value });
        await _access.ExecuteAsync(
            "delete from person p where p.id = @Value and p.role = 'reporter' and not exists (select from address a where a.person_id = p.id)",
            new { id.Value });
    }

    /// <summary>Sets what co-workers call the person, see <see cref="Person.Called"/>.</summary>
    public Task SetCalledAsync(PersonId id, PersonName? called) => _access.ExecuteAsync(
        "update person set called = @called where id = @Value",
        new { id.Value, called = _access.Seal("person.called", id.Value, called?.Reveal()) });

    /// <summary>How colleagues know these people: by name or by sign.</summary>
    public async Task<IReadOnlyDictionary<PersonId, string>> ShownAsync(IEnumerable<PersonId> people) =>
        people.Select(one => one.Value).Distinct().ToArray() is { Length: > 0 } ids
            ? (await _access.QueryAsync<Row>($"select {Columns} from person where id = any(@ids)", new { ids }))
                .ToDictionary(row => new PersonId(row.Id), row => Read(row).Shown)
            : new Dictionary<PersonId, string>();

    private Person Read(Row row) => new(
        new PersonId(row.Id), Codes.Read<Role>(row.Role), row.Language,
        ZoneOf(_access, row.Id, row.ZoneSealed, row.Zone), row.Frozen)
    {
        IsDiscreet = row.Discreet,
        Prefers = row.Prefers is null ? null : Codes.Read<Domain.Channels.ChannelKind>(row.Prefers),
        Called = NameOf(row),
    };

    // A zone that does not open, or that nobody knows, must not keep anybody from being told.
    internal static DateTimeZone ZoneOf(Access access, Guid person, byte[]? @sealed, string? clear)
    {
        var (opened, isReadable) = access.TryOpen(Zone, person, @sealed);
        return isReadable && (opened ?? clear) is { } id && DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone ? zone : DateTimeZone.Utc;
    }

    // One that does not open must not keep the person from being told: then they go by their sign.
    private PersonName? NameOf(Row row) => _access.TryOpen("person.called", row.Id, row.Called).Text is { } name ? new PersonName(name) : null;

    private sealed record Row(
        Guid Id, string Role, string Language, string? Zone, byte[]? ZoneSealed, bool Frozen, bool Discreet, string? Prefers, byte[]? Called);
}
