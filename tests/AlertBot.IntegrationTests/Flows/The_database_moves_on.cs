using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres.Cluster;
using AlertBot.Postgres.Migrations;
using AlertBot.Postgres.Vaults;
using AlertBot.Sandbox;
using AlertBot.Tests.Support;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>To a newer PostgreSQL, and from an older schema with what people had put into it.</summary>
public sealed class The_database_moves_on
{
    /// <summary>Programs of a newer PostgreSQL, where some are; without them it moves to the same version, by the same way.</summary>
    private const string Newer = "ALERTBOT_TEST_PG_NEWER";

    [PostgresFact]
    public async Task To_a_newer_server_by_one_command_once_nobody_uses_the_old_one()
    {
        using var directory = new TemporaryDirectory();
        await using var sandbox = await SandboxServer.StartAsync();
        var settings = ProgramSettings.Private(directory, sandbox);
        File.WriteAllText(
            directory["case.json"], """{ "names": ["Invented Person"], "zone": "Asia/Almaty", "jurisdictions": ["KZ"], "events": [] }""");
        var (_, code) = await ProgramProcess.RunAsync(settings, "case", "import", directory["case.json"]);
        var before = await File.ReadAllTextAsync(Path.Combine(directory["postgres"], "data", "PG_VERSION"));

        await using (var bot = ProgramProcess.Start(settings, "serve"))
        {
            await ProgramProcess.HealthAsync(settings);
            var (busy, why) = await ProgramProcess.RunAsync(settings, "upgrade-database", "--anew");
            Assert.Equal(1, busy);
            Assert.Contains("Stop it first", why, StringComparison.Ordinal);
            await bot.StopAsync();
        }

        var newer = Environment.GetEnvironmentVariable(Newer);
        if (newer is null)
        {
            var (nothing, words) = await ProgramProcess.RunAsync(settings, "upgrade-database");
            Assert.Equal(1, nothing);
            Assert.Contains("no newer one is here", words, StringComparison.Ordinal);
        }
        else
            settings[PostgresPrograms.Variable] = newer;
        var (done, said) = await ProgramProcess.RunAsync(settings, newer is null ? ["upgrade-database", "--anew"] : ["upgrade-database"]);
        Assert.True(done == 0, said);
        Assert.Contains($"Moved from PostgreSQL {before.Trim()} to ", said, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(directory["backups"], "*.backup"));
        Assert.Equal(["postgres"], Directory.GetDirectories(directory.Path, "postgres*").Select(Path.GetFileName));
        var after = await File.ReadAllTextAsync(Path.Combine(directory["postgres"], "data", "PG_VERSION"));
        Assert.Equal(newer is null, after == before);

        // It serves, and knows what it knew.
        var (shown, text) = await ProgramProcess.RunAsync(settings, "case", "export", code.Trim());
        Assert.True(shown == 0, text);
        Assert.Contains("Invented Person", text, StringComparison.Ordinal);
        await using var again = ProgramProcess.Start(settings, "serve");
        Assert.Contains("\"isReady\":true", await ProgramProcess.HealthAsync(settings), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The schema before there were backups, a chain of the audit log and forgetting, with what people had put into it.</summary>
    [PostgresFact]
    public async Task From_an_older_schema_with_data_and_a_backup_is_made_before()
    {
        const int Older = 9;
        await using var database = await TestDatabase.CreateEmptyAsync();
        using var directory = new TemporaryDirectory();
        var settings = ProgramSettings.For(database, directory);
        VaultKeyFile.CreateNew(settings["Encryption__KeyFile"]);
        using var vault = Vault.FromKeyFile(settings["Encryption__KeyFile"]);
        var known = Migration.EmbeddedIn(typeof(Migrator).Assembly).Where(one => one.Number <= Older).ToList();
        await Migrator.Exactly(database.Source, known).MigrateAsync(CancellationToken.None);
        var (person, address, file, report) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var connection = await database.Source.OpenConnectionAsync())
            await connection.ExecuteAsync(
                """
                insert into person (id, role, language, zone, created_at) values (@person, 'advocate', 'kk', 'Asia/Aqtobe', now());
                insert into address (id, channel, lookup, chat, value, person_id, is_group, language, created_at)
                values (@address, 'telegram', @lookup, @lookup, @value, @person, false, 'kk', now());
                insert into rhythm (person_id, quiet) values (@person, '22:43-06:59');
                insert into check_in (id, person_id, schedule, grace, step, look_at, begun_at)
                values (@file, @person, '21:17', 30, 'resting', now() + interval '1 day', now());
                insert into case_file (id, code, zone, jurisdictions, status, created_at)
                values (@file, 'K-7F3Q', 'Asia/Almaty', '{KZ}', 'open', now());
                insert into case_name (id, case_id, name, created_at) values (@report, @file, @name, now());
                insert into report (id, address_id, state, language, key, begun_at, changed_at, sent_at, is_incomplete)
                values (@report, @address, 'sent', 'kk', @key, now(), now(), now(), true);
                insert into audit (at, act) values (now(), 'case.open');
                """,
                new
                {
                    person,
                    address,
                    file,
                    report,
                    lookup = vault.Lookup("address", "telegram 8177700000000123"),
                    value = vault.Seal("address.value", address, "8177700000000123"),
                    key = vault.Seal("report.key", report, new byte[32]),
                    name = vault.Seal("case_name.name", report, "Invented Person"),
                });

        // A look with the newer program changes nothing.
        var (looked, refusal) = await ProgramProcess.RunAsync(settings, "case", "export", "K-7F3Q");
        Assert.Equal(1, looked);
        Assert.Contains("of an older AlertBot", refusal, StringComparison.Ordinal);
        Assert.False(Directory.Exists(directory["backups"]));

        var (migrated, said) = await ProgramProcess.RunAsync(settings, "migrate");
        Assert.True(migrated == 0, said);
        Assert.Single(Directory.GetFiles(directory["backups"], "*.backup"));
        var (shown, text) = await ProgramProcess.RunAsync(settings, "case", "export", "K-7F3Q");
        Assert.True(shown == 0, text);
        Assert.Contains("Invented Person", text, StringComparison.Ordinal);

        var (well, found) = await ProgramProcess.RunAsync(settings, "doctor");
        Assert.Contains("none changed and none missing", found, StringComparison.Ordinal);
        Assert.InRange(well, 0, 1);

        // What stood in the clear is sealed, and means what it meant.
        var node = new Postgres.Database(database.Source, vault, new TestClock(Instant.FromUtc(2026, 3, 2, 9, 0)));
        await using var session = await node.BeginAsync(CancellationToken.None);
        Assert.Equal("Asia/Aqtobe", (await session.People.FindAsync(new(person)))!.Zone.Id);
        Assert.Equal("21:17", (await session.CheckIns.OfAsync(new(person)))!.Schedule!.ToString());
        Assert.Equal("22:43-06:59", (await session.Rhythms.OfAsync(new Domain.People.PersonId(person))).Quiet!.ToString());
        Assert.Equal("8177700000000123", (await session.Addresses.FindAsync(new Domain.People.AddressId(address)))!.At.Value);
        await using var clear = new NpgsqlConnection(database.ConnectionString);
        Assert.Equal(1L, await clear.ExecuteScalarAsync<long>("select count(*) from report_key"));
        Assert.Equal(0L, await clear.ExecuteScalarAsync<long>(
            "select (select count(zone) from person) + (select count(schedule) from check_in) + (select count(quiet) from rhythm)"));
    }
}
