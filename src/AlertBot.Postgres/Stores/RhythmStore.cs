using System.Text.Json;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Each person's quiet hours and digest times, and what waits for the next digest.</summary>
public sealed class RhythmStore
{
    private const string Columns = "r.person_id, r.quiet, r.quiet_sealed, r.digest, r.digest_since, r.digest_at";

    private const string Quiet = "rhythm.quiet_sealed";

    private readonly Access _access;

    internal RhythmStore(Access access) => _access = access;

    /// <summary>A person who never chose any has none.</summary>
    public async Task<Rhythm> OfAsync(PersonId person) =>
        (await _access.FirstAsync<Row>($"select {Columns} from rhythm r where r.person_id = @Value for update", new { person.Value })) is { } row
            ? Read(row)
            : new Rhythm(person);

    /// <summary>The rhythm and time zone of the people behind these addresses. People without a rhythm are left out.</summary>
    public async Task<IReadOnlyDictionary<AddressId, (Rhythm Rhythm, DateTimeZone Zone)>> OfAsync(IReadOnlyCollection<AddressId> addresses) =>
        (await _access.QueryAsync<AddressRow>(
            $"""
            select a.id as address_id, p.zone, p.zone_sealed, {Columns}
            from   rhythm r
            join   person p on p.id = r.person_id
            join   address a on a.person_id = p.id
            where  a.id = any(@ids) and not a.is_group
            """,
            new { ids = addresses.Select(address => address.Value).ToArray() }))
        .ToDictionary(
            row => new AddressId(row.AddressId), row => (Read(row), PersonStore.ZoneOf(_access, row.PersonId, row.ZoneSealed, row.Zone)));

    public Task SaveAsync(Rhythm rhythm) => _access.ExecuteAsync(
        """
        insert into rhythm (person_id, quiet_sealed, digest, digest_since, digest_at) values (@Person, @Quiet, @Digest, @DigestSince, @DigestAt)
        on conflict (person_id) do update set
            quiet = null, quiet_sealed = excluded.quiet_sealed, digest = excluded.digest, digest_since = excluded.digest_since,
            digest_at = excluded.digest_at
        """,
        new
        {
            Person = rhythm.Person.Value,
            Quiet = _access.Seal(Quiet, rhythm.Person.Value, rhythm.Quiet?.ToString()),
            Digest = rhythm.Digest is { } digest ? Codes.Of(digest) : null,
            rhythm.DigestSince,
            rhythm.DigestAt,
        });

    /// <summary>People whose digest is due, locked until the act ends; those locked elsewhere are skipped.</summary>
    public async Task<IReadOnlyList<Rhythm>> TakeDigestsAsync(int limit) => (await _access.QueryAsync<Row>(
        $"select {Columns} from rhythm r where r.digest is not null and r.digest_at <= @now order by r.digest_at limit @limit for update skip locked",
        new { now = _access.Now, limit })).Select(Read).ToList();

    /// <summary>Keeps an alert for the person's next digest instead of sending it by itself.</summary>
    public async Task KeepAsync(PersonId person, AlertId alert, RichText text)
    {
        var id = Guid.CreateVersion7();
        await _access.ExecuteAsync(
            """
            insert into digest_item (id, person_id, alert_id, body, added_at) values (@id, @person, @alert, @body, @now)
            on conflict (person_id, alert_id) do nothing
            """,
            new
            {
                id,
                person = person.Value,
                alert = alert.Value,
                body = _access.Seal("digest_item.body", id, JsonSerializer.Serialize(text, StoredJson.Options)),
                now = _access.Now,
            });
    }

    /// <summary>Takes out everything kept, oldest first.</summary>
    public async Task<IReadOnlyList<RichText>> TakeKeptAsync(PersonId person) =>
        (await _access.QueryAsync<ItemRow>("delete from digest_item where person_id = @Value returning id, seq, body", new { person.Value }))
        .OrderBy(row => row.Seq)
        .Select(row => JsonSerializer.Deserialize<RichText>(_access.Open("digest_item.body", row.Id, row.Body)!, StoredJson.Options)!).ToList();

    private Rhythm Read(Row row) => new(
        new PersonId(row.PersonId), QuietOf(row) is { } quiet ? QuietHours.Read(quiet) : null,
        row.Digest is null ? null : Codes.Read<DigestInterval>(row.Digest), row.DigestSince, row.DigestAt);

    // Quiet hours that do not open are none: rather is somebody woken.
    private string? QuietOf(Row row)
    {
        var (opened, isReadable) = _access.TryOpen(Quiet, row.PersonId, row.QuietSealed);
        return isReadable ? opened ?? row.Quiet : null;
    }

    private record Row(Guid PersonId, string? Quiet, byte[]? QuietSealed, string? Digest, Instant? DigestSince, Instant? DigestAt);

    private sealed record AddressRow(
        Guid AddressId, string? Zone, byte[]? ZoneSealed, Guid PersonId, string? Quiet, byte[]? QuietSealed, string? Digest, Instant? DigestSince,
        Instant? DigestAt)
        : Row(PersonId, Quiet, QuietSealed, Digest, DigestSince, DigestAt);

    private sealed record ItemRow(Guid Id, long Seq, byte[] Body);
}
