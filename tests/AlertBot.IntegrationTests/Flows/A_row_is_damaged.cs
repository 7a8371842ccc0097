using AlertBot.Domain.Alerts;
using AlertBot.Domain.Monitoring;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Incidents;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Monitoring;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>A row that does not open keeps nobody from hearing of the others, and whoever runs the machine hears of it once.</summary>
public sealed class A_row_is_damaged
{
    private const string Heard = "can no longer be worked on";

    [PostgresFact]
    public async Task A_raid_in_a_flood_is_told_beside_a_damaged_report()
    {
        await using var night = await IncidentNight.BeginAsync();
        var owner = await night.Bot.AddAsync(Role.Owner, "Olga");
        await night.ReportAsync("they took Bolat", "Bolat Madeupov");
        await ExecuteAsync(night.Bot, "update incident set held_at = opened_at, case_id = null");
        await ExecuteAsync(night.Bot, "update incident set code = 'none' where id <> @Value", new { night.Incident.Id.Value });

        for (var time = 0; time < 2; time++, night.Bot.Clock.Advance(Duration.FromMinutes(2)))
            await night.Bot.Get<HeldReports>().RunAsync(CancellationToken.None);
        await SentAsync(night.Bot);

        await night.Coordinator.WaitForTextAsync("within ten minutes");
        Assert.Contains(night.Coordinator.Messages, message => message.Text.Contains("Bolat Madeupov", StringComparison.Ordinal));
        Assert.Single(owner.Messages, message => message.Text.Contains(Heard, StringComparison.Ordinal));
        // Nor does it keep the queue from being read.
        Assert.Contains(night.Incident.Code.Text, (await RunningBot.SayAsync(night.Coordinator, "/queue")).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Fifty_that_fail_do_not_stand_before_the_next_for_ever()
    {
        await using var night = await IncidentNight.BeginAsync();
        await ExecuteAsync(
            night.Bot,
            """
            with bad as (
                insert into incident (id, code, case_id, kind, standing, handling, opened_at)
                select gen_random_uuid(), 'bad ' || n, case_id, kind, standing, handling, opened_at - interval '1 minute'
                from   incident, generate_series(1, 50) n
                returning id)
            insert into alert (id, kind, severity, dedup_key, text_key, facts, raised_at, incident_id)
            select gen_random_uuid(), 'incident_heads_up', 'urgent', 'bad ' || id, '', '', now(), id from bad
            """);
        night.Bot.Clock.Advance(Duration.FromMinutes(30));

        await night.Bot.Get<IncidentVerifyJob>().RunAsync(CancellationToken.None);

        Assert.True((await night.NowAsync()).IsToldFully);
        // They are tried again, but not at once.
        Assert.Empty(await night.Bot.ActAsync(session => session.Incidents.TakeUntoldIdsAsync(night.Bot.Clock.Now, 100)));
        night.Bot.Clock.Advance(Duration.FromMinutes(6));
        Assert.Equal(50, (await night.Bot.ActAsync(session => session.Incidents.TakeUntoldIdsAsync(night.Bot.Clock.Now, 100))).Count);
    }

    [PostgresFact]
    public async Task A_page_goes_on_beside_a_damaged_one_of_the_same_group()
    {
        await using var bot = await RunningBot.StartAsync();
        var (owner, anna) = (await bot.AddAsync(Role.Owner, "Olga"), await bot.AddAsync(Role.Coordinator, "Marta"));
        var of = (await bot.ActAsync(async session => await session.Addresses.FindAsync(anna.Address)))!.Person!.Value;
        await PageAsync(bot, of, "DiskFull");
        await ExecuteAsync(bot, "update page set content = '\\x00'");
        await PageAsync(bot, of, "NoBackup");

        for (var step = 0; step < 3; step++, bot.Clock.Advance(Duration.FromMinutes(5)))
            await bot.Get<UntakenPages>().RunAsync(CancellationToken.None);
        await SentAsync(bot);

        await anna.WaitForTextAsync("NoBackup");
        Assert.Single(owner.Messages, message => message.Text.Contains(Heard, StringComparison.Ordinal));
        // Nor does it when it ends, in the act that brings the next page.
        Assert.Empty(await bot.ActAsync(async session =>
        {
            var source = await session.Pages.TakeAsync(of, "group");
            await session.Pages.EndAlertAsync(source, "DiskFull");
            return await session.Pages.EndAsync(source);
        }));
    }

    [PostgresFact]
    public async Task An_import_is_read_behind_a_damaged_one()
    {
        await using var bot = await RunningBot.StartAsync();
        var anna = await bot.AddAsync(Role.Coordinator);
        var by = (await bot.ActAsync(async session => await session.Addresses.FindAsync(anna.Address)))!.Person!.Value;
        await ExecuteAsync(
            bot,
            """
            insert into import (id, kind, state, choices, print, made_by, made_at)
            values (gen_random_uuid(), 'people', 'reading', '\x01', '\x02', @Value, @at)
            """,
            new { by.Value, at = bot.Clock.Now.ToDateTimeUtc().AddMinutes(-1) });

        var good = await bot.ActAsync(session => session.Imports.AddAsync(
            ImportKind.People, "address,channel,role\n8100000002,telegram,advocate\n"u8.ToArray(), new ImportChoices(), by));

        IReadOnlyList<Import> all;
        while (true)
        {
            var news = bot.Get<Wakeups>().Next(Wakeups.Imports);
            all = await bot.ActAsync(session => session.Imports.LatestAsync(10));
            if (all.All(one => one.State != ImportState.Reading))
                break;
            await news.WaitAsync(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(
            [(good, ImportState.Ready, false), (all[1].Id, ImportState.Failed, true)], all.Select(one => (one.Id, one.State, one.IsDamaged)));
    }

    [PostgresFact]
    public async Task An_alert_that_waited_for_somebody_is_told_behind_a_damaged_one()
    {
        await using var bot = await RunningBot.StartAsync();
        foreach (var text in new[] { "First words", "Second words" })
        {
            await bot.ActAsync(session => bot.Get<Alerts>().RaiseAsync(
                session,
                new AlertDraft(
                    null, new AlertKind("manual"), Severity.Critical, text,
                    new Workflows.Texts.Line("alert.manual", ("code", "K-7F3Q"), ("text", text))),
                []));
        }

        await ExecuteAsync(bot, "update untold_alert set body = '\\x00' where alert_id = (select id from alert where dedup_key = 'First words')");
        var anna = await bot.AddAsync(Role.Coordinator);

        await bot.Get<UntoldAlerts>().RunAsync(CancellationToken.None);
        await SentAsync(bot);

        await anna.WaitForTextAsync("Second words");
        await anna.WaitForTextAsync(Heard);
        Assert.Equal(0, await bot.ActAsync(session => session.Alerts.CountUntoldAsync()));
    }

    [PostgresFact]
    public async Task Whose_row_it_is_stands_neither_in_the_message_nor_in_the_log()
    {
        await using var bot = await RunningBot.StartAsync();
        var (owner, advocate) = (await bot.AddAsync(Role.Owner, "Olga"), await bot.AddAsync(Role.Advocate, "Dana"));
        await RunningBot.SayAsync(advocate, "/digest daily");
        var person = (await bot.ActAsync(session => session.Addresses.FindAsync(advocate.Address)))!.Person!.Value;
        await ExecuteAsync(bot, "alter table digest_item rename to digest_elsewhere");

        bot.Clock.Advance(Duration.FromDays(1));
        await bot.Get<DigestJob>().RunAsync(CancellationToken.None);
        await SentAsync(bot);

        var told = (await owner.WaitForTextAsync(Heard)).Text;
        Assert.Contains("rhythm", told, StringComparison.Ordinal);
        foreach (var words in new[] { told, bot.Log.Text })
        {
            Assert.DoesNotContain(person.Value.ToString("D"), words, StringComparison.Ordinal);
            Assert.DoesNotContain(person.Value.ToString("N"), words, StringComparison.Ordinal);
        }
    }

    private static async Task PageAsync(RunningBot bot, PersonId of, string name) => await bot.ActAsync(async session =>
    {
        var source = await session.Pages.TakeAsync(of, "group");
        var alert = new MonitoredAlert(name, name, "It is so", Severity.Critical, session.Now, IsOver: false);
        await session.Pages.AddAsync(
            source, new Domain.Monitoring.Page(PageId.New(), Severity.Critical, [new PagedAlert(name, "It is so")], session.Now, 0), [alert],
            session.Now);
        return true;
    });

    private static async Task SentAsync(RunningBot bot)
    {
        bot.Clock.Advance(TellDamaged.Gathers);
        await bot.Get<TellDamaged>().RunAsync(CancellationToken.None);
        bot.Get<Wakeups>().Raise(Wakeups.Outbox);
        await bot.SettleAsync();
    }

    private static async Task ExecuteAsync(RunningBot bot, string sql, object? parameters = null)
    {
        await using var apart = new NpgsqlConnection(bot.ConnectionString);
        await apart.ExecuteAsync(sql, parameters);
    }
}
