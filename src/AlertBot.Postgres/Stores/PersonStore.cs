using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>The people who talk to the bot.</summary>
public sealed class PersonStore
{
    private const string Columns = "id, role, language, zone, frozen, discreet, prefers";

    private readonly Access _access;

    internal PersonStore(Access access) => _access = access;

    public async Task<Person?> FindAsync(PersonId id) =>
        (await _access.FirstAsync<Row>($"select {Columns} from person where id = @Value", new { id.Value }))?.ToPerson();

    /// <summary>Everybody who may act at least as <paramref name="least"/>, oldest first.</summary>
    public async Task<IReadOnlyList<Person>> WithRoleAsync(Role least)
    {
        var roles = Enum.GetValues<Role>().Where(role => role >= least).Select(Codes.Of).ToArray();
        var rows = await _access.QueryAsync<Row>($"select {Columns} from person where role = any(@roles) order by created_at, id", new { roles });
        return rows.Select(row => row.ToPerson()).ToList();
    }

    public Task AddAsync(Person person, Instant now) => _access.ExecuteAsync(
        "insert into person (id, role, language, zone, frozen, created_at) values (@Id, @Role, @Language, @Zone, @IsFrozen, @now)",
        new { Id = person.Id.Value, Role = Codes.Of(person.Role), person.Language, Zone = person.Zone.Id, person.IsFrozen, now });

    public Task UpdateAsync(Person person) => _access.ExecuteAsync(
        "update person set role = @Role, language = @Language, zone = @Zone, frozen = @IsFrozen, discreet = @IsDiscreet, prefers = @Prefers where id = @Id",
        new { Id = person.Id.Value, Role = Codes.Of(person.Role), person.Language, Zone = person.Zone.Id, person.IsFrozen, person.IsDiscreet, Prefers = person.Prefers is { } channel ? Codes.Of(channel) : null });

    /// <summary>A reporter who wants to be forgotten and has no address any more. Fails for one who once had a role and acted in it.</summary>
    public async Task EraseAsync(PersonId id)
    {
        await _access.ExecuteAsync("update invite set used_by = null where used_by = @Value", new { id.Value });
        await _access.ExecuteAsync(
            "delete from person p where p.id = @Value and p.role = 'reporter' and not exists (select from address a where a.person_id = p.id)", new { id.Value });
    }

    private sealed record Row(Guid Id, string Role, string Language, string Zone, bool Frozen, bool Discreet, string? Prefers)
    {
        public Person ToPerson() => new(
            new PersonId(Id), Codes.Read<Role>(Role), Language,
            DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) ?? DateTimeZone.Utc, Frozen)
        {
            IsDiscreet = Discreet,
            Prefers = Prefers is null ? null : Codes.Read<Domain.Channels.ChannelKind>(Prefers),
        };
    }
}
