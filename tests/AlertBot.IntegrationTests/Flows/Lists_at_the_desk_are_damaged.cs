using System.Net;
using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.Domain.Webhooks;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Postgres.Vaults;
using AlertBot.Sandbox;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using AlertBot.Workflows.Tokens;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>
/// One row that does not open takes no list at the desk with it: the others are shown, and the page says what to do about that one.
/// </summary>
public sealed class Lists_at_the_desk_are_damaged
{
    private const string Unread = "cannot be read";

    private static readonly string[] Lists =
    [
        "/console", "/console/reports", "/console/cases", "/console/people", "/console/drills", "/console/import", "/console/operations",
        "/console/tokens", "/console/webhooks", "/console/law?rule=KZ-PROV-40D&length=30",
    ];

    // The key itself, and with what the browser of the test is signed in.
    private static readonly string[] Spared = ["vault_canary", "form_key", "console_session", "sign_in_link"];

    [PostgresFact]
    public async Task A_webhook_and_a_token_stand_there_with_what_to_do_and_the_others_beside_them()
    {
        await using var world = await World.BeginAsync();
        await world.ExecuteAsync(
            """
            update webhook set url = '\x00' where id = (select id from webhook order by made_at, id limit 1);
            update api_token set name = '\x00' where id = (select id from api_token order by made_at, id limit 1);
            """);

        var webhooks = await world.Browser.GetAsync("/console/webhooks");
        Assert.Equal(HttpStatusCode.OK, webhooks.Status);
        Assert.Contains("<h3>second.example.org</h3>", webhooks.Text, StringComparison.Ordinal);
        Assert.Contains("Remove it and add it again", webhooks.Text, StringComparison.Ordinal);
        // The next one is added, and the damaged one goes.
        await world.AddWebhookAsync("https://third.example.org/hook");
        var damaged = await world.Bot.ActAsync(async session => (await session.Webhooks.AllAsync()).Single(one => one.Webhook is null).Id);
        var left = await world.Browser.PostAsync("/console/webhooks/remove", webhooks, ("webhook", damaged.Value.ToString("N")));
        Assert.Contains("third.example.org", left.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Unread, left.Text, StringComparison.OrdinalIgnoreCase);

        var tokens = await world.Browser.GetAsync("/console/tokens");
        Assert.Equal(HttpStatusCode.OK, tokens.Status);
        Assert.Contains("<h3>Second</h3>", tokens.Text, StringComparison.Ordinal);
        Assert.Contains("Its name cannot be read. It works as before.", tokens.Text, StringComparison.Ordinal);
        // And so it does.
        using var program = new ApiProgram(world.Desk.Url, world.FirstToken);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/cases")).Status);
    }

    [PostgresFact]
    public async Task A_case_without_a_code_that_can_be_read_hides_no_other()
    {
        await using var world = await World.BeginAsync();
        await world.ExecuteAsync($"update case_file set code = 'none' where id = '{world.First.Id.Value}'");

        foreach (var list in Lists)
            Assert.Equal((list, HttpStatusCode.OK), (list, (await world.Browser.GetAsync(list)).Status));
        var cases = (await world.Browser.GetAsync("/console/cases")).Text;
        Assert.Contains(world.Second.Code.Text, cases, StringComparison.Ordinal);
        Assert.Contains("Its code cannot be read.", cases, StringComparison.Ordinal);
        var law = (await world.Browser.GetAsync(Lists[^1])).Text;
        Assert.Contains(world.Second.Code.Text, law, StringComparison.Ordinal);
        Assert.Contains("were not looked at: 1.", law, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Nothing_sealed_is_needed_for_any_list_to_be_shown()
    {
        await using var world = await World.BeginAsync();
        foreach (var table in SealedColumns.All.Where(column => !Spared.Contains(column.Table)).GroupBy(column => column.Table))
        {
            await world.ExecuteAsync(string.Join(
                ';', table.Select(column => $"update {table.Key} set {column.Name} = '\\x00' where {column.Name} is not null{But(table.Key)}")));
        }

        foreach (var list in Lists)
            Assert.Equal((list, HttpStatusCode.OK), (list, (await world.Browser.GetAsync(list)).Status));
        Assert.Contains(Unread, (await world.Browser.GetAsync("/console/operations")).Text, StringComparison.Ordinal);

        // Whoever runs the machine hears of what these pages could not read.
        world.Bot.Clock.Advance(TellDamaged.Gathers);
        await world.Bot.Get<TellDamaged>().RunAsync(CancellationToken.None);
        Assert.Equal(1, await world.Bot.ActAsync(async session => (await session.Alerts.SinceAsync(world.Bot.Clock.Now))
            .Count(alert => alert.Kind == AlertKind.RowDamaged)));
    }

    // By the account of theirs whoever looks at the desk is signed in.
    private static string But(string table) => table == "address" ? " and person_id is null" : "";

    private sealed class World(RunningBot bot, OpenDesk desk, SandboxPhone owner, DeskBrowser browser) : IAsyncDisposable
    {
        public RunningBot Bot => bot;

        public OpenDesk Desk => desk;

        public DeskBrowser Browser => browser;

        public required CaseFile First { get; init; }

        public required CaseFile Second { get; init; }

        public string FirstToken { get; private set; } = "";

        public static async Task<World> BeginAsync()
        {
            var bot = await RunningBot.StartAsync();
            var desk = await OpenDesk.StartAsync(bot);
            var owner = await bot.AddAsync(Role.Owner);
            var world = new World(bot, desk, owner, await desk.SignInAsync(owner))
            {
                First = await bot.OpenCaseAsync("First Invented"),
                Second = await bot.OpenCaseAsync("Second Invented"),
            };
            await world.FillAsync();
            return world;
        }

        public async Task ExecuteAsync(string sql, object? parameters = null)
        {
            await using var apart = new NpgsqlConnection(bot.ConnectionString);
            await apart.ExecuteAsync(sql, parameters);
        }

        public async Task AddWebhookAsync(string url) => await browser.PostAsync(
            "/console/webhooks", await browser.GetAsync("/console/webhooks"),
            ("_handler", "webhook"), ("WebhookUrl", url), ("kind", $"{WebhookKind.Fact}"));

        // Something for each list.
        private async Task FillAsync()
        {
            foreach (var file in new[] { First, Second })
                await RunningBot.SayAsync(owner, $"/event {file.Code} detention_start 2026-03-01 10:00");
            await RunningBot.SayAsync(owner, "/digest daily");
            await RunningBot.SayAsync(bot.Sandbox.AddPerson("Witness"), "They arrested First Invented in Almaty");
            await AddWebhookAsync("https://first.example.org/hook");
            bot.Clock.Advance(Duration.FromSeconds(1));
            await AddWebhookAsync("https://second.example.org/hook");
            await bot.ActAsync(async session =>
            {
                var person = (await session.Addresses.FindAsync(owner.Address))!.Person!.Value;
                var by = session.As(Actor.Of((await session.People.FindAsync(person))!));
                FirstToken = Assert.IsType<MadeToken.Made>(await bot.Get<MakeToken>().RunAsync(by, "First", [ApiScope.Dates], 90)).Secret.Reveal();
                Assert.IsType<MadeToken.Made>(await bot.Get<MakeToken>().RunAsync(by, "Second", [ApiScope.Dates], 90));
                await session.Imports.AddAsync(ImportKind.People, "none"u8.ToArray(), new ImportChoices(), person);

                var at = await session.Addresses.EnsureAsync(bot.Sandbox.AddGroup("Friends", [owner]).Address, null, isGroup: true, "en");
                await session.Addresses.SetTitleAsync(at.Id, "Friends");
                await session.Subscriptions.AddAsync(First.Id, at.Id, null);
                await bot.Get<Alerts>().RaiseAsync(
                    session,
                    new AlertDraft(
                        First.Id, new AlertKind("manual"), Severity.Critical, "lost",
                        new Line("alert.manual", ("code", First.Code.Text), ("text", "Come"))),
                    [new Subscriber(at.Id, ChannelKind.Telegram, "en", IsGroup: true)]);
                return true;
            });
            bot.Get<Wakeups>().Raise(Wakeups.Outbox);
            await bot.SettleAsync();
            // The group never got it.
            await ExecuteAsync(
                "update delivery set state = 'failed', finished_at = @at where alert_id = (select id from alert where dedup_key = 'lost')",
                new { at = bot.Clock.Now.ToDateTimeUtc() });
        }

        public async ValueTask DisposeAsync()
        {
            browser.Dispose();
            await desk.DisposeAsync();
            await bot.DisposeAsync();
        }
    }
}
