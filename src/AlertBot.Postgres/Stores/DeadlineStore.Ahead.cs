using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

public sealed partial class DeadlineStore
{
    // Questions that the program asks by itself are no dates that anybody waits for.
    internal static readonly string[] NoDates = [.. new[]
    {
        DeadlineKind.Watch, DeadlineKind.ConfirmFact, DeadlineKind.AuthoritySilent, DeadlineKind.NoNextDate,
    }.Select(Codes.Of)];

    /// <summary>The states of <see cref="Deadline.IsOpen"/>.</summary>
    internal static readonly string[] Running = [.. new[]
    {
        DeadlineState.Scheduled, DeadlineState.DueSoon, DeadlineState.Due, DeadlineState.Missed,
    }.Select(Codes.Of)];

    /// <summary>Open dates of open cases that end after one moment and may begin to be late before another, the next first.</summary>
    public async Task<IReadOnlyList<(CaseCode Code, StoredDeadline Deadline)>> AheadAsync(Instant since, Instant until, int most)
    {
        var rows = await _access.QueryAsync<Row>(
            """
            select   d.id, d.case_id, d.key, d.rule_id, d.trigger_event, d.kind, d.tier, d.state, d.confirmed, d.zone, d.earliest, d.earliest_day,
                     d.latest, d.latest_day, d.starts_at, d.known_since, d.last_reminder, d.followed_by, d.snoozed_until, d.asked_at, d.asked_of
            from     deadline d
            join     case_file c on c.id = d.case_id and c.status <> 'closed'
            where    d.state = any(@running) and d.earliest <= @until and d.latest >= @since
            and      d.kind <> all(@noDates) and d.rule_id <> @locate
            order by d.earliest, d.id
            limit    @most
            """,
            new { since, until, most, running = Running, noDates = NoDates, locate = OwnRule.Locate.Id });
        var codes = (await _access.QueryAsync<(Guid Id, string Code)>(
            "select id, code from case_file where id = any(@ids)", new { ids = rows.Select(row => row.CaseId).Distinct().ToArray() }))
            .ToDictionary(row => row.Id, row => CaseCode.TryParse(row.Code, out var code) ? code : default);
        return rows.Select(row => (codes[row.CaseId], row.ToStored())).ToList();
    }

    /// <summary>Open cases in which that rule runs, those whose date comes next first.</summary>
    public async Task<IReadOnlyList<CaseId>> CasesOfRuleAsync(string rule, int most) => (await _access.QueryAsync<Guid>(
        """
        select   d.case_id
        from     deadline d
        join     case_file c on c.id = d.case_id and c.status <> 'closed'
        where    d.rule_id = @rule and d.state = any(@running)
        group by d.case_id
        order by min(d.earliest), d.case_id
        limit    @most
        """,
        new { rule, most, running = Running })).Select(id => new CaseId(id)).ToList();

    /// <summary>Questions about dates of open cases that nobody has answered, the longest open first.</summary>
    public async Task<IReadOnlyList<OpenQuestion>> UnansweredAsync(int most) => (await _access.QueryAsync<QuestionRow>(
        """
        select   c.code, d.kind, d.followed_by, d.snoozed_until, d.asked_at, d.asked_of
        from     deadline d
        join     case_file c on c.id = d.case_id and c.status <> 'closed'
        where    d.asked_at is not null and d.state = any(@running)
        order by d.asked_at, d.id
        limit    @most
        """,
        new { most, running = Running })).Select(row => new OpenQuestion(
            row.Code, Codes.Read<DeadlineKind>(row.Kind),
            new FollowUp(
                row.FollowedBy is { } by ? new PersonId(by) : null, row.SnoozedUntil, row.AskedAt, Codes.Read<AskedOf>(row.AskedOf)))).ToList();

    private sealed record QuestionRow(
        string Code, string Kind, Guid? FollowedBy, Instant? SnoozedUntil, Instant? AskedAt, string AskedOf);
}

/// <param name="Code">Of the case.</param>
public sealed record OpenQuestion(string Code, DeadlineKind Kind, FollowUp FollowUp);
