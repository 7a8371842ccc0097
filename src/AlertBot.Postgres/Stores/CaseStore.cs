using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>The cases with their events. Names and the words of events are sealed.</summary>
public sealed partial class CaseStore
{
    private const string FileColumns = "id, code, zone, array_to_string(jurisdictions, ' ') as jurisdictions, status, created_by";

    private const string EventColumns =
        """
        id, case_id, kind, at_day, at_time, at_zone, at_precision, at_until, served, known,
        sets_day, sets_time, sets_zone, sets_precision, sets_until, jurisdiction, body, about, starts_clocks, same_fact_as,
        preferred, is_withdrawn, recorded_by, recorded_at, confirmed_by
        """;

    private readonly Access _access;

    internal CaseStore(Access access) => _access = access;

    /// <summary>Adds a case with its events. The code must be unused.</summary>
    public async Task AddAsync(CaseFile file, IReadOnlyList<PersonName> names, PersonId? by)
    {
        await _access.ExecuteAsync(
            """
            insert into case_file (id, code, zone, jurisdictions, status, created_by, created_at)
            values (@Id, @Code, @Zone, @Jurisdictions, @Status, @by, @now)
            """,
            new
            {
                Id = file.Id.Value,
                Code = file.Code.Text,
                Zone = file.Zone.Id,
                Jurisdictions = file.Jurisdictions.ToArray(),
                Status = Codes.Of(file.Status),
                by = by?.Value,
                now = _access.Now,
            });
        foreach (var name in names)
            await AddNameAsync(file.Id, name);
        foreach (var @event in file.Events)
            await AddEventAsync(file.Id, @event);
    }

    public async Task AddNameAsync(CaseId @case, PersonName name)
    {
        var id = Guid.CreateVersion7();
        _access.Wake(Wakeups.Cases);
        await _access.ExecuteAsync(
            "insert into case_name (id, case_id, name, created_at) values (@id, @Value, @name, @now)",
            new { id, @case.Value, name = _access.Seal("case_name.name", id, name.Reveal()), now = _access.Now });
    }

    /// <summary>All its spellings that open: one that does not must keep nobody from hearing of the person.</summary>
    public Task<IReadOnlyList<PersonName>> NamesAsync(CaseId @case) => _access.AnswerAsync(AskNames(@case));

    /// <inheritdoc cref="NamesAsync"/>
    public Question<IReadOnlyList<PersonName>> AskNames(CaseId @case) => _access.Ask<NameRow, IReadOnlyList<PersonName>>(
        "select id, name from case_name where case_id = @Value order by created_at, id", new { @case.Value },
        rows => rows.Select(row => _access.TryOpen("case_name.name", row.Id, row.Name).Text).OfType<string>()
            .Select(name => new PersonName(name)).ToList());

    /// <summary>For every case whose names changed since then, all its spellings. They are decrypted, so keep them in memory only.</summary>
    public async Task<ILookup<CaseId, PersonName>> NamesSinceAsync(Instant since) =>
        (await _access.QueryAsync<RegistryRow>(
            """
            select id, case_id, name from case_name
            where  case_id in (
                select case_id from case_name where created_at >= @since
                union select id from case_file where names_changed_at >= @since)
            order  by case_id, created_at, id
            """,
            new { since }))
        .Select(row => (row.CaseId, Name: _access.TryOpen("case_name.name", row.Id, row.Name).Text)).Where(row => row.Name is not null)
        .ToLookup(row => new CaseId(row.CaseId), row => new PersonName(row.Name!));

    public Task AddEventAsync(CaseId @case, CaseEvent @event)
    {
        var window = @event.When?.Window;
        return _access.ExecuteAsync(
            """
            insert into case_event (
                id, case_id, kind, at_day, at_time, at_zone, at_precision, at_until, first_moment, last_moment, served, known,
                sets_day, sets_time, sets_zone, sets_precision, sets_until, jurisdiction, body, about, starts_clocks, same_fact_as,
                preferred, recorded_by, recorded_at, confirmed_by, detail)
            values (
                @Id, @Case, @Kind, @AtDay, @AtTime, @AtZone, @AtPrecision, @AtUntil, @First, @Last, @Served, @Known,
                @SetsDay, @SetsTime, @SetsZone, @SetsPrecision, @SetsUntil, @Jurisdiction, @Body, @About, @MayStartClocks, @SameFactAs,
                @Preferred, @RecordedBy, @RecordedAt, @ConfirmedBy, @Detail)
            """,
            new
            {
                Id = @event.Id.Value,
                Case = @case.Value,
                Kind = @event.Kind.Code,
                AtDay = @event.When?.Day,
                AtTime = @event.When?.Time,
                AtZone = @event.When?.Zone.Id,
                AtPrecision = @event.When is { } when ? Codes.Of(when.Precision) : null,
                AtUntil = @event.When?.Until,
                window?.First,
                window?.Last,
                @event.Served,
                @event.Known,
                SetsDay = @event.Sets?.Day,
                SetsTime = @event.Sets?.Time,
                SetsZone = @event.Sets?.Zone.Id,
                SetsPrecision = @event.Sets is { } sets ? Codes.Of(sets.Precision) : null,
                SetsUntil = @event.Sets?.Until,
                @event.Jurisdiction,
                @event.Body,
                About = @event.About?.Value,
                @event.MayStartClocks,
                SameFactAs = @event.SameFactAs?.Value,
                @event.Preferred,
                RecordedBy = @event.RecordedBy?.Value,
                @event.RecordedAt,
                ConfirmedBy = @event.ConfirmedBy?.Value,
                Detail = @event.Detail == EventDetail.None
                    ? null
                    : _access.Seal(
                        "case_event.detail", @event.Id.Value, System.Text.Json.JsonSerializer.Serialize(@event.Detail, StoredJson.Options)),
            });
    }

    /// <returns>False if it was confirmed before, or if the person recorded it: a confirmation needs a second person.</returns>
    public async Task<bool> ConfirmEventAsync(EventId @event, PersonId by) => await _access.ExecuteAsync(
        """
        update case_event set confirmed_by = @by, confirmed_at = @now
        where  id = @Value and confirmed_by is null and recorded_by is distinct from @by
        """,
        new { @event.Value, by = by.Value, now = _access.Now }) > 0;

    /// <summary>Sets the event aside: it no longer counts, but stays stored.</summary>
    public Task SetAsideAsync(EventId @event, PersonId? by) => _access.ExecuteAsync(
        "update case_event set preferred = false, preferred_by = @by where id = @Value", new { @event.Value, by = by?.Value });

    public Task SetStatusAsync(CaseId @case, CaseStatus status) =>
        _access.ExecuteAsync("update case_file set status = @status where id = @Value", new { @case.Value, status = Codes.Of(status) });

    /// <summary>Where it is, and whose law applies to it.</summary>
    public Task ChangeAsync(CaseId @case, DateTimeZone zone, IReadOnlyCollection<string> jurisdictions) => _access.ExecuteAsync(
        "update case_file set zone = @zone, jurisdictions = @laws where id = @Value",
        new { @case.Value, zone = zone.Id, laws = jurisdictions.ToArray() });

    /// <summary>The case of that code. A code that it had before, and the code of a case that was joined to it, find it too.</summary>
    public async Task<CaseFile?> FindAsync(CaseCode code, bool withDetail = false) =>
        One(
            await WithEventsAsync(
                await _access.QueryAsync<FileRow>(
                    $"""
                    select {FileColumns} from case_file
                    where  id = (
                        select coalesce(c.joined_to, c.id) from case_file c
                        where  c.code = @Text or c.id = (select f.case_id from former_code f where f.code = @Text))
                    """,
                    new { code.Text }),
                withDetail));

    public async Task<CaseFile?> FindAsync(CaseId id, bool withDetail = false) => One(await LoadAsync([id], withDetail));

    /// <summary>The case of that id with its events, without their words.</summary>
    public Question<CaseFile?> AskFor(CaseId id)
    {
        var files = AskFor([id]);
        return Question.Of(() => One(files.Answer), files);
    }

    /// <summary>The case to which an event belongs.</summary>
    public async Task<CaseFile?> OfEventAsync(EventId @event) =>
        await _access.ValueAsync<Guid?>("select case_id from case_event where id = @Value and not is_proposed",
            new { @event.Value }) is { } id
            ? await FindAsync(new CaseId(id))
            : null;

    /// <summary>Loads several cases at once with their events. The events' words are loaded only on request.</summary>
    public Task<IReadOnlyList<CaseFile>> LoadAsync(IReadOnlyCollection<CaseId> ids, bool withDetail = false) =>
        _access.AnswerAsync(AskFor(ids, withDetail));

    /// <inheritdoc cref="LoadAsync"/>
    public Question<IReadOnlyList<CaseFile>> AskFor(IReadOnlyCollection<CaseId> ids, bool withDetail = false)
    {
        var files = _access.Ask<FileRow, IReadOnlyList<FileRow>>(
            $"select {FileColumns} from case_file where id = any(@ids) order by created_at, id",
            new { ids = ids.Select(id => id.Value).ToArray() },
            rows => rows);
        var events = AskEvents(ids.Select(id => id.Value).ToArray(), withDetail);
        return Question.Of<IReadOnlyList<CaseFile>>(() => Read(files.Answer, events.Answer), files, events);
    }

    /// <summary>Locks the case until the act ends.</summary>
    public Task LockAsync(CaseId id) => _access.ExecuteAsync("select from case_file where id = @Value for update", new { id.Value });

    public async Task<IReadOnlyList<CaseCode>> CodesAsync(IReadOnlyCollection<CaseId> ids) =>
        (await _access.QueryAsync<string>(
            "select code from case_file where id = any(@ids) order by created_at, id", new { ids = ids.Select(id => id.Value).ToArray() }))
        .Select(code => CaseCode.TryParse(code, out var read) ? read : default).ToList();

    public async Task<IReadOnlyList<CaseId>> AllAsync() =>
        (await _access.QueryAsync<Guid>("select id from case_file where joined_to is null order by created_at, id"))
        .Select(id => new CaseId(id)).ToList();

    private async Task<IReadOnlyList<CaseFile>> WithEventsAsync(IReadOnlyList<FileRow> files, bool withDetail) =>
        Read(files, await _access.AnswerAsync(AskEvents(files.Select(file => file.Id).ToArray(), withDetail)));

    private Question<ILookup<Guid, EventRow>> AskEvents(Guid[] ids, bool withDetail) => _access.Ask<EventRow, ILookup<Guid, EventRow>>(
        $"""
        select   {EventColumns}, case when @withDetail then detail end as detail
        from     case_event
        where    case_id = any(@ids) and not is_proposed
        order by case_id, seq
        """,
        new { ids, withDetail },
        rows => rows.ToLookup(row => row.CaseId));

    private List<CaseFile> Read(IReadOnlyList<FileRow> files, ILookup<Guid, EventRow> events) =>
        files.Select(file => new CaseFile(
            new CaseId(file.Id),
            CaseCode.TryParse(file.Code, out var code) ? code : throw new InvalidOperationException("The database holds a malformed case code."),
            EventRow.ZoneOf(file.Zone),
            file.Jurisdictions.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Codes.Read<CaseStatus>(file.Status),
            events[file.Id].Select(row => row.ToEvent(_access)).ToList())).ToList();

    private static CaseFile? One(IReadOnlyList<CaseFile> files) => files.Count > 0 ? files[0] : null;

    private sealed record FileRow(Guid Id, string Code, string Zone, string Jurisdictions, string Status, Guid? CreatedBy);

    private sealed record RegistryRow(Guid Id, Guid CaseId, byte[] Name);

    private sealed record NameRow(Guid Id, byte[] Name);
}
