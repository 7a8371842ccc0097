using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using NodaTime;

namespace AlertBot.Postgres.Stores;

public sealed partial class CaseStore
{
    // Two people put the same fact on file, each in the case that they knew: one account of it, or its clocks would run twice.
    private const string SameFacts =
        """
        from   case_event e
        join   case_event k on k.case_id = @Kept and k.kind = e.kind and k.first_moment = e.first_moment and k.last_moment = e.last_moment
        where  e.case_id = @Joined and e.same_fact_as is null and e.starts_clocks and k.starts_clocks and not e.is_withdrawn and not k.is_withdrawn
        and    not e.is_proposed and not k.is_proposed
        """;

    /// <summary>
    /// Moves all that is in one case into the other: names, events, dates, followers, incidents, what was told. Keeps what came over, so that
    /// it can be sent back.
    /// </summary>
    public async Task<CaseJoinId> JoinAsync(CaseId kept, CaseId joined, PersonId? by)
    {
        var id = Guid.CreateVersion7();
        await _access.ExecuteAsync(
            $"""
            insert into case_join (id, kept, joined, joined_by, joined_at, moved)
            select @id, @Kept, @Joined, @by, @now, jsonb_build_object(
                'names',     (select coalesce(jsonb_agg(n.id), '[]') from case_name n where n.case_id = @Joined),
                'events',    (select coalesce(jsonb_agg(e.id), '[]') from case_event e where e.case_id = @Joined),
                'same',      (select coalesce(jsonb_agg(e.id), '[]') {SameFacts}),
                'incidents', (select coalesce(jsonb_agg(i.id), '[]') from incident i where i.case_id = @Joined),
                'alerts',    (select coalesce(jsonb_agg(a.id), '[]') from alert a where a.case_id = @Joined),
                'cases',     (select coalesce(jsonb_agg(c.id), '[]') from case_file c where c.joined_to = @Joined),
                'followers', (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from subscription s where s.case_id = @Joined),
                'came',      (select coalesce(jsonb_agg(s.address_id), '[]') from subscription s where s.case_id = @Joined
                              and not exists (select from subscription o where o.case_id = @Kept and o.address_id = s.address_id)),
                'cleared',   (select coalesce(jsonb_agg(s.address_id), '[]') from subscription s
                              join subscription o on o.case_id = @Kept and o.address_id = s.address_id and o.confirmed_at is null
                              where s.case_id = @Joined and s.confirmed_at is not null),
                'laws',      (select to_jsonb(c.jurisdictions) from case_file c where c.id = @Kept))
            """,
            new { id, Kept = kept.Value, Joined = joined.Value, by = by?.Value, now = _access.Now });
        foreach (var statement in Moves)
            await _access.ExecuteAsync(statement, new { id, Kept = kept.Value, Joined = joined.Value, now = _access.Now });
        await NamesChangedAsync(kept, joined);
        return new CaseJoinId(id);
    }

    /// <returns>Null if it was undone before, or is unknown.</returns>
    public async Task<(CaseId Kept, CaseId Joined, Instant At)?> FindJoinAsync(CaseJoinId join) =>
        await _access.FirstAsync<JoinRow>(
            "select kept, joined, joined_at from case_join where id = @Value and undone_at is null", new { join.Value }) is { } row
            ? (new CaseId(row.Kept), new CaseId(row.Joined), row.JoinedAt)
            : null;

    /// <summary>Sends back what came over. What was told of the person since stays where it is.</summary>
    public async Task PartAsync(CaseJoinId join, CaseId kept, CaseId joined, PersonId? by)
    {
        foreach (var statement in MovesBack)
        {
            await _access.ExecuteAsync(
                statement, new { id = join.Value, Kept = kept.Value, Joined = joined.Value, by = by?.Value, now = _access.Now });
        }

        await NamesChangedAsync(kept, joined);
    }

    /// <summary>The cases that were joined to it.</summary>
    public async Task<IReadOnlyList<CaseId>> JoinedToAsync(CaseId @case) =>
        (await _access.QueryAsync<Guid>("select id from case_file where joined_to = @Value order by id", new { @case.Value }))
        .Select(id => new CaseId(id)).ToList();

    private static readonly string[] Moves =
    [
        $"update case_event t set same_fact_as = (select min(k.id::text)::uuid {SameFacts} and e.id = t.id) where t.id in (select e.id {SameFacts})",
        "update case_name set case_id = @Kept where case_id = @Joined",
        "update case_event set case_id = @Kept where case_id = @Joined",
        "update incident set case_id = @Kept where case_id = @Joined",
        "update alert set case_id = @Kept where case_id = @Joined",
        """
        update deadline d set case_id = @Kept where d.case_id = @Joined
        and    not exists (select from deadline o where o.case_id = @Kept and o.key = d.key)
        """,
        "delete from deadline where case_id = @Joined",
        """
        insert into subscription (case_id, address_id, created_by, created_at, confirmed_at)
        select @Kept, address_id, created_by, created_at, confirmed_at from subscription where case_id = @Joined
        on conflict (case_id, address_id) do update set confirmed_at = coalesce(subscription.confirmed_at, excluded.confirmed_at)
        """,
        "delete from subscription where case_id = @Joined",
        """
        update case_file k set jurisdictions = k.jurisdictions || array(
            select law from unnest(j.jurisdictions) with ordinality l(law, at) where law <> all(k.jurisdictions) order by at)
        from   case_file j where k.id = @Kept and j.id = @Joined
        """,
        "update case_file set joined_to = @Kept where joined_to = @Joined",
        "update case_file set joined_to = @Kept, status = 'closed' where id = @Joined",
    ];

    private static readonly string[] MovesBack =
    [
        $"update case_event set same_fact_as = null where id in {Moved("same")}",
        $"update case_name set case_id = @Joined where id in {Moved("names")}",
        $"update case_event set case_id = @Joined where id in {Moved("events")}",
        $"update incident set case_id = @Joined where case_id = @Kept and id in {Moved("incidents")}",
        $"update alert set case_id = @Joined where id in {Moved("alerts")}",
        $"update deadline set case_id = @Joined where case_id = @Kept and trigger_event in {Moved("events")}",
        """
        insert into subscription (case_id, address_id, created_by, created_at, confirmed_at)
        select @Joined, s.address_id, s.created_by, s.created_at, s.confirmed_at
        from   case_join j, jsonb_populate_recordset(null::subscription, j.moved -> 'followers') s
        where  j.id = @id and exists (select from subscription o where o.case_id = @Kept and o.address_id = s.address_id)
        on conflict do nothing
        """,
        $"delete from subscription where case_id = @Kept and address_id in {Moved("came")}",
        $"update subscription set confirmed_at = null where case_id = @Kept and address_id in {Moved("cleared")}",
        """
        update case_file set jurisdictions = array(select jsonb_array_elements_text(j.moved -> 'laws'))
        from   case_join j where case_file.id = @Kept and j.id = @id
        """,
        $"update case_file set joined_to = @Joined where id in {Moved("cases")}",
        "update case_file set joined_to = null where id = @Joined",
        "update case_join set undone_by = @by, undone_at = @now where id = @id",
    ];

    private static string Moved(string what) =>
        $"(select jsonb_array_elements_text(moved -> '{what}')::uuid from case_join where id = @id)";

    private sealed record JoinRow(Guid Kept, Guid Joined, Instant JoinedAt);
}

public readonly record struct CaseJoinId(Guid Value);
