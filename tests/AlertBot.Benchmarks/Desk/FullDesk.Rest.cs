using System.Text.Json;
using AlertBot.Domain.Incidents;
using AlertBot.Postgres.Stores;
using Dapper;

namespace AlertBot.Benchmarks.Desk;

/// <content>What happened beside the cases: reports, alerts and what became of them, drills, jobs, backups, figures.</content>
internal sealed partial class FullDesk
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // A few reports come as they always do, through the chat; the board is filled with copies of them.
    private async Task ReportAsync()
    {
        foreach (var name in Names.Take(Reported))
            _server.Sandbox.AddPerson("Witness").SendText($"This morning armed men took {name} from a flat in Almaty, we saw it from the window");
        using var patience = new CancellationTokenSource(Patience);
        while (await _connection.ExecuteScalarAsync<int>("select count(*)::int from report where incident_id is not null") < Reported)
            await Task.Delay(100, patience.Token);
        while (await _connection.ExecuteScalarAsync<bool>("select exists (select from delivery where state in ('queued', 'sending'))"))
            await Task.Delay(100, patience.Token);

        var codes = new HashSet<string>(StringComparer.Ordinal);
        while (codes.Count < _size.Incidents)
            codes.Add(IncidentCode.New().Text);
        await RunAsync(
            """
            insert into incident (id, code, case_id, kind, standing, handling, taken_by, taken_at, outcome, told_fully, opened_at, closed_at)
            select gen_random_uuid(), c.code, f.id, i.kind, case when c.n % 2 = 0 then 'verified' else 'unverified' end, h.handling,
                   case when h.handling = 'taken' then @owner::uuid end, case when h.handling = 'taken' then now() end,
                   case when h.handling = 'closed' then 'released' end, c.n % 2 = 0, now() - make_interval(hours => c.n::int),
                   case when h.handling = 'closed' then now() - make_interval(mins => c.n::int) end
            from   unnest(@codes) with ordinality c (code, n)
            cross  join lateral (select case when c.n % 6 = 0 then 'open' when c.n % 6 = 1 then 'taken' else 'closed' end as handling) h
            cross  join (select kind from incident limit 1) i
            join   (select id, row_number() over (order by id) as n from case_file) f on f.n = c.n
            where  not exists (select from incident o where o.code = c.code)
            """,
            new { codes = codes.ToArray(), owner = Owner.Value });
    }

    private async Task AddRestAsync()
    {
        string[] statements =
        [
            """
            insert into audit (at, person_id, act, subject)
            select now() - make_interval(mins => n::int), @owner, 'case.read', f.id
            from   (select id, row_number() over (order by id) as m from case_file) f, generate_series(1, 8) n
            """,
            """
            insert into job_run (name, last_started, last_finished, last_succeeded, last_took_ms)
            select 'job-' || n, now(), now(), now(), n from generate_series(1, 35) n
            """,
            """
            insert into backup (id, file, made_at, bytes, rows, took_ms, verified_at)
            select gen_random_uuid(), 'alertbot-' || n || '.backup', now() - make_interval(days => n), 50000000, 400000, 9000, now()
            from   generate_series(1, 60) n
            """,
            """
            insert into figure (at, name, value)
            select now() - make_interval(mins => 10 * n), f, abs(hashtext(f || n)) % 400
            from   generate_series(1, 1008) n,
                   unnest(array['sent', 'lost', 'waiting', 'oldest', 'inbox', 'untaken', 'taken', 'overdue', 'jobs']) f
            """,
        ];
        foreach (var statement in statements)
            await RunAsync(statement, new { owner = Owner.Value });
    }

    private async Task AddAlertsAsync()
    {
        var ids = Enumerable.Range(0, _size.Alerts).Select(_ => Guid.CreateVersion7()).ToArray();
        var facts = ids.Select(id => _server.Database.Vault.Seal("alert.facts", id, JsonSerializer.Serialize(
            new Dictionary<string, string> { ["code"] = "K-7F3Q", ["text"] = "Please come to the court at once." }, StoredJson.Options))).ToArray();
        await RunAsync(
            """
            insert into alert (id, case_id, kind, severity, dedup_key, text_key, facts, raised_at)
            select n.id, f.id, 'manual', 'urgent', 'bench:' || n.id, 'alert.manual', n.facts, now() - make_interval(mins => 20 * n.at::int)
            from   unnest(@ids, @facts) with ordinality n (id, facts, at)
            join   (select id, row_number() over (order by id) as n, count(*) over () as all from case_file) f
            on     f.n = 1 + case when n.at % 2 = 0 then n.at % 10 else n.at % f.all end
            """,
            new { ids, facts });
        await RunAsync(
            """
            insert into delivery (
                id, alert_id, reason, address_id, channel, priority, state, outcome, not_before, expires_at, message_ref, created_at, finished_at)
            select gen_random_uuid(), x.id, 'alert:' || x.id, a.id, a.channel, 1,
                   case when a.n = 0 and x.n % 40 = 0 then 'failed' else 'sent' end, case when a.n = 0 and x.n % 40 = 0 then 'blocked' end,
                   x.raised_at, x.raised_at + interval '3 days', (100000 + a.n)::text, x.raised_at, x.raised_at + interval '1 second'
            from   (select *, row_number() over (order by raised_at desc) as n from alert where starts_with(dedup_key, 'bench:')) x
            join   (select id, channel, row_number() over (order by id) - 1 as n from address where person_id is not null) a on a.n < @told
            order by x.raised_at
            """,
            new { told = _size.Told });
        await RunAsync(
            """
            insert into drill (alert_id, person_id, started_at, due_at, ended_at)
            select id, @owner, raised_at, raised_at + interval '10 minutes', raised_at + interval '10 minutes'
            from   alert where starts_with(dedup_key, 'bench:') order by raised_at limit 40
            """,
            new { owner = Owner.Value });
        await RunAsync(
            """
            insert into drill_answer (alert_id, person_id, at)
            select r.alert_id, a.person_id, r.started_at + make_interval(secs => a.n::int)
            from   drill r
            join   (select person_id, row_number() over (order by id) as n from address where person_id is not null) a on a.n <= @told
            """,
            new { told = Math.Max(1, _size.Told - 5) });
    }
}
