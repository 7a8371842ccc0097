using AlertBot.Domain.Cases;
using AlertBot.Domain.Time;
using AlertBot.Postgres;
using AlertBot.Postgres.Vaults;
using AlertBot.Workflows.Deadlines;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.Benchmarks.Watching;

/// <summary>
/// A database full of deadlines: real cases with dates computed from an arrest, of which some are due, and hundreds of thousands of copies of one
/// deadline that are not.
/// </summary>
internal static class StoredDeadlines
{
    private static readonly Instant Arrest = Instant.FromUtc(2026, 3, 2, 9, 0);

    /// <summary>Fills a migrated, empty database.</summary>
    /// <param name="due">Cases with one due deadline each.</param>
    /// <returns>The moment at which they are due.</returns>
    public static async Task<Instant> FillAsync(NpgsqlDataSource source, Vault vault, CaseWatch watch, int total, int due)
    {
        var database = new Database(source, vault, new StandingClock(Arrest));
        for (var number = 0; number < due; number++)
            await OpenAsync(database, watch);

        await using var connection = await source.OpenConnectionAsync();
        // An arrest's deadlines become due one after the other. At the first of these moments each case has one.
        var first = await connection.ExecuteScalarAsync<DateTime>("select min(look_at) from deadline");
        var perCase = await connection.ExecuteScalarAsync<int>("select count(*)::int from deadline") / due;
        await CopyAsync(connection, total / perCase - due);
        await connection.ExecuteAsync(new CommandDefinition("analyze case_file, case_event, deadline", commandTimeout: 0));

        var now = Instant.FromDateTimeUtc(first.ToUniversalTime());
        var dueNow = await connection.ExecuteScalarAsync<int>("select count(*)::int from deadline where look_at <= @first", new { first });
        return dueNow == due ? now : throw new InvalidOperationException($"{dueNow} deadlines are due instead of {due}.");
    }

    /// <summary>Makes the same deadlines due again, and deletes what people were told of them.</summary>
    public static async Task RewindAsync(NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        // Also deletes what was shown and held back.
        await connection.ExecuteAsync(
            "truncate delivery, alert cascade; update deadline d set look_at = k.look_at, last_reminder = k.last_reminder, state = k.state from "
            + "kept k where d.id = k.id");
        await connection.ExecuteAsync(new CommandDefinition("vacuum deadline", commandTimeout: 0));
    }

    private static async Task OpenAsync(Database database, CaseWatch watch)
    {
        await using var session = await database.BeginAsync(CancellationToken.None);
        var zone = DateTimeZoneProviders.Tzdb["Asia/Almaty"];
        var arrest = Arrest.InZone(zone);
        var file = new CaseFile(CaseId.New(), CaseCode.New(), zone, ["KZ", "CIS"], CaseStatus.Open, [
            new CaseEvent(EventId.New(), EventKinds.Find("detention_start")!.Value,
                new When(arrest.Date, arrest.TimeOfDay, zone, Precision.Exact)) { RecordedAt = Arrest }]);
        await session.Cases.AddAsync(file, [], null);
        await watch.LookAsync(session, [file]);
        await session.CommitAsync(CancellationToken.None);
    }

    // The copies are due a day to two years later, and otherwise equal the original.
    private static async Task CopyAsync(NpgsqlConnection connection, int copies)
    {
        string[] statements =
        [
            "create table kept as select id, look_at, last_reminder, state from deadline",
            "create temp table original as select case_id as id from deadline limit 1",
            "create temp table copy as select n, gen_random_uuid() as case_id, gen_random_uuid() as event_id from generate_series(1, @copies) n",
            """
            insert into case_file (id, code, zone, jurisdictions, status, created_at)
            select copy.case_id, 'copy ' || n, zone, jurisdictions, status, created_at from copy, case_file f, original where f.id = original.id
            """,
            """
            insert into case_event (
                id, case_id, kind, at_day, at_time, at_zone, at_precision, first_moment, last_moment, starts_clocks, preferred, recorded_at)
            select copy.event_id, copy.case_id, kind, at_day, at_time, at_zone, at_precision, first_moment, last_moment, starts_clocks, preferred,
                recorded_at
            from   copy, case_event e, original where e.case_id = original.id
            """,
            """
            insert into deadline (
                id, case_id, key, rule_id, trigger_event, kind, tier, state, confirmed, zone, earliest, earliest_day, latest, latest_day,
                starts_at, known_since, last_reminder, look_at)
            select gen_random_uuid(), copy.case_id, replace(key, trigger_event::text, copy.event_id::text), rule_id, copy.event_id, kind, tier, state,
                confirmed, zone,
                   earliest, earliest_day, latest, latest_day, starts_at, known_since, last_reminder,
                   look_at + interval '1 day' + random() * interval '2 years'
            from   copy, deadline d, original where d.case_id = original.id
            """,
        ];
        foreach (var statement in statements)
            await connection.ExecuteAsync(new CommandDefinition(statement, new { copies }, commandTimeout: 0));
    }
}
