using System.Net;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.People;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>A script with a token does what its maker may do, within the token's scopes, and is refused in words that help.</summary>
public sealed class A_program_acts_for_somebody
{
    [PostgresFact]
    public async Task It_tells_the_followers_of_a_case_and_repeats_nothing()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var owner = await bot.AddAsync(Role.Owner);
        var anna = await bot.AddAsync(Role.Coordinator);
        var advocate = await bot.AddAsync(Role.Advocate);
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(advocate, file);
        using var browser = await desk.SignInAsync(anna);
        var token = await ApiProgram.TokenAsync(browser, ApiScope.Alerts);
        await owner.WaitForTextAsync("made a token");
        using var program = new ApiProgram(desk.Url, token);
        var alert = new { @case = file.Code.Text, severity = "urgent", text = "The court has moved the hearing to room 5" };

        var answer = await program.PostAsync("/api/v1/alerts", alert, key: "one");
        Assert.Equal((HttpStatusCode.Created, file.Code.Text, "True"), (answer.Status, answer["case"], answer["told"]));
        await advocate.WaitForTextAsync("room 5");

        // The same again under the same key is answered the same, and nobody is told twice.
        var again = await program.PostAsync("/api/v1/alerts", alert, key: "one");
        Assert.Equal((answer.Status, answer.Text), (again.Status, again.Text));
        var other = await program.PostAsync("/api/v1/alerts", new { @case = file.Code.Text, text = "Something else" }, key: "one");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "urn:alertbot:problem:key"), (other.Status, other["type"]));
        await bot.SettleAsync();
        Assert.Single(advocate.Messages, message => message.Text.Contains("room 5", StringComparison.Ordinal));
        // It stands in the audit log as an act of the token, of the person who made it.
        var (entry, made) = await bot.ActAsync(async session => (
            (await session.Audit.OfAsync(file.Id.Value)).First(one => one.Act.Code == "alert.send"),
            Assert.Single(await session.ApiTokens.AllAsync(null))));
        Assert.Equal((made.Maker.Value, made.Id.Value), (entry.PersonId, entry.Token));
        Assert.Null(await bot.ActAsync(async session =>
        {
            await session.Audit.LinkAsync();
            return await session.Audit.CheckAsync([]);
        }));
        Assert.Contains("A script of ours", (await browser.GetAsync("/console/tokens")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token, (await browser.GetAsync("/console/tokens")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token, bot.Log.Text, StringComparison.Ordinal);
        // Two days later the key is forgotten, and the request is a new one.
        bot.Clock.Advance(Duration.FromDays(3));
        Assert.NotEqual(answer["id"], (await program.PostAsync("/api/v1/alerts", alert, key: "one"))["id"]);
    }

    [PostgresFact]
    public async Task What_is_refused_says_what_to_do()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        using var browser = await desk.SignInAsync(await bot.AddAsync(Role.Coordinator));
        var file = await bot.OpenCaseAsync();
        using var program = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Alerts));
        using var nobody = new ApiProgram(desk.Url, null);
        using var stranger = new ApiProgram(desk.Url, ApiSecret.New().Reveal());
        const string path = "/api/v1/alerts";
        var good = new { @case = file.Code.Text, text = "Words" };

        foreach (var (reply, status, says) in new[]
        {
            (await nobody.PostAsync(path, good), HttpStatusCode.Unauthorized, "Authorization: Bearer"),
            (await stranger.PostAsync(path, good), HttpStatusCode.Unauthorized, "under Tokens"),
            (await program.GetAsync("/api/v1/cases"), HttpStatusCode.Forbidden, "'dates'"),
            (await program.PostTextAsync(path, "{ \"case\": "), HttpStatusCode.BadRequest, "Line 1"),
            (await program.PostTextAsync(path, "[1]"), HttpStatusCode.BadRequest, "one JSON object"),
            (await program.PostTextAsync(path, "case=K-7F3Q", type: "text/plain"), HttpStatusCode.UnsupportedMediaType, "Content-Type"),
            (await program.PostTextAsync(path, new string(' ', 70_000)), HttpStatusCode.RequestEntityTooLarge, "64 kB"),
            (await program.PostAsync(path, new { @case = file.Code.Text }), HttpStatusCode.UnprocessableEntity, "'text': is missing"),
            (await program.PostAsync(path, new { @case = file.Code.Text, text = "a", sevrity = "x" }), HttpStatusCode.UnprocessableEntity,
                "'severity'"),
            (await program.PostAsync(path, new { @case = file.Code.Text, text = "a", severity = "loud" }), HttpStatusCode.UnprocessableEntity,
                "info, notice, urgent or critical"),
            (await program.PostAsync(path, new { @case = 7, text = "a" }), HttpStatusCode.UnprocessableEntity, "'case'"),
            (await program.PostAsync(path, new { @case = file.Code.Text, text = "\u2800 \u200b" }), HttpStatusCode.UnprocessableEntity, "'text'"),
            (await program.PostAsync(path, new { @case = "K-2222", text = "a" }), HttpStatusCode.NotFound, "GET /api/v1/cases"),
            (await program.PostAsync(path, good, key: "two words"), HttpStatusCode.UnprocessableEntity, "Idempotency-Key"),
        })
        {
            Assert.Equal((status, "application/problem+json"), (reply.Status, reply.Type));
            Assert.Contains(says, reply["detail"], StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", reply.Text, StringComparison.Ordinal);
            Assert.Contains("no-store", reply.Headers, StringComparison.Ordinal);
            Assert.DoesNotContain("Access-Control", reply.Headers, StringComparison.Ordinal);
        }

        Assert.Equal("urn:alertbot:problem:method", (await program.GetAsync(path))["type"]);
        Assert.Equal("urn:alertbot:problem:address", (await program.GetAsync("/api/v1/nothing"))["type"]);
        Assert.DoesNotContain(await bot.ActAsync(session => session.Alerts.NewestAsync(5)), alert => alert.Case is not null);
    }

    [PostgresFact]
    public async Task It_ends_with_its_maker_at_once_and_by_a_press()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var (owner, anna) = (await bot.AddAsync(Role.Owner), await bot.AddAsync(Role.Coordinator));
        using var browser = await desk.SignInAsync(anna);
        using var owners = await desk.SignInAsync(owner);
        await bot.OpenCaseAsync();
        using var first = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Dates));
        using var second = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Dates));
        using var third = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(owners, ApiScope.Dates));
        foreach (var one in new[] { first, second, third })
            Assert.Equal(HttpStatusCode.OK, (await one.GetAsync("/api/v1/cases")).Status);

        // A coordinator sees and ends theirs alone; an owner everybody's.
        var (mine, all) = (await browser.GetAsync("/console/tokens"), await owners.GetAsync("/console/tokens"));
        var tokens = await bot.ActAsync(session => session.ApiTokens.AllAsync(null));
        Assert.Equal((2, 3), (Count(mine), Count(all)));
        var (ofOwner, ofAnna) = (tokens[0], tokens[2]);
        await browser.PostAsync("/console/tokens/end", mine, ("token", ofOwner.Id.Value.ToString("N")));
        Assert.Equal(HttpStatusCode.OK, (await third.GetAsync("/api/v1/cases")).Status);
        await owners.PostAsync("/console/tokens/end", all, ("token", ofAnna.Id.Value.ToString("N")));
        Assert.Equal(HttpStatusCode.Unauthorized, (await first.GetAsync("/api/v1/cases")).Status);

        await bot.ActAsync(async session => await bot.Get<FreezePerson>().RunAsync(session.As(Actor.Operator), ofAnna.Maker));
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.GetAsync("/api/v1/cases")).Status);
        // Who is back makes new ones.
        await bot.ActAsync(async session => await bot.Get<FreezePerson>().EndAsync(session.As(Actor.Operator), ofAnna.Maker));
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.GetAsync("/api/v1/cases")).Status);

        bot.Clock.Advance(Duration.FromDays(31));
        Assert.Equal(HttpStatusCode.Unauthorized, (await third.GetAsync("/api/v1/cases")).Status);
    }

    [PostgresFact]
    public async Task Whoever_asks_too_much_waits()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        using var browser = await desk.SignInAsync(await bot.AddAsync(Role.Coordinator));
        using var program = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Dates));
        using var other = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Dates));

        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => program.GetAsync("/api/v1/cases")));

        var refused = replies.First(reply => reply.Status == HttpStatusCode.TooManyRequests);
        Assert.Contains("Retry-After:", refused.Headers, StringComparison.Ordinal);
        Assert.Equal("urn:alertbot:problem:rate", refused["type"]);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/api/v1/cases")).Status);
    }

    [PostgresFact]
    public async Task Where_there_is_no_other_owner_coordinators_hear_of_a_token()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var (owner, anna) = (await bot.AddAsync(Role.Owner), await bot.AddAsync(Role.Coordinator));
        using var browser = await desk.SignInAsync(owner);

        await ApiProgram.TokenAsync(browser, ApiScope.Alerts);

        await anna.WaitForTextAsync("made a token");
        await bot.SettleAsync();
        Assert.DoesNotContain(owner.Messages, message => message.Text.Contains("made a token", StringComparison.Ordinal));
    }

    private static int Count(Page page) => page.Text.Split("/console/tokens/end").Length - 1;
}
