using System.Net;
using AlertBot.Desk.Frame;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>Reports as coordinators decide on them at the desk, with the acts of the chat.</summary>
public sealed class A_report_at_the_desk
{
    [PostgresFact]
    public async Task It_is_taken_asked_about_verified_closed_and_opened_again()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        var advocate = await bot.AddAsync(Role.Advocate);
        using var browser = await desk.SignInAsync(anna);
        var witness = bot.Sandbox.AddPerson("Witness");
        await RunningBot.SayAsync(witness, "They arrested my brother in Almaty this morning");
        var incident = Assert.Single(await bot.ActAsync(session => session.Incidents.OpenAsync()));
        var path = $"/console/reports/{incident.Code.Text}";

        var board = await browser.GetAsync("/console/reports");
        Assert.Contains(path, board.Text, StringComparison.Ordinal);
        var card = await browser.GetAsync(path);
        Assert.Contains("my brother in Almaty", WebUtility.HtmlDecode(card.Text), StringComparison.Ordinal);

        Assert.Contains("Done.", (await browser.PostAsync(path + "/take", card)).Text, StringComparison.Ordinal);
        var asked = await browser.PostAsync(path + "/ask", card, ("words", "Which street was it?"));
        Assert.Contains("on its way", asked.Text, StringComparison.Ordinal);
        await witness.WaitForTextAsync("Which street was it?");
        Assert.Contains("Done.", (await browser.PostAsync(path + "/verify", card)).Text, StringComparison.Ordinal);
        Assert.Equal(Standing.Verified, (await FindAsync(bot, incident)).Standing);

        // Nobody follows it: the page asks whom to tell, and tells them.
        var asks = await browser.GetAsync(path);
        Assert.Contains("NOBODY follows it yet", asks.Text, StringComparison.Ordinal);
        await browser.PostAsync(path + "/tell", asks, ("whom", "adv"));
        await browser.PostAsync(path + "/note", card, ("words", "The lawyer is on the phone"));
        Assert.Contains("The lawyer is on the phone", (await browser.GetAsync(path)).Text, StringComparison.Ordinal);

        Assert.Contains("Done.", (await browser.PostAsync(path + "/close", card, ("outcome", "Released"))).Text, StringComparison.Ordinal);
        Assert.Equal(Handling.Closed, (await FindAsync(bot, incident)).Handling);
        Assert.Contains("before you", (await browser.PostAsync(path + "/verify", card)).Text, StringComparison.Ordinal);
        await browser.PostAsync(path + "/reopen", card);
        Assert.NotEqual(Handling.Closed, (await FindAsync(bot, incident)).Handling);
        Assert.NotEmpty(advocate.Messages);
    }

    [PostgresFact]
    public async Task Nobody_is_chosen_to_be_told_before_it_is_verified_and_words_have_the_limit_of_the_chat()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        var advocate = await bot.AddAsync(Role.Advocate);
        using var browser = await desk.SignInAsync(anna);
        var witness = bot.Sandbox.AddPerson("Witness");
        await RunningBot.SayAsync(witness, "They arrested my brother in Almaty this morning");
        var incident = Assert.Single(await bot.ActAsync(session => session.Incidents.OpenAsync()));
        var path = $"/console/reports/{incident.Code.Text}";
        var card = await browser.GetAsync(path);
        var before = advocate.Messages.Count;

        Assert.Contains("could not be done", (await browser.PostAsync(path + "/tell", card, ("whom", "adv"))).Text, StringComparison.Ordinal);
        foreach (var act in new[] { "ask", "note", "correct" })
        {
            Assert.Contains("at most 1,000", (await browser.PostAsync(path + "/" + act, card, ("words", new string('a', 1001)))).Text,
                StringComparison.Ordinal);
            Assert.Contains("no words", (await browser.PostAsync(path + "/" + act, card, ("words", "  "))).Text, StringComparison.Ordinal);
        }

        await bot.SettleAsync();
        Assert.Equal(before, advocate.Messages.Count);
        Assert.DoesNotContain(witness.Messages, message => message.Text.Contains("aaaa", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task What_was_asked_and_answered_stands_on_the_card_as_a_talk()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        using var browser = await desk.SignInAsync(await bot.AddAsync(Role.Coordinator));
        var witness = bot.Sandbox.AddPerson("Witness");
        await RunningBot.SayAsync(witness, "They arrested my brother in Almaty this morning");
        var incident = Assert.Single(await bot.ActAsync(session => session.Incidents.OpenAsync()));
        var path = $"/console/reports/{incident.Code.Text}";

        await browser.PostAsync(path + "/ask", await browser.GetAsync(path), ("words", "Which street was it?"));
        var question = await witness.WaitForTextAsync("Which street was it?");
        await RunningBot.AnswerToAsync(witness, question, "Answer");
        await RunningBot.SayAsync(witness, "Abay street, near the school");
        await bot.SettleAsync();

        var relay = (await browser.GetAsync(path)).Text;
        relay = relay[relay.IndexOf("id=\"relay\"", StringComparison.Ordinal)..];
        Assert.True(relay.IndexOf("Which street", StringComparison.Ordinal) < relay.IndexOf("Abay street", StringComparison.Ordinal));
        Assert.Contains("The reporter, ", relay, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_stranger_who_only_says_hello_renews_no_page_and_a_report_renews_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var stranger = bot.Sandbox.AddPerson("Stranger");
        await RunningBot.SayAsync(stranger, "/start");
        await bot.SettleAsync();

        var woken = bot.Get<Wakeups>().Next(Wakeups.Desk);
        await RunningBot.SayAsync(stranger, "hello");
        await RunningBot.SayAsync(bot.Sandbox.AddPerson("Another"), "/help");
        await bot.SettleAsync();
        Assert.False(woken.IsCompleted);

        await RunningBot.SayAsync(stranger, "They arrested my brother in Almaty this morning");
        await woken.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [PostgresFact]
    public async Task No_page_opens_for_whoever_may_not_see_it()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        using var nobody = new DeskBrowser(desk.Url);
        foreach (var place in DeskPlaces.All.Where(place => place.Path != DeskPlaces.Jobs))
        {
            var page = await nobody.GetAsync(place.Path);
            Assert.Equal((HttpStatusCode.Unauthorized, "/console/sign-in"), (page.Status, page.Path));
        }

        using var coordinator = await desk.SignInAsync(await bot.AddAsync(Role.Coordinator));
        using var owner = await desk.SignInAsync(await bot.AddAsync(Role.Owner));
        foreach (var place in DeskPlaces.All.Where(place => place.Path != DeskPlaces.Jobs))
        {
            Assert.Equal(
                place.Needs <= Role.Coordinator ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await coordinator.GetAsync(place.Path)).Status);
            Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync(place.Path)).Status);
        }

        // What the navigation does not show is refused all the same.
        foreach (var lost in new[] { "/console/reports/A-2222", "/console/cases/K-2222/lawyer", "/console/cases/K-2222/export.json" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await coordinator.GetAsync(lost)).Status);
            Assert.NotEqual(HttpStatusCode.OK, (await nobody.GetAsync(lost)).Status);
        }
    }

    private static async Task<Incident> FindAsync(RunningBot bot, Incident incident) =>
        (await bot.ActAsync(session => session.Incidents.FindAsync(incident.Id)))!;
}
