using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <content>Reports that begin one or may tell of another incident, and those of a flood.</content>
public sealed partial class IncidentStore
{
    /// <summary>Adds an incident with its first report.</summary>
    /// <returns>False if another incident has its code.</returns>
    public Question<bool> AskToBegin(Incident incident, ReportId report) => _access.Ask<bool, bool>(
        """
        with begun as (
            insert into incident (id, code, case_id, kind, standing, handling, opened_at, look_at, version)
            values (@Id, @Code, @Case, @Kind, @Standing, @Handling, @OpenedAt, @LookAt, @Version)
            on conflict (code) do nothing
            returning id
        ),
        noted as (
            insert into incident_entry (incident_id, at, act, detail_row) select id, @OpenedAt, @act, @row from begun
        ),
        told as (
            update report r set incident_id = b.id from begun b where r.id = @Report
        )
        select exists (select from begun)
        """,
        new
        {
            Id = incident.Id.Value,
            Code = incident.Code.Text,
            Case = incident.Case?.Value,
            Kind = Codes.Of(incident.Kind),
            Standing = Codes.Of(incident.Standing),
            Handling = Codes.Of(incident.Handling),
            incident.OpenedAt,
            incident.LookAt,
            incident.Version,
            act = Codes.Of(IncidentAct.Reported),
            row = Guid.CreateVersion7(),
            Report = report.Value,
        },
        rows => rows[0]);

    /// <summary>A case's open incidents since then, newest first.</summary>
    public Question<IReadOnlyList<Incident>> AskOpenOf(CaseId @case, Instant since) => _access.Ask<Row, IReadOnlyList<Incident>>(
        $"select {Columns} from incident where case_id = @Value and handling <> 'closed' and opened_at >= @since order by opened_at desc for update",
        new { @case.Value, since },
        rows => rows.Select(TryRead).OfType<Incident>().ToList());

    /// <summary>Locks the search for a person's open incident until the act ends. Null stands for all unregistered people.</summary>
    public Question<int> AskForTurn(CaseId? @case) => _access.Ask<int, int>(
        "select 1 from pg_advisory_xact_lock(hashtextextended('gather ' || @key, 0))", new { key = @case?.Value.ToString("N") ?? "unknown" },
        rows => rows.Count);

    public Task AskWhetherSameAsync(ReportId report, IncidentId incident, Instant until) => _access.ExecuteAsync(
        "insert into same_question (report_id, incident_id, due_at) values (@Report, @Incident, @until) on conflict do nothing",
        new { Report = report.Value, Incident = incident.Value, until });

    /// <returns>False if it was answered before.</returns>
    public async Task<bool> AnswerWhetherSameAsync(ReportId report, bool isSame, PersonId? by) => await _access.ExecuteAsync(
        "update same_question set is_same = @isSame, answered_by = @by where report_id = @Value and is_same is null",
        new { report.Value, isSame, by = by?.Value }) > 0;

    /// <summary>Reports for which nobody answered in time whether they tell of the same incident.</summary>
    public async Task<IReadOnlyList<ReportId>> TakeUnansweredAsync(int limit) => (await _access.QueryAsync<Guid>(
        "select report_id from same_question where is_same is null and due_at <= @now order by due_at limit @limit for update skip locked",
        new { now = _access.Now, limit })).Select(id => new ReportId(id)).ToList();

    public Task AskAgainAsync(ReportId report, Instant at) => _access.ExecuteAsync(
        "update same_question set due_at = @at where report_id = @Value and is_same is null", new { report.Value, at });

    /// <summary>
    /// The number of incidents of unregistered people that were told one by one since then: of this sender, and of all others, where each sender
    /// counts up to the limit.
    /// </summary>
    public async Task<(int OfSender, int OfAll)> CountUnknownAsync(Instant since, AddressId? sender, int mostOfEach)
    {
        var counts = (await _access.QueryAsync<(Guid? From, int Count)>(
            """
            select   r.address_id, count(distinct i.id)::int
            from     incident i
            join     report r on r.incident_id = i.id
            where    i.case_id is null and i.handling <> 'closed' and i.opened_at >= @since
            group by r.address_id
            """,
            new { since })).ToList();
        return (counts.Where(one => one.From == sender?.Value).Sum(one => one.Count), counts.Sum(one => Math.Min(one.Count, mostOfEach)));
    }

    /// <summary>How many recipients have, or will have, one of its cards.</summary>
    public Task<(int Groups, int Advocates, int Coordinators)> CountToldAsync(IncidentId incident) =>
        _access.AnswerAsync(AskToCountTold(incident));

    /// <inheritdoc cref="CountToldAsync"/>
    public Question<(int Groups, int Advocates, int Coordinators)> AskToCountTold(IncidentId incident) =>
        _access.Ask<(int, int, int), (int, int, int)>(
        """
        select count(distinct a.id) filter (where a.is_group)::int,
               count(distinct p.id) filter (where p.role in ('reporter', 'advocate'))::int,
               count(distinct p.id) filter (where p.role in ('coordinator', 'owner'))::int
        from   alert t
        join   delivery d on d.alert_id = t.id
        join   address a on a.id = d.address_id
        left   join person p on p.id = a.person_id
        where  t.incident_id = @Value and t.kind <> all(@noCards) and d.edits is null
            and d.state in ('queued', 'sending', 'retry', 'maybe', 'sent')
        """,
        new { incident.Value, noCards = NoCards },
        rows => rows[0]);

    /// <summary>Whether a group or an advocate was told of it, or is about to be.</summary>
    public Task<bool> IsToldBeyondCoordinatorsAsync(IncidentId incident) => _access.ValueAsync<bool>(
        """
        select exists (
            select from alert t
            join   delivery d on d.alert_id = t.id
            join   address a on a.id = d.address_id
            left   join person p on p.id = a.person_id
            where  t.incident_id = @Value and t.kind <> all(@noCards) and d.edits is null
                and d.state in ('queued', 'sending', 'retry', 'maybe', 'sent') and (a.is_group or p.role = 'advocate'))
        """,
        new { incident.Value, noCards = NoCards });

    /// <summary>Records an act unless the person has done it before.</summary>
    public async Task NoteOnceAsync(IncidentId incident, PersonId? by, IncidentAct act)
    {
        if (!await _access.ValueAsync<bool>(
            "select exists (select from incident_entry where incident_id = @Value and person_id = @by and act = @act)",
            new { incident.Value, by = by?.Value, act = Codes.Of(act) }))
            await NoteAsync(incident, by, act);
    }

    /// <summary>How many registered people this sender has reported since then.</summary>
    public Question<int> AskToCountCases(Instant since, AddressId sender) => _access.Ask<int, int>(
        """
        select count(distinct i.case_id)::int
        from   incident i
        join   report r on r.incident_id = i.id
        where  r.address_id = @Value and i.case_id is not null and r.sent_at >= @since
        """,
        new { sender.Value, since },
        rows => rows[0]);

    /// <summary>Marks the incident as waiting for the next digest, without a card of its own.</summary>
    public Task HoldAsync(IncidentId incident) => _access.ExecuteAsync(
        "update incident set held_at = @now where id = @Value", new { incident.Value, now = _access.Now });

    /// <summary>Marks them as told in a digest.</summary>
    public Task ReleaseHeldAsync(IReadOnlyCollection<IncidentId> incidents) => _access.ExecuteAsync(
        "update incident set held_at = null where id = any(@ids)", new { ids = incidents.Select(id => id.Value).ToArray() });
}
