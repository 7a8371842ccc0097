using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Incidents: what happened to whom, as reported, and what is done about it.</summary>
public sealed partial class IncidentStore
{
    private const string Columns =
        """
        id, code, case_id, kind, standing, handling, step, taken_by, taken_at, asked_at, verified_by, outcome, duplicate_of, told_fully,
        opened_at, closed_at, look_at, version
        """;

    // Messages about an incident that are never edited, unlike its cards.
    private static readonly string[] NoCards = [AlertKind.IncidentCorrection.Code, AlertKind.IncidentNews.Code];

    private readonly Access _access;

    internal IncidentStore(Access access) => _access = access;

    public async Task<Incident?> FindAsync(IncidentId id) => One(
        await _access.QueryAsync<Row>($"select {Columns} from incident where id = @Value", new { id.Value }));

    public async Task<Incident?> FindAsync(IncidentCode code) =>
        One(await _access.QueryAsync<Row>($"select {Columns} from incident where code = @Text", new { code.Text }));

    /// <summary>The incident, locked until the act ends: of two people who press at once, the second sees the first one's change.</summary>
    public async Task<Incident?> TakeAsync(IncidentId id) =>
        One(await _access.QueryAsync<Row>($"select {Columns} from incident where id = @Value for update", new { id.Value }));

    /// <summary>Saves the changeable parts as a new version.</summary>
    /// <returns>The incident as saved.</returns>
    public async Task<Incident> SaveAsync(Incident incident)
    {
        var saved = incident with { Version = incident.Version + 1 };
        await _access.LaterAsync(
            """
            update incident
            set    case_id = @Case, kind = @Kind, standing = @Standing, handling = @Handling, step = @Step, taken_by = @TakenBy, taken_at = @TakenAt,
                   asked_at = @AskedAt, verified_by = @VerifiedBy, outcome = @Outcome, duplicate_of = @DuplicateOf, told_fully = @IsToldFully,
                   closed_at = @ClosedAt, look_at = @LookAt, version = @Version
            where  id = @Id
            """,
            new
            {
                Id = saved.Id.Value,
                Case = saved.Case?.Value,
                Kind = Codes.Of(saved.Kind),
                Standing = Codes.Of(saved.Standing),
                Handling = Codes.Of(saved.Handling),
                saved.Step,
                TakenBy = saved.TakenBy?.Value,
                saved.TakenAt,
                saved.AskedAt,
                VerifiedBy = saved.VerifiedBy?.Value,
                Outcome = saved.Outcome is { } outcome ? Codes.Of(outcome) : null,
                DuplicateOf = saved.DuplicateOf?.Value,
                saved.IsToldFully,
                saved.ClosedAt,
                saved.LookAt,
                saved.Version,
            });
        return saved;
    }

    /// <summary>All open incidents, oldest first.</summary>
    public async Task<IReadOnlyList<Incident>> OpenAsync() => (await _access.QueryAsync<Row>(
        $"select {Columns} from incident where handling <> 'closed' order by opened_at, seq")).Select(TryRead).OfType<Incident>().ToList();

    /// <summary>The incidents that the person has taken, the longest held first.</summary>
    public async Task<IReadOnlyList<Incident>> OfAsync(PersonId person) => (await _access.QueryAsync<Row>(
        $"select {Columns} from incident where taken_by = @Value and handling = 'taken' order by taken_at, seq", new { person.Value }))
        .Select(TryRead).OfType<Incident>().ToList();

    /// <summary>The number of files in its reports.</summary>
    public Task<int> FilesAsync(IncidentId incident) => _access.AnswerAsync(AskFiles(incident));

    /// <inheritdoc cref="FilesAsync"/>
    public Question<int> AskFiles(IncidentId incident) => _access.Ask<int, int>(
        "select count(*)::int from report_file f join report r on r.id = f.report_id where r.incident_id = @Value", new { incident.Value },
        rows => rows[0]);

    /// <summary>Who asked a reporter a question, in this incident or in one joined to it.</summary>
    public async Task<IReadOnlyList<PersonId>> AskersAsync(IncidentId incident) => (await _access.QueryAsync<Guid>(
        """
        with recursive same as (
            select @Value as id
            union
            select i.id from incident i join same s on i.duplicate_of = s.id
        )
        select   person_id from incident_entry
        where    act = @question and person_id is not null and incident_id in (select id from same)
        group by person_id
        order by min(id)
        """,
        new { incident.Value, question = Codes.Of(IncidentAct.Question) })).Select(id => new PersonId(id)).ToList();

    /// <summary>Its history, in order.</summary>
    public Task<IReadOnlyList<IncidentEntry>> EntriesAsync(IncidentId incident) => _access.AnswerAsync(AskEntries(incident));

    /// <inheritdoc cref="EntriesAsync"/>
    public Question<IReadOnlyList<IncidentEntry>> AskEntries(IncidentId incident) => _access.Ask<EntryRow, IReadOnlyList<IncidentEntry>>(
        """
        select   e.at, e.person_id, e.act, e.detail_row, coalesce(e.detail, a.detail) as detail
        from     incident_entry e
        left     join reporter_answer a on a.detail_row = e.detail_row
        where    e.incident_id = @Value
        order by e.id
        """,
        new { incident.Value },
        rows => rows.Select(row => new IncidentEntry(
            row.At, row.PersonId is { } person ? new PersonId(person) : null, Codes.Read<IncidentAct>(row.Act),
            _access.Open("incident_entry.detail", row.DetailRow, row.Detail))).ToList());

    /// <summary>Its cards: one message for each delivery of its alerts, sent or waiting, to be edited in place.</summary>
    public Task<IReadOnlyList<IncidentCard>> CardsAsync(IncidentId incident) => _access.AnswerAsync(AskCards(incident));

    /// <inheritdoc cref="CardsAsync"/>
    public Question<IReadOnlyList<IncidentCard>> AskCards(IncidentId incident) => _access.Ask<CardRow, IReadOnlyList<IncidentCard>>(
        $"""
        select   d.id, d.address_id, a.id as alert, a.kind, exists (select from shown_card s where s.delivery_id = d.id) as shown
        from     alert a
        join     delivery d on d.alert_id = a.id
        where    a.incident_id = @Value and a.kind <> all(@noCards) and d.edits is null
            and d.state in ('queued', 'sending', 'retry', 'maybe', 'sent')
        order by d.seq
        """,
        new { incident.Value, noCards = NoCards },
        rows => rows.Select(CardOf).ToList());

    /// <summary>The card in that message; null if the message is not a card.</summary>
    public async Task<IncidentCard?> CardAtAsync(IncidentId incident, AddressId at, Domain.Channels.MessageRef message) =>
        await _access.FirstAsync<CardRow>(
            """
            select d.id, d.address_id, a.id as alert, a.kind, exists (select from shown_card s where s.delivery_id = d.id) as shown
            from   alert a
            join   delivery d on d.alert_id = a.id
            where  a.incident_id = @Incident and d.address_id = @Address and d.edits is null and d.message_ref = @Message
            """,
            new { Incident = incident.Value, Address = at.Value, Message = message.Value }) is { } row
            ? CardOf(row)
            : null;

    /// <summary>Opens or hides a discreet person's card. Edits keep it that way.</summary>
    public Task SetShownAsync(DeliveryId card, bool isShown) => isShown
        ? _access.ExecuteAsync(
            "insert into shown_card (delivery_id, shown_at) values (@Value, @now) on conflict do nothing", new { card.Value, now = _access.Now })
        : _access.ExecuteAsync("delete from shown_card where delivery_id = @Value", new { card.Value });

    /// <summary>Where messages about it arrived or may have arrived: these people must hear the correction.</summary>
    public async Task<IReadOnlyList<Subscriber>> ReceivedAsync(IncidentId incident) => (await _access.QueryAsync<ReceivedRow>(
        """
        select a.id, a.channel, coalesce(p.language, a.language) as language, a.is_group, p.role, coalesce(p.discreet, false) as discreet
        from   address a
        left   join person p on p.id = a.person_id
        where  a.dark_why is null and exists (
            select from alert t
            join   delivery d on d.alert_id = t.id
            where  t.incident_id = @Value and t.kind <> @correction and d.edits is null and d.address_id = a.id
            and    (d.state in ('sent', 'maybe', 'sending') or d.unclear > 0 or d.parts_sent > 0))
        order  by a.created_at, a.id
        """,
        new { incident.Value, correction = AlertKind.IncidentCorrection.Code })).Select(row => new Subscriber(
            new AddressId(row.Id), Codes.Read<Domain.Channels.ChannelKind>(row.Channel), row.Language, row.IsGroup)
        {
            Role = row.Role is null ? null : Codes.Read<Role>(row.Role),
            IsDiscreet = row.Discreet,
        }).ToList();

    /// <summary>Drops every unsent message about it.</summary>
    public Task<int> SupersedeUnsentAsync(IncidentId incident) => _access.ExecuteAsync(
        """
        update delivery d set state = 'superseded', body = null, finished_at = @now
        from   alert t
        where  t.id = d.alert_id and t.incident_id = @Value and d.edits is null and d.state in ('queued', 'retry') and d.unclear = 0
            and d.parts_sent = 0
        """,
        new { incident.Value, now = _access.Now });

    /// <summary>The state of each message about it, which shows who knows and who does not know yet.</summary>
    public async Task<IReadOnlyList<(AddressId To, AlertKind Kind, DeliveryState State)>> WhoKnowsAsync(IncidentId incident) =>
        (await _access.QueryAsync<(Guid To, string Kind, string State)>(
            """
            select   d.address_id, t.kind, d.state
            from     alert t
            join     delivery d on d.alert_id = t.id
            where    t.incident_id = @Value and d.edits is null
            order by d.seq
            """,
            new { incident.Value })).Select(row => (new AddressId(row.To), new AlertKind(row.Kind), Codes.Read<DeliveryState>(row.State))).ToList();

    private static IncidentCard CardOf(CardRow row) =>
        new(new DeliveryId(row.Id), new AddressId(row.AddressId), new AlertId(row.Alert), new AlertKind(row.Kind)) { IsShown = row.Shown };

    // In a list. Whoever watches it takes it by its id, and says that it is damaged.
    private static Incident? TryRead(Row row)
    {
        try
        {
            return Read(row);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Incident? One(IReadOnlyList<Row> rows) => rows.Count == 0 ? null : Read(rows[0]);

    private static Incident Read(Row row) => new(
        new IncidentId(row.Id), IncidentCode.TryParse(row.Code, out var code)
            ? code
            : throw new InvalidOperationException("The database holds a damaged code."),
        row.CaseId is { } @case ? new CaseId(@case) : null, Codes.Read<ReportKind>(row.Kind), row.OpenedAt)
    {
        Standing = Codes.Read<Standing>(row.Standing),
        Handling = Codes.Read<Handling>(row.Handling),
        Step = row.Step,
        TakenBy = row.TakenBy is { } taken ? new PersonId(taken) : null,
        TakenAt = row.TakenAt,
        AskedAt = row.AskedAt,
        VerifiedBy = row.VerifiedBy is { } verified ? new PersonId(verified) : null,
        Outcome = row.Outcome is null ? null : Codes.Read<Outcome>(row.Outcome),
        DuplicateOf = row.DuplicateOf is { } other ? new IncidentId(other) : null,
        IsToldFully = row.ToldFully,
        ClosedAt = row.ClosedAt,
        LookAt = row.LookAt,
        Version = row.Version,
    };

    private sealed record Row(
        Guid Id, string Code, Guid? CaseId, string Kind, string Standing, string Handling, int Step,
        Guid? TakenBy, Instant? TakenAt, Instant? AskedAt,
        Guid? VerifiedBy, string? Outcome, Guid? DuplicateOf, bool ToldFully, Instant OpenedAt, Instant? ClosedAt, Instant? LookAt, int Version);

    private sealed record ReceivedRow(Guid Id, string Channel, string Language, bool IsGroup, string? Role, bool Discreet);

    private sealed record EntryRow(Instant At, Guid? PersonId, string Act, Guid DetailRow, byte[]? Detail);

    private sealed record CardRow(Guid Id, Guid AddressId, Guid Alert, string Kind, bool Shown);
}
