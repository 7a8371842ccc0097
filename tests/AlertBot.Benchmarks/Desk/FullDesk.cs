using System.Text.Json;
using AlertBot.Benchmarks.Reports;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.Domain.Time;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Deadlines;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.Benchmarks.Desk;

/// <param name="Incidents">Of which one in six is open.</param>
/// <param name="Alerts">Each with <paramref name="Told"/> deliveries.</param>
internal sealed record DeskSize(int Cases, int People, int Incidents, int Alerts, int Told);

/// <summary>
/// A database after some years: a few cases are opened as people open them, and copied in single statements with days, names and words of their own,
/// sealed as always.
/// </summary>
internal sealed partial class FullDesk
{
    private const int Templates = 8;
    private const int SealedAtOnce = 10_000;
    private const int Reported = 12;

    private readonly DeskServer _server;
    private readonly DeskSize _size;
    private readonly NpgsqlConnection _connection;
    private readonly List<PersonId> _people = [];

    private FullDesk(DeskServer server, DeskSize size, NpgsqlConnection connection) => (_server, _size, _connection) = (server, size, connection);

    public PersonId Owner => _people[0];

    /// <summary>Some of the names by which cases are found.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    private string _counted = "";

    public static async Task<FullDesk> FillAsync(DeskServer server, DeskSize size)
    {
        await using var connection = await server.Database.Source.OpenConnectionAsync();
        var full = new FullDesk(server, size, connection);
        await full.AddPeopleAsync();
        await full.AddTemplatesAsync();
        await full.CopyCasesAsync();
        await full.NameAsync();
        await full.DescribeAsync();
        await full.ReportAsync();
        await full.AddRestAsync();
        await full.AddAlertsAsync();
        await full.RunAsync("vacuum analyze");
        full._counted = await connection.ExecuteScalarAsync<string>(
            """
            select format('%s cases, %s events, %s dates, %s people, %s incidents, %s alerts with %s deliveries, %s audit entries',
                (select count(*) from case_file), (select count(*) from case_event), (select count(*) from deadline),
                (select count(*) from person where role <> 'reporter'), (select count(*) from incident), (select count(*) from alert),
                (select count(*) from delivery), (select count(*) from audit))
            """) ?? "";
        return full;
    }

    public override string ToString() => _counted;

    private Task<int> RunAsync(string sql, object? parameters = null) =>
        _connection.ExecuteAsync(new CommandDefinition(sql, parameters, commandTimeout: 0));

    private async Task AddPeopleAsync()
    {
        for (var number = 0; number < _size.People; number++)
        {
            var role = number < 2 ? Role.Owner : number < 10 ? Role.Coordinator : Role.Advocate;
            _people.Add((await _server.AddAsync(role, $"Person {number}")).Person);
        }
    }

    // What the law makes of them is computed as always, so the copies have the dates of real ones.
    private async Task AddTemplatesAsync()
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        await using var session = await _server.Database.BeginAsync(CancellationToken.None);
        var files = Enumerable.Range(0, Templates).Select(number => History(number, now)).ToList();
        foreach (var file in files)
            await session.Cases.AddAsync(file, [], Owner);
        await _server.Get<CaseWatch>().LookAsync(session, files);
        await session.CommitAsync(CancellationToken.None);
    }

    private CaseFile History(int number, Instant now)
    {
        var zone = DateTimeZoneProviders.Tzdb[number % 2 == 0 ? "Asia/Almaty" : "Asia/Tashkent"];
        var taken = now.InZone(zone).Date.PlusDays(-20 - number);
        CaseEvent Event(string kind, int days, int? sets = null, int? served = null) => new(
            EventId.New(), new EventKind(kind), new When(taken.PlusDays(days), null, zone, Precision.Day))
        {
            Sets = sets is { } day ? new When(taken.PlusDays(day), new LocalTime(10, 0), zone, Precision.Exact) : null,
            Served = served is { } on ? taken.PlusDays(on) : null,
            RecordedAt = now,
            RecordedBy = Owner,
            ConfirmedBy = _people[1],
        };
        return new CaseFile(CaseId.New(), CaseCode.New(), zone, number % 2 == 0 ? ["KZ", "CIS"] : ["UZ", "CIS"], CaseStatus.Open,
        [
            new CaseEvent(EventId.New(), new EventKind("detention_start"), new When(taken, new LocalTime(9, 30), zone, Precision.Exact))
            {
                RecordedAt = now, RecordedBy = Owner, ConfirmedBy = _people[1],
            },
            Event("charge_reported", 2), Event("custody_ordered", 2, served: 3), Event("custody_appeal_filed", 4), Event("extradition_request", 6),
            Event("asylum_application", 8), Event("hearing_set", 10, sets: 40 + number), Event("still_held", 15), Event("publication", 16),
            Event("status_note", 18),
        ]);
    }

    private async Task CopyCasesAsync()
    {
        var copies = Math.Max(1, (_size.Cases - Templates) / Templates);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        while (codes.Count < copies * Templates)
            codes.Add(CaseCode.New().Text);
        string[] statements =
        [
            "create temp table original as select id, row_number() over (order by id) as n from case_file",
            """
            create temp table copy as
            select c.code, o.id as original, gen_random_uuid() as id, ((c.n * 37) % 400)::int as days
            from   unnest(@codes) with ordinality c (code, n) join original o on o.n = 1 + c.n % (select count(*) from original)
            where  not exists (select from case_file f where f.code = c.code)
            """,
            """
            insert into case_file (id, code, zone, jurisdictions, status, created_by, created_at)
            select c.id, c.code, f.zone, f.jurisdictions, case when c.days < 320 then 'open' when c.days < 360 then 'watch' else 'closed' end,
                   f.created_by, f.created_at - make_interval(days => c.days)
            from   copy c join case_file f on f.id = c.original
            """,
            """
            create temp table copied as
            select c.id as case_id, e.id as original, gen_random_uuid() as id, c.days from copy c join case_event e on e.case_id = c.original
            """,
            """
            insert into case_event (
                id, case_id, kind, at_day, at_time, at_zone, at_precision, first_moment, last_moment, served, sets_day, sets_time, sets_zone,
                sets_precision, starts_clocks, preferred, recorded_by, recorded_at, confirmed_by)
            select c.id, c.case_id, kind, at_day - c.days % 60, at_time, at_zone, at_precision, first_moment - make_interval(days => c.days % 60),
                   last_moment - make_interval(days => c.days % 60), served - c.days % 60, sets_day - c.days % 60, sets_time, sets_zone,
                   sets_precision, starts_clocks, preferred, recorded_by, recorded_at, confirmed_by
            from   copied c join case_event e on e.id = c.original
            order by e.seq
            """,
            """
            insert into deadline (
                id, case_id, key, rule_id, trigger_event, kind, tier, state, confirmed, zone, earliest, earliest_day, latest, latest_day,
                starts_at, known_since, last_reminder)
            select gen_random_uuid(), c.case_id, replace(key, trigger_event::text, c.id::text), rule_id, c.id, kind, tier, state, confirmed, zone,
                   earliest - make_interval(days => c.days % 60), earliest_day - c.days % 60, latest - make_interval(days => c.days % 60),
                   latest_day - c.days % 60, starts_at - make_interval(days => c.days % 60), known_since, last_reminder
            from   copied c join deadline d on d.trigger_event = c.original
            """,
            """
            insert into subscription (case_id, address_id, created_by, created_at, confirmed_at)
            select distinct f.id, a.id, a.person_id, now(), now()
            from   (select id, row_number() over (order by id) as n from case_file) f
            join   (select id, person_id, row_number() over (order by id) - 1 as n, count(*) over () as all from address) a
            on     a.n in (f.n % a.all, (f.n * 7 + 3) % a.all, (f.n * 13 + 5) % a.all) and f.n % 50 <> 0
            """,
        ];
        foreach (var statement in statements)
            await RunAsync(statement, new { codes = codes.ToArray() });
    }

    private async Task NameAsync()
    {
        var cases = (await _connection.QueryAsync<Guid>("select id from case_file order by id")).ToList();
        // Making names that are unlike takes its time; a registry has namesakes too.
        var names = UnlikeNames.Make(Math.Min(cases.Count, 400));
        var ids = cases.Select(_ => Guid.CreateVersion7()).ToArray();
        var plain = cases.Select((_, at) => at < names.Count ? names[at] : $"{names[at % names.Count]} {Words(at)}").ToList();
        await RunAsync(
            """
            insert into case_name (id, case_id, name, created_at)
            select n.id, n.case_id, n.name, now() from unnest(@ids, @cases, @names) n (id, case_id, name)
            """,
            new
            {
                ids,
                cases = cases.ToArray(),
                names = ids.Select((id, at) => _server.Database.Vault.Seal("case_name.name", id, plain[at])).ToArray(),
            });
        Names = plain.Take(50).ToList();
        _server.Get<Wakeups>().Raise(Wakeups.Cases);
    }

    private async Task DescribeAsync()
    {
        var events = (await _connection.QueryAsync<Guid>("select id from case_event where detail is null")).ToList();
        foreach (var some in events.Chunk(SealedAtOnce))
        {
            await RunAsync("update case_event e set detail = n.detail from unnest(@some, @details) n (id, detail) where e.id = n.id", new
            {
                some,
                details = some.Select((id, at) => _server.Database.Vault.Seal(
                    "case_event.detail", id, JsonSerializer.Serialize(DetailOf(at), StoredJson.Options))).ToArray(),
            });
        }
    }

    private static EventDetail DetailOf(int at) =>
        new($"Building {at % 90}, {Words(at)} street", "the family, by telephone", "Department of the interior", Words(at * 7));

    private static string Words(int number) => string.Join(
        ' ', Enumerable.Range(0, 1 + (number % 6)).Select(at => FormattableString.Invariant($"{(number * 31) + (at * 7919):x}")));
}
