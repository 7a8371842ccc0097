using System.Net;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Workflows.SignIn;

namespace AlertBot.IntegrationTests.Flows;

public sealed class A_coordinator_signs_in
{
    [PostgresFact]
    public async Task By_a_link_whose_number_they_name_in_the_chat()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var coordinator = await bot.AddAsync(Role.Coordinator, language: "ru");
        using var browser = new DeskBrowser(desk.Url);

        var link = await OpenDesk.LinkAsync(coordinator);
        var shown = await browser.GetAsync(link);
        Assert.Equal(HttpStatusCode.OK, shown.Status);
        var waiting = await browser.PostAsync(link, shown);
        Assert.Equal("/console/wait", waiting.Path);
        Assert.Contains("http-equiv=\"refresh\"", waiting.Text, StringComparison.Ordinal);
        var question = await coordinator.WaitForMessageAsync(message => message.Text.Contains("Какое число", StringComparison.Ordinal));
        Assert.Contains("Firefox (Linux), 2 марта 2026", question.Text, StringComparison.Ordinal);
        Assert.Equal(waiting.Number, (await browser.GetAsync("/console/wait")).Number);

        var confirmed = await RunningBot.PressAsync(coordinator, question, waiting.Number!);
        Assert.Contains("Вы вошли", confirmed.Text, StringComparison.Ordinal);
        var home = await browser.GetAsync("/console/wait");

        Assert.Equal("/console", home.Path);
        Assert.Contains("<html lang=\"ru\"", home.Text, StringComparison.Ordinal);
        Assert.Contains($"координатор {await SignAsync(bot, coordinator)}", WebUtility.HtmlDecode(home.Text), StringComparison.Ordinal);
        Assert.Contains("21:00", WebUtility.HtmlDecode(home.Text), StringComparison.Ordinal);
        var cookie = Assert.Single(home.SetCookies, one => one.StartsWith("alertbot-desk=", StringComparison.Ordinal));
        foreach (var demanded in new[] { "max-age=43200", "path=/", "samesite=strict", "httponly" })
            Assert.Contains(demanded, cookie, StringComparison.OrdinalIgnoreCase);
        foreach (var demanded in new[] { "no-store", "frame-ancestors 'none'", "default-src 'self'", "no-referrer" })
            Assert.Contains(demanded, home.Headers, StringComparison.Ordinal);
        Assert.Equal(
            [ConsoleActs.Link, ConsoleActs.Open, ConsoleActs.Confirm, ConsoleActs.SignIn],
            (await ActsAsync(bot, coordinator)).Select(one => one.Act));
        var dump = await DatabaseDump.OfAsync(bot.ConnectionString);
        foreach (var secret in new[] { link.Split('/')[^1], cookie.Split('=', ';')[1], "Firefox" })
        {
            Assert.DoesNotContain(secret, string.Concat(bot.Log.Lines), StringComparison.Ordinal);
            Assert.False(dump.Has(secret));
        }
    }

    [PostgresFact]
    public async Task A_look_at_the_link_uses_nothing_up_and_no_second_browser_gets_in()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var link = await OpenDesk.LinkAsync(coordinator);
        using var browser = new DeskBrowser(desk.Url);
        using var other = new DeskBrowser(desk.Url);

        for (var look = 0; look < 3; look++)
            Assert.Equal(HttpStatusCode.OK, (await other.GetAsync(link)).Status);
        var waiting = await browser.OpenAsync(link);
        // A second press in the same browser: it goes on waiting with the same number.
        Assert.Equal(waiting.Number, (await browser.OpenAsync(link)).Number);
        Assert.Equal(HttpStatusCode.Gone, (await other.OpenAsync(link)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await other.GetAsync("/console/wait")).Status);
        await NameAsync(coordinator, waiting.Number!);
        Assert.Equal(HttpStatusCode.Gone, (await other.GetAsync("/console/wait")).Status);
        Assert.Equal("/console", (await browser.GetAsync("/console/wait")).Path);

        Assert.Equal(HttpStatusCode.Gone, (await browser.OpenAsync(link)).Status);
        Assert.Equal(["other-browser", "over"], await RefusalsAsync(bot, coordinator));
    }

    [PostgresFact]
    public async Task Not_with_a_link_that_is_over_or_replaced()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        using var browser = new DeskBrowser(desk.Url);

        var replaced = await OpenDesk.LinkAsync(coordinator);
        var link = await OpenDesk.LinkAsync(coordinator);
        Assert.Equal(HttpStatusCode.Gone, (await browser.OpenAsync(replaced)).Status);
        bot.Clock.Advance(GiveSignInLink.Life);
        Assert.Equal(HttpStatusCode.Gone, (await browser.OpenAsync(link)).Status);

        // The link ends between the question and the press, and between the press and the browser's return.
        var late = await browser.OpenAsync(await OpenDesk.LinkAsync(coordinator));
        var question = await QuestionAsync(coordinator);
        bot.Clock.Advance(GiveSignInLink.Life);
        Assert.Contains("out of date", await RunningBot.NoticeOfAsync(coordinator, question, late.Number!), StringComparison.Ordinal);
        var later = await browser.OpenAsync(await OpenDesk.LinkAsync(coordinator));
        await NameAsync(coordinator, later.Number!);
        bot.Clock.Advance(GiveSignInLink.Life);
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync("/console/wait")).Status);
        Assert.Empty(await SessionsAsync(bot, coordinator));
    }

    [PostgresFact]
    public async Task A_wrong_number_or_not_me_ends_it()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        using var browser = new DeskBrowser(desk.Url);

        var shown = (await browser.OpenAsync(await OpenDesk.LinkAsync(coordinator))).Number!;
        var question = await QuestionAsync(coordinator);
        var wrong = question.AllButtons.First(button => button.Text != shown && button.Text.Length == 2).Text;
        Assert.Contains("not the number", (await RunningBot.PressAsync(coordinator, question, wrong)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync("/console/wait")).Status);

        await browser.OpenAsync(await OpenDesk.LinkAsync(coordinator));
        var ended = await RunningBot.PressAsync(coordinator, await QuestionAsync(coordinator), "⛔ Not me");
        Assert.Contains("/freeze", ended.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync("/console/wait")).Status);
        Assert.Empty(await SessionsAsync(bot, coordinator));
        Assert.Equal(["number", "not-me"], await RefusalsAsync(bot, coordinator));
    }

    [PostgresFact]
    public async Task Nobody_else_confirms_and_nobody_else_asks()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var colleague = await bot.AddAsync(Role.Coordinator);
        using var browser = new DeskBrowser(desk.Url);
        var shown = (await browser.OpenAsync(await OpenDesk.LinkAsync(coordinator))).Number!;
        var question = await QuestionAsync(coordinator);
        var data = question.AllButtons.First(button => button.Text == shown).Data!;

        var hello = await RunningBot.SayAsync(colleague, "/help");
        Assert.NotNull(await colleague.PressData(hello, data).Answer.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal("/console/wait", (await browser.GetAsync("/console/wait")).Path);
        foreach (var role in new[] { Role.Reporter, Role.Advocate })
        {
            var phone = await bot.AddAsync(role);
            Assert.Equal((await RunningBot.SayAsync(phone, "/nonsense")).Text, (await RunningBot.SayAsync(phone, "/console")).Text);
            Assert.Equal((await RunningBot.SayAsync(phone, "/nonsense")).Text, (await RunningBot.SayAsync(phone, "/console end")).Text);
        }
    }

    [PostgresFact]
    public async Task Not_endlessly()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        using var browser = new DeskBrowser(desk.Url);
        for (var time = 0; time < 5; time++)
            await OpenDesk.LinkAsync(coordinator);
        Assert.DoesNotContain("sign-in/", (await RunningBot.SayAsync(coordinator, "/console")).Text, StringComparison.Ordinal);
        bot.Clock.Advance(GiveSignInLink.Life);
        var link = await OpenDesk.LinkAsync(coordinator);

        var form = await browser.GetAsync(link);
        var statuses = new List<HttpStatusCode>();
        for (var time = 0; time < 40; time++)
            statuses.Add((await browser.PostAsync("/console/sign-in/x", form)).Status);

        Assert.Equal(HttpStatusCode.Gone, statuses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        // Behind a proxy everybody has one address: who tries one link for ever locks nobody else out.
        Assert.Equal(HttpStatusCode.Gone, (await browser.PostAsync("/console/sign-in/y", form)).Status);
    }

    private static Task<SandboxMessage> QuestionAsync(SandboxPhone phone) => phone.WaitForMessageAsync(
        message => message.IsFromBot && message.Id > phone.Messages.Last(one => one.Text.Contains("/console/sign-in/", StringComparison.Ordinal)).Id
            && message.Buttons.Count > 0 && message.Text.Contains("Which number", StringComparison.Ordinal));

    private static async Task NameAsync(SandboxPhone phone, string number) => await RunningBot.PressAsync(phone, await QuestionAsync(phone), number);

    private static Task<IReadOnlyList<ConsoleSession>> SessionsAsync(RunningBot bot, SandboxPhone phone) => bot.ActAsync(async session =>
        await session.ConsoleSessions.OfAsync((await session.Addresses.FindAsync(phone.Address))!.Person!.Value));

    private static async Task<string> SignAsync(RunningBot bot, SandboxPhone phone) =>
        PersonSign.Of((await bot.ActAsync(session => session.Addresses.FindAsync(phone.Address)))!.Person!.Value);

    private static async Task<IEnumerable<string?>> RefusalsAsync(RunningBot bot, SandboxPhone phone) =>
        (await ActsAsync(bot, phone)).Where(one => one.Act == ConsoleActs.Refuse).Select(one => one.Detail);

    private static async Task<IReadOnlyList<(AuditAct Act, string? Detail)>> ActsAsync(RunningBot bot, SandboxPhone phone)
    {
        var person = (await bot.ActAsync(session => session.Addresses.FindAsync(phone.Address)))!.Person!.Value;
        await using var connection = new Npgsql.NpgsqlConnection(bot.ConnectionString);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(
            "select act, detail from audit where person_id = $1 and act like 'console.%' order by id", connection)
        {
            Parameters = { new() { Value = person.Value } },
        };
        await using var reader = await command.ExecuteReaderAsync();
        var acts = new List<(AuditAct, string?)>();
        while (await reader.ReadAsync())
            acts.Add((new AuditAct(reader.GetString(0)), reader.IsDBNull(1) ? null : reader.GetString(1)));
        return acts;
    }
}
