using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Auditing;
using Dapper;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

public sealed class The_audit_log_is_kept
{
    [PostgresFact]
    public async Task What_is_changed_removed_or_put_in_is_found_and_nothing_can_be_by_accident()
    {
        await using var bot = await RunningBot.StartAsync();
        await bot.AddAsync(Role.Coordinator, "Marta");
        await bot.OpenCaseAsync();
        await bot.Get<AuditLogJob>().RunAsync(CancellationToken.None);
        await bot.OpenCaseAsync("Another Invented");
        // Entries that are not linked yet are signed anyway.
        Assert.Null(await CheckAsync(bot));
        var head = await bot.ActAsync(session => session.Audit.LinkAsync());
        Assert.Null(await CheckAsync(bot, head!));

        await using var connection = new NpgsqlConnection(bot.ConnectionString);
        await connection.OpenAsync();
        foreach (var act in new[] { "update audit set detail = 'x'", "delete from audit", "truncate audit" })
        {
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(act));
            Assert.Contains("only ever added to", refusal.MessageText, StringComparison.Ordinal);
        }

        // The owner of the database can switch the protection off, and is detected.
        await connection.ExecuteAsync("alter table audit disable trigger all");
        var last = await connection.ExecuteScalarAsync<long>("select max(place) from audit");
        foreach (var (tamper, words) in new[]
        {
            ("update audit set act = 'case.other' where place = 2", "was changed"),
            ("update audit set at = at + interval '1 second' where place = 2", "was changed"),
            ("update audit set person_id = null where person_id is not null", "was changed"),
            ("delete from audit where place = 2", "missing after number 1"),
            ("delete from audit where place = 1", "missing after number 0"),
            ($"delete from audit where place = {last}", "end is missing"),
            ("insert into audit (at, act) values (now(), 'case.read')", "put in by somebody"),
            ("update audit set place = -place where place in (1, 2); update audit set place = 3 + place where place < 0", "does not follow"),
        })
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync(tamper, transaction: transaction);
            var log = new AuditStore(new Access(connection, transaction, bot.Database.Vault, bot.Clock.GetCurrentInstant, CancellationToken.None));
            Assert.Contains(words, (await log.CheckAsync([head!]))?.ToString(), StringComparison.Ordinal);
            await transaction.RollbackAsync();
        }
    }

    [PostgresFact]
    public async Task Who_reads_a_case_stands_in_it_and_who_reads_many_is_told_of()
    {
        await using var bot = await RunningBot.StartAsync();
        var owner = await bot.AddAsync(Role.Owner, "Olga");
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var codes = new List<CaseCode>();
        for (var number = 0; number <= AuditLogJob.MostInAnHour; number++)
            codes.Add((await bot.OpenCaseAsync($"Invented Person {number}")).Code);

        await RunningBot.SayAsync(coordinator, $"/case {codes[0]}");
        var log = await RunningBot.SayAsync(owner, $"/audit {codes[0]}");
        Assert.Contains("case.open", log.Text, StringComparison.Ordinal);
        Assert.Contains("case.read", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Invented", log.Text, StringComparison.Ordinal);
        Assert.Contains("Which case", (await RunningBot.SayAsync(owner, "/audit K-0000")).Text, StringComparison.Ordinal);

        // Thirty are normal work, and one more raises the alert. Reading the same one twice counts once.
        foreach (var code in codes.Skip(1).SkipLast(1))
            await RunningBot.SayAsync(coordinator, $"/case {code}");
        await RunningBot.SayAsync(coordinator, $"/case {codes[0]}");
        await bot.Get<AuditLogJob>().RunAsync(CancellationToken.None);
        await RunningBot.SayAsync(coordinator, $"/case {codes[^1]}");
        Assert.DoesNotContain(owner.Messages, message => message.Text.Contains("within an hour", StringComparison.Ordinal));
        await bot.Get<AuditLogJob>().RunAsync(CancellationToken.None);
        bot.Get<Wakeups>().Raise(Wakeups.Outbox);
        var told = await owner.WaitForTextAsync("within an hour");
        Assert.Contains("opened 31 cases and files", told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(coordinator.Messages, message => message.Text.Contains("within an hour", StringComparison.Ordinal));
    }

    private static Task<AuditBreak?> CheckAsync(RunningBot bot, params ChainHead[] anchors) =>
        bot.ActAsync(session => session.Audit.CheckAsync(anchors));
}
