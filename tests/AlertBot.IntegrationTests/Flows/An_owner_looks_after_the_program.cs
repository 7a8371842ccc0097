using System.Net;
using System.Text.RegularExpressions;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Auditing;
using AlertBot.Workflows.Operations;
using AlertBot.Workflows.People;
using AlertBot.Workflows.Retention;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>The page of operations: what was lost is sent again, the audit log is checked, figures are drawn, secrets stay secret.</summary>
public sealed partial class An_owner_looks_after_the_program
{
    private const string Operations = "/console/operations";

    [PostgresFact]
    public async Task What_did_not_arrive_is_sent_again_once_and_says_of_when_it_is()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var owner = await bot.AddAsync(Role.Owner, "Olga");
        var advocate = await bot.AddAsync(Role.Advocate, "Dana");
        using var browser = await desk.SignInAsync(owner);
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(advocate, file);
        Assert.Contains("Every alert of the last three days arrived", (await browser.GetAsync(Operations)).Text, StringComparison.Ordinal);

        advocate.BlockBot();
        await AlertAsync(bot, file, "Come to the court at ten");
        await bot.SettleAsync();
        advocate.UnblockBot();
        var page = await browser.GetAsync(Operations);
        Assert.Contains("the bot was blocked", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Come to the court", page.Text, StringComparison.Ordinal);
        var lost = Lost().Match(page.Text).Groups["id"].Value;

        Assert.Contains("on its way", (await browser.PostAsync(Operations + "/again", page, ("delivery", lost))).Text, StringComparison.Ordinal);
        var told = await advocate.WaitForTextAsync("Come to the court at ten");
        Assert.Contains("Sent again. This is of", told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("may be a repeat", told.Text, StringComparison.Ordinal);
        var again = await browser.PostAsync(Operations + "/again", page, ("delivery", lost));
        Assert.Contains("before you", again.Text, StringComparison.Ordinal);
        Assert.Contains("sent again", again.Text, StringComparison.Ordinal);
        var who = await bot.ActAsync(async session => (await session.Addresses.FindAsync(owner.Address))!.Person!.Value);
        Assert.Single(await bot.ActAsync(session => session.Audit.ByAsync(who, Instant.FromUtc(2026, 1, 1, 0, 0), [SendAgain.Act])));
    }

    [PostgresFact]
    public async Task What_was_taken_back_is_over_or_too_old_is_not_sent_again()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var owner = await bot.AddAsync(Role.Owner, "Olga");
        var (frozen, other) = (await bot.AddAsync(Role.Advocate, "Dana"), await bot.AddAsync(Role.Advocate, "Erlan"));
        using var browser = await desk.SignInAsync(owner);
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(frozen, file);
        await bot.FollowAsync(other, file);
        frozen.BlockBot();
        other.BlockBot();
        await AlertAsync(bot, file, "Come to the court at ten");
        await bot.SettleAsync();
        frozen.UnblockBot();
        other.UnblockBot();

        // Whoever was suspended in between gets nothing, not even after the suspension.
        var whom = await bot.ActAsync(async session => (await session.Addresses.FindAsync(frozen.Address))!.Person!.Value);
        await bot.ActAsync(session => bot.Get<FreezePerson>().RunAsync(session.As(Actor.Operator), whom));
        await bot.ActAsync(session => bot.Get<FreezePerson>().EndAsync(session.As(Actor.Operator), whom));
        var left = Lost().Matches((await browser.GetAsync(Operations)).Text);
        var only = Assert.Single(left.Select(found => found.Groups["id"].Value));

        // Who is suspended now is stopped by the gate that every message passes.
        var second = await bot.ActAsync(async session => (await session.Addresses.FindAsync(other.Address))!.Person!.Value);
        await using (var connection = new NpgsqlConnection(bot.ConnectionString))
            await connection.ExecuteAsync("update person set frozen = true where id = @Value", new { second.Value });
        var page = await browser.GetAsync(Operations);
        var held = await browser.PostAsync(Operations + "/again", page, ("delivery", only));
        Assert.Contains("no longer be told", held.Text, StringComparison.Ordinal);
        await using (var connection = new NpgsqlConnection(bot.ConnectionString))
            await connection.ExecuteAsync("update person set frozen = false where id = @Value", new { second.Value });

        bot.Clock.Advance(OutboxStore.AgainFor + Duration.FromHours(1));
        await bot.Get<RetentionJob>().RunAsync(CancellationToken.None);
        using var later = await desk.SignInAsync(owner);
        var old = await later.GetAsync(Operations);
        var over = await later.PostAsync(Operations + "/again", old, ("delivery", only));
        Assert.Contains("nothing left to send", over.Text, StringComparison.Ordinal);
        await bot.SettleAsync();
        Assert.DoesNotContain(frozen.Messages.Concat(other.Messages), message => message.Text.Contains("at ten", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Only_an_owner_gets_there_and_the_act_asks_for_itself()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var coordinator = await bot.AddAsync(Role.Coordinator, "Anna");
        using var browser = await desk.SignInAsync(coordinator);

        var shown = await browser.GetAsync("/console");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(Operations)).Status);
        var press = await browser.PostAsync(Operations + "/again", shown, ("delivery", Guid.NewGuid().ToString("N")));
        Assert.Equal(HttpStatusCode.NotFound, press.Status);
        var me = (await bot.ActAsync(session => session.Addresses.FindAsync(coordinator.Address)))!.Person!.Value;
        Assert.Equal(SentAgain.NotAllowed, await bot.ActAsync(async session =>
            await bot.Get<SendAgain>().RunAsync(session.As(Actor.Of((await session.People.FindAsync(me))!)), DeliveryId.New())));
    }

    [PostgresFact]
    public async Task The_page_says_where_the_audit_log_breaks_draws_the_week_and_shows_no_secret()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var owner = await bot.AddAsync(Role.Owner, "Olga");
        await bot.OpenCaseAsync();
        await bot.Get<AuditLogJob>().RunAsync(CancellationToken.None);
        await bot.Get<KeepFigures>().RunAsync(CancellationToken.None);
        bot.Clock.Advance(Duration.FromHours(5));
        await bot.Get<KeepFigures>().RunAsync(CancellationToken.None);
        using var browser = await desk.SignInAsync(owner);

        var page = await browser.GetAsync(Operations);
        // Two columns, and between them nothing where nobody counted.
        Assert.Matches("""<path d="M\d+ 40V[\d.]+H\d+V40ZM\d+ 40V[\d.]+H\d+V40Z" """.TrimEnd(), page.Text);
        Assert.Contains("Messages sent in ten minutes", page.Text, StringComparison.Ordinal);
        Assert.Contains("Telegram.MessagesPerSecond", page.Text, StringComparison.Ordinal);
        var whole = await browser.PostAsync(Operations, page, ("_handler", "audit"), ("Check", "audit"));
        Assert.Contains("None was changed, none is missing", whole.Text, StringComparison.Ordinal);

        await using (var connection = new NpgsqlConnection(bot.ConnectionString))
            await connection.ExecuteAsync("alter table audit disable trigger all; delete from audit where place = 2");
        var broken = await browser.PostAsync(Operations, page, ("_handler", "audit"), ("Check", "audit"));
        Assert.Contains("An entry is missing after number 1", broken.Text, StringComparison.Ordinal);

        bot.Clock.Advance(Duration.FromDays(9));
        await bot.Get<KeepFigures>().RunAsync(CancellationToken.None);
        await using (var connection = new NpgsqlConnection(bot.ConnectionString))
            Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(distinct at)::int from figure"));
    }

    private static async Task AlertAsync(RunningBot bot, CaseFile file, string text)
    {
        await bot.ActAsync(session => bot.Get<SendAlert>().RunAsync(
            session.As(Actor.Operator), file.Code, new AlertKind("manual"), Severity.Urgent, text));
        bot.Get<Wakeups>().Raise(Wakeups.Outbox);
    }

    [GeneratedRegex("""name="delivery" value="(?<id>[0-9a-f]{32})" />""")]
    private static partial Regex Lost();
}
