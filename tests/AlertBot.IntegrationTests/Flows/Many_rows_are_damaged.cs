using System.Text.RegularExpressions;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Sandbox;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Deadlines;
using AlertBot.Workflows.Names;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>A damaged disk or a wrong key damages many rows at once, and whoever runs the machine must still find the one message about it.</summary>
public sealed partial class Many_rows_are_damaged
{
    private const string Heard = "can no longer be worked on";

    [PostgresFact]
    public async Task Fifty_are_one_message_that_says_how_many_and_of_what_kinds()
    {
        await using var bot = await RunningBot.StartAsync();
        var file = await bot.OpenCaseAsync("Bolat Madeupov");
        await SpellAsync(bot, file, 30);
        await UntoldAsync(bot, 20, "lost");
        await DamageAsync(bot);
        var owner = await bot.AddAsync(Role.Owner, "Olga");

        // Two jobs find them at different moments.
        await bot.Get<NameRegistry>().FindAsync("Bolat", 5, CancellationToken.None);
        bot.Clock.Advance(Duration.FromSeconds(20));
        await bot.Get<UntoldAlerts>().RunAsync(CancellationToken.None);
        await TellAsync(bot);
        Assert.Empty(Told(owner));
        bot.Clock.Advance(TellDamaged.Gathers);
        await TellAsync(bot);
        await TellAsync(bot);

        var told = Assert.Single(Told(owner)).Text;
        Assert.Contains("51 things on file", told, StringComparison.Ordinal);
        Assert.Contains("names of cases: 31", told, StringComparison.Ordinal);
        Assert.Contains("alerts that waited for somebody: 20", told, StringComparison.Ordinal);
        Assert.DoesNotMatch(Id(), told);
        // Each of them is found in the log.
        foreach (var id in await QueryAsync(bot, "select id from case_name"))
            Assert.Contains($"case_name {id}", bot.Log.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task What_is_found_within_the_hour_is_counted_at_its_end_and_nothing_twice()
    {
        await using var bot = await RunningBot.StartAsync();
        await UntoldAsync(bot, 1, "first");
        await DamageAsync(bot);
        var owner = await bot.AddAsync(Role.Owner, "Olga");
        await bot.Get<UntoldAlerts>().RunAsync(CancellationToken.None);
        bot.Clock.Advance(TellDamaged.Gathers);
        await TellAsync(bot);
        Assert.Contains("untold_alert 0", Assert.Single(Told(owner)).Text, StringComparison.Ordinal);

        for (var more = 0; more < 3; more++)
        {
            await UntoldAsync(bot, 2, $"later {more}");
            await DamageAsync(bot);
            await bot.Get<UntoldAlerts>().RunAsync(CancellationToken.None);
            bot.Clock.Advance(Duration.FromMinutes(15));
            await TellAsync(bot);
        }

        Assert.Single(Told(owner));
        bot.Clock.Advance(Duration.FromMinutes(15));
        await TellAsync(bot);
        Assert.Equal(2, Told(owner).Count);
        Assert.Contains("alerts that waited for somebody: 6", Told(owner)[1].Text, StringComparison.Ordinal);

        // The clock of the machine goes back: nobody waits until it shows that time again.
        bot.Clock.Advance(-Duration.FromDays(2));
        await UntoldAsync(bot, 1, "after the clock");
        await DamageAsync(bot);
        await bot.Get<UntoldAlerts>().RunAsync(CancellationToken.None);
        bot.Clock.Advance(TellDamaged.Gathers);
        await TellAsync(bot);
        Assert.Equal(3, Told(owner).Count);
    }

    [PostgresFact]
    public async Task A_name_that_does_not_open_is_told_of_and_the_case_is_found_by_its_others()
    {
        await using var bot = await RunningBot.StartAsync();
        var (owner, coordinator) = (await bot.AddAsync(Role.Owner, "Olga"), await bot.AddAsync(Role.Coordinator));
        var (two, other) = (await bot.OpenCaseAsync("Bolat Madeupov"), await bot.OpenCaseAsync("Azamat Invented"));
        await SpellAsync(bot, two, 1);
        await ExecuteAsync(
            bot, "update case_name set name = '\\x00' where id = (select id from case_name where case_id = @Value order by created_at, id limit 1)",
            new { two.Id.Value });

        Assert.Contains(other.Code.Text, (await RunningBot.SayAsync(coordinator, "/find Azamat Invented")).Text, StringComparison.Ordinal);
        Assert.Contains(two.Code.Text, (await RunningBot.SayAsync(coordinator, "/find Spelling Number0")).Text, StringComparison.Ordinal);
        bot.Clock.Advance(TellDamaged.Gathers);
        await TellAsync(bot);

        Assert.Contains("case_name ", Assert.Single(Told(owner)).Text, StringComparison.Ordinal);
        Assert.Empty(Told(coordinator));
    }

    [PostgresFact]
    public async Task A_job_that_has_nothing_else_to_say_tells_of_it_too()
    {
        // The days off of 2026 are loaded.
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2025, 10, 1, 9, 0));
        var owner = await bot.AddAsync(Role.Owner, "Olga");
        await bot.OpenCaseAsync();
        await ExecuteAsync(bot, "update case_file set code = 'none'");

        await bot.Get<NextYear>().RunAsync(CancellationToken.None);
        bot.Clock.Advance(TellDamaged.Gathers);
        await TellAsync(bot);

        Assert.Contains("case_file ", Assert.Single(Told(owner)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(owner.Messages, message => message.Text.Contains("days off", StringComparison.Ordinal));
    }

    private static Task<bool> SpellAsync(RunningBot bot, CaseFile file, int count) => bot.ActAsync(async session =>
    {
        for (var number = 0; number < count; number++)
            await session.Cases.AddNameAsync(file.Id, new PersonName($"Spelling Number{number}"));
        return true;
    });

    // Alerts that wait for the first who can be told.
    private static Task<bool> UntoldAsync(RunningBot bot, int count, string words) => bot.ActAsync(async session =>
    {
        for (var number = 0; number < count; number++)
        {
            await bot.Get<Alerts>().RaiseAsync(
                session,
                new AlertDraft(
                    null, new AlertKind("manual"), Severity.Critical, $"{words} {number}",
                    new Workflows.Texts.Line("alert.manual", ("code", "K-7F3Q"), ("text", words))),
                []);
        }

        return true;
    });

    private static Task DamageAsync(RunningBot bot) =>
        ExecuteAsync(bot, "update untold_alert set body = '\\x00'; update case_name set name = '\\x00'");

    private static async Task TellAsync(RunningBot bot)
    {
        await bot.Get<TellDamaged>().RunAsync(CancellationToken.None);
        bot.Get<Wakeups>().Raise(Wakeups.Outbox);
        await bot.SettleAsync();
    }

    private static List<SandboxMessage> Told(SandboxPhone phone) =>
        phone.Messages.Where(message => message.Text.Contains(Heard, StringComparison.Ordinal)).ToList();

    private static async Task ExecuteAsync(RunningBot bot, string sql, object? parameters = null)
    {
        await using var apart = new NpgsqlConnection(bot.ConnectionString);
        await apart.ExecuteAsync(sql, parameters);
    }

    private static async Task<IReadOnlyList<Guid>> QueryAsync(RunningBot bot, string sql)
    {
        await using var apart = new NpgsqlConnection(bot.ConnectionString);
        return (await apart.QueryAsync<Guid>(sql)).AsList();
    }

    [GeneratedRegex("[0-9a-f]{8}-?[0-9a-f]{4}")]
    private static partial Regex Id();
}
