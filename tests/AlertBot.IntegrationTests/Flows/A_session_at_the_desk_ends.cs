using System.Net;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Workflows.People;
using AlertBot.Workflows.SignIn;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public sealed class A_session_at_the_desk_ends
{
    [PostgresFact]
    public async Task After_twelve_hours()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        using var browser = await SignedInAsync(bot, desk, await bot.AddAsync(Role.Owner));

        bot.Clock.Advance(BeginConsoleSession.Life - Duration.Epsilon);
        Assert.Equal("/console", (await browser.GetAsync("/console")).Path);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/jobs")).Status);
        bot.Clock.Advance(Duration.FromSeconds(1));

        await AssertIsOutAsync(browser);
    }

    [PostgresFact]
    public async Task When_the_person_says_so_in_the_chat_or_on_the_page()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var owner = await bot.AddAsync(Role.Owner);
        using var first = await SignedInAsync(bot, desk, owner);
        using var second = await SignedInAsync(bot, desk, owner);
        using var third = await SignedInAsync(bot, desk, owner);
        using var fourth = await SignedInAsync(bot, desk, owner);

        var last = owner.Messages[^1].Id;
        owner.SendText("/console");
        var list = await owner.WaitForMessageAsync(
            message => message.Id > last && message.Text.StartsWith("Where you are signed in", StringComparison.Ordinal));
        Assert.Contains("4. Firefox (Linux), since 2 March 2026", list.Text, StringComparison.Ordinal);
        await RunningBot.PressAsync(owner, list, "End 2");
        await AssertIsOutAsync(second);
        Assert.Equal("/console", (await first.GetAsync("/console")).Path);

        var home = await first.GetAsync("/console");
        Assert.Equal("/console/sign-in", (await first.PostAsync("/console/sign-out", home)).Path);
        await AssertIsOutAsync(first);

        bot.Clock.Advance(GiveSignInLink.Life);
        var link = await OpenDesk.LinkAsync(owner);
        await bot.SettleAsync();
        Assert.StartsWith("Signed out of 2 browsers.", (await RunningBot.SayAsync(owner, "/console end")).Text, StringComparison.Ordinal);
        await AssertIsOutAsync(third);
        await AssertIsOutAsync(fourth);
        // The pending link ends too.
        Assert.Equal(HttpStatusCode.Gone, (await third.OpenAsync(link)).Status);
    }

    [PostgresFact]
    public async Task With_a_suspension_and_for_good()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var owner = await bot.AddAsync(Role.Owner);
        using var browser = await SignedInAsync(bot, desk, owner);
        var id = await IdAsync(bot, owner);

        await bot.ActAsync(session => bot.Get<FreezePerson>().RunAsync(session.As(Actor.Operator), id));
        await AssertIsOutAsync(browser);
        await bot.ActAsync(session => bot.Get<FreezePerson>().EndAsync(session.As(Actor.Operator), id));

        await AssertIsOutAsync(browser);
    }

    [PostgresFact]
    public async Task A_sign_in_that_is_on_its_way_does_not_outlive_a_suspension()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var owner = await bot.AddAsync(Role.Owner);
        using var browser = new DeskBrowser(desk.Url);
        var waiting = await browser.OpenAsync(await OpenDesk.LinkAsync(owner));
        await NameAsync(owner, waiting.Number!);
        var id = await IdAsync(bot, owner);

        await bot.ActAsync(session => bot.Get<FreezePerson>().RunAsync(session.As(Actor.Operator), id));
        await bot.ActAsync(session => bot.Get<FreezePerson>().EndAsync(session.As(Actor.Operator), id));

        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync("/console/wait")).Status);
    }

    [PostgresFact]
    public async Task With_the_role()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var owner = await bot.AddAsync(Role.Owner);
        using var browser = await SignedInAsync(bot, desk, owner);

        await bot.ActAsync(async session =>
        {
            await session.People.UpdateAsync((await session.People.FindAsync(await IdAsync(bot, owner)))! with { Role = Role.Advocate });
            return true;
        });

        await AssertIsOutAsync(browser);
    }

    [PostgresFact]
    public async Task Jobs_are_for_owners_alone()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        using var owner = await SignedInAsync(bot, desk, await bot.AddAsync(Role.Owner));
        using var coordinator = await SignedInAsync(bot, desk, await bot.AddAsync(Role.Coordinator));
        using var stranger = new DeskBrowser(desk.Url);

        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/jobs")).Status);
        Assert.Contains("href=\"/jobs\"", (await owner.GetAsync("/console")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await coordinator.GetAsync("/jobs")).Status);
        Assert.DoesNotContain("href=\"/jobs\"", (await coordinator.GetAsync("/console")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/jobs")).Status);
    }

    [PostgresFact]
    public async Task A_cookie_that_was_made_up_or_taken_from_another_step_opens_nothing()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var owner = await bot.AddAsync(Role.Owner);
        using var browser = new DeskBrowser(desk.Url);
        var link = await OpenDesk.LinkAsync(owner);
        var waiting = await browser.OpenAsync(link);
        var holds = browser.Cookies.GetCookies(desk.Url)["alertbot-sign-in"]!.Value;
        await NameAsync(owner, waiting.Number!);
        await browser.GetAsync("/console/wait");

        string[] made = [ConsoleSecret.New().Reveal(), holds, link.Split('/')[^1], "", "x", new string('A', 43), new string('a', 3_000)];
        foreach (var forged in made)
        {
            using var other = new DeskBrowser(desk.Url);
            other.Cookies.Add(desk.Url, new Cookie("alertbot-desk", forged));
            other.Cookies.Add(desk.Url, new Cookie("alertbot-sign-in", forged));
            await AssertIsOutAsync(other);
            Assert.Equal(HttpStatusCode.Gone, (await other.GetAsync("/console/wait")).Status);
        }
    }

    [PostgresFact]
    public async Task A_page_of_a_stranger_can_post_nothing()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var owner = await bot.AddAsync(Role.Owner);
        using var browser = await SignedInAsync(bot, desk, owner);
        using var stranger = new DeskBrowser(desk.Url);
        var link = await OpenDesk.LinkAsync(owner);
        var theirs = await stranger.GetAsync(link);

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/console/sign-out", token: null)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/console/sign-out", theirs)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(link, token: null)).Status);

        Assert.Equal("/console", (await browser.GetAsync("/console")).Path);
    }

    [PostgresFact]
    public async Task Behind_https_cookies_go_over_nothing_else()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot, new Uri("https://desk.example/"));
        var owner = await bot.AddAsync(Role.Owner);
        using var browser = new DeskBrowser(desk.Url);

        var link = await OpenDesk.LinkAsync(owner);
        var shown = await browser.GetAsync(link);
        // Acts as a proxy: it receives the cookies over https, and passes them on.
        foreach (var cookie in browser.Cookies.GetAllCookies().ToList())
            browser.Cookies.Add(desk.Url, new Cookie(cookie.Name, cookie.Value, "/"));
        var opened = await browser.PostAsync(link, shown);

        Assert.Equal(["alertbot-form", "alertbot-sign-in"], shown.SetCookies.Concat(opened.SetCookies).Select(one => one.Split('=')[0]));
        Assert.All(shown.SetCookies.Concat(opened.SetCookies), one => Assert.Contains("; secure", one, StringComparison.Ordinal));
    }

    private static async Task AssertIsOutAsync(DeskBrowser browser)
    {
        var page = await browser.GetAsync("/console");
        Assert.Equal(("/console/sign-in", HttpStatusCode.Unauthorized), (page.Path, page.Status));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/jobs")).Status);
    }

    private static async Task<DeskBrowser> SignedInAsync(RunningBot bot, OpenDesk desk, SandboxPhone phone)
    {
        // The bot does not give so many links at once.
        bot.Clock.Advance(Duration.FromMinutes(3));
        var browser = new DeskBrowser(desk.Url);
        var waiting = await browser.OpenAsync(await OpenDesk.LinkAsync(phone));
        await NameAsync(phone, waiting.Number!);
        Assert.Equal("/console", (await browser.GetAsync("/console/wait")).Path);
        return browser;
    }

    private static async Task NameAsync(SandboxPhone phone, string number)
    {
        var asked = phone.Messages.Last(one => one.Text.Contains("/console/sign-in/", StringComparison.Ordinal)).Id;
        var question = await phone.WaitForMessageAsync(
            message => message.Id > asked && message.Text.Contains("Which number", StringComparison.Ordinal));
        await RunningBot.PressAsync(phone, question, number);
    }

    private static async Task<PersonId> IdAsync(RunningBot bot, SandboxPhone phone) =>
        (await bot.ActAsync(session => session.Addresses.FindAsync(phone.Address)))!.Person!.Value;
}
