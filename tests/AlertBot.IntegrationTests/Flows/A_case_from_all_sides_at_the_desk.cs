using System.Net;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using Npgsql;
using static AlertBot.IntegrationTests.Support.DeskCases;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>A case with all that stands around it: who it is, who is behind it, who tells what, and what a lawyer takes from it.</summary>
public sealed class A_case_from_all_sides_at_the_desk
{
    [PostgresFact]
    public async Task Accounts_that_contradict_each_other_stand_side_by_side_and_another_one_is_followed_after_a_look()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        using var browser = await desk.SignInAsync(anna);
        var file = await OpenAsync(bot, anna, "A. B.");
        var path = $"/console/cases/{file.Code.Text}";
        await SaveAsync(browser, path + "/fact", Detained("10:00"));
        var first = Assert.Single((await FindAsync(bot, file)).Events);
        await SaveAsync(browser, path + "/fact", [.. Detained("08:00"), ("Fact.Same", first.Id.Value.ToString("N"))]);

        // Until somebody prefers it, it moves nothing.
        Assert.Contains("contradict each other", (await browser.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Equal(10, await EndsAtAsync(bot, file));
        var second = (await FindAsync(bot, file)).Events.Single(one => !one.Preferred);
        Assert.Equal(first.Id, second.SameFactAs);

        var prefer = $"{path}/prefer/{second.Id.Value:N}";
        var preview = await browser.GetAsync(prefer);
        Assert.Contains("4 March 2026, 08:00", preview.Text, StringComparison.Ordinal);
        Assert.False((await FindAsync(bot, file)).Events.Single(one => one.Id == second.Id).Preferred);
        await browser.PostAsync(prefer, preview, ("_handler", "prefer"), ("Seen", "something else"));
        Assert.False((await FindAsync(bot, file)).Events.Single(one => one.Id == second.Id).Preferred);
        await browser.PostAsync(prefer, preview, ("_handler", "prefer"), ("Seen", preview.Hidden("Seen")!));
        Assert.Equal(second.Id, (await FindAsync(bot, file)).Events.Single(one => one.Preferred).Id);
        Assert.Equal(8, await EndsAtAsync(bot, file));
    }

    [PostgresFact]
    public async Task A_case_is_opened_without_a_report_and_its_spellings_are_kept()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        using var browser = await desk.SignInAsync(anna);
        Assert.Contains("/console/cases/new", (await browser.GetAsync("/console/cases")).Text, StringComparison.Ordinal);
        const string New = "/console/cases/new";
        var form = await browser.GetAsync(New);
        (string, string)[] Told(string names, params (string, string)[] more) =>
            [("_handler", "open"), ("Told.Names", names), ("Told.Place", "KZ"), ("Told.Laws", "ECHR"), ("Told.Laws", "COE"), .. more];

        foreach (var (wrong, words) in new[]
        {
            (Told("12345"), "no letters"), (Told(new string('a', 201)), "200"), (Told("A B", ("Told.Zone", "nowhere at all")), "time zone"),
        })
            Assert.Contains(words, (await browser.PostAsync(New, form, wrong)).Text, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await bot.ActAsync(session => session.Cases.AllAsync()));

        var opened = await browser.PostAsync(New, form, Told("Nurbek Tleumuratov\nNurbek T.", ("Told.Follow", "true")));
        var file = (await bot.ActAsync(async session => await session.Cases.LoadAsync(await session.Cases.AllAsync())))[0];
        Assert.Equal($"/console/cases/{file.Code.Text}", opened.Path);
        Assert.Equal("Asia/Almaty", file.Zone.Id);
        Assert.Equal("KZ", file.Jurisdictions[0]);
        Assert.Subset(file.Jurisdictions.ToHashSet(), new HashSet<string> { "ECHR", "COE", "CIS" });
        Assert.Contains("coordinator", opened.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("NOBODY", opened.Text, StringComparison.Ordinal);

        // Of the same person there is one case, unless somebody says that it is another.
        var alike = await browser.PostAsync(New, form, Told("Нурбек Тлеумуратов"));
        Assert.Contains(file.Code.Text, alike.Text, StringComparison.Ordinal);
        Assert.Single(await bot.ActAsync(session => session.Cases.AllAsync()));
        await browser.PostAsync(New, alike, Told("Нурбек Тлеумуратов", ("Told.Seen", alike.Hidden("Told.Seen")!)));
        Assert.Equal(2, (await bot.ActAsync(session => session.Cases.AllAsync())).Count);

        var path = $"/console/cases/{file.Code.Text}";
        Assert.Contains("at most 200", (await browser.PostAsync(path + "/spellings/add", opened, ("names", new string('a', 201)))).Text,
            StringComparison.Ordinal);
        await browser.PostAsync(path + "/spellings/add", opened, ("names", "Bekzat Imangaliev"));
        Assert.Contains(file.Code.Text, (await browser.PostAsync(
            "/console/cases", await browser.GetAsync("/console/cases"), ("_handler", "find"), ("Wanted", "Бекзат Имангалиев"))).Text,
            StringComparison.Ordinal);
        foreach (var (id, _) in await bot.ActAsync(session => session.Cases.SpellingsAsync(file.Id)))
            await browser.PostAsync(path + "/spellings/remove", opened, ("spelling", id.Value.ToString("N")));
        // The last one stays.
        Assert.Equal("Bekzat Imangaliev", Assert.Single(await bot.ActAsync(session => session.Cases.NamesAsync(file.Id))).Reveal());
    }

    [PostgresFact]
    public async Task One_row_that_does_not_open_takes_nothing_else_with_it()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        var group = bot.Sandbox.AddGroup("Friends", [anna]);
        using var browser = await desk.SignInAsync(anna);
        var file = await OpenAsync(bot, anna, "Nurbek Tleumuratov");
        await RunningBot.SayAsync(anna, group, "/link " + file.Code);
        var path = $"/console/cases/{file.Code.Text}";
        await SaveAsync(browser, path + "/fact", [.. Detained("10:00"), ("Fact.Source", "his sister")]);
        await bot.SettleAsync();
        await using (var connection = new NpgsqlConnection(bot.ConnectionString))
        {
            await connection.OpenAsync();
            await using var damage = new NpgsqlCommand(
                """
                update address set title = set_byte(title, 20, get_byte(title, 20) # 255) where title is not null;
                update alert set facts = set_byte(facts, 20, get_byte(facts, 20) # 255);
                update case_name set name = set_byte(name, 20, get_byte(name, 20) # 255);
                update case_event set detail = set_byte(detail, 20, get_byte(detail, 20) # 255) where detail is not null
                """,
                connection);
            await damage.ExecuteNonQueryAsync();
        }

        foreach (var page in new[] { path, path + "/lawyer", "/console/people", "/console", "/console/drills" })
        {
            var shown = await browser.GetAsync(page);
            Assert.Equal(HttpStatusCode.OK, shown.Status);
            Assert.DoesNotContain("Tleumuratov", shown.Text, StringComparison.Ordinal);
        }

        var damaged = await browser.GetAsync(path);
        Assert.Contains("cannot be read", damaged.Text, StringComparison.Ordinal);
        Assert.Contains("4 March 2026, 10:00", damaged.Text, StringComparison.Ordinal);
        var said = bot.Log.Lines.Where(line => line.Contains("cannot be read", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(said);
        Assert.Equal(said.Distinct(), said);
        Assert.DoesNotContain(said, line => line.Contains("Friends", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task What_a_case_lacks_and_when_nobody_of_it_is_awake_is_seen()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        var dana = await bot.AddAsync(Role.Advocate, "Dana");
        using var browser = await desk.SignInAsync(anna);
        var file = await OpenAsync(bot, anna, "A. B.");
        await bot.FollowAsync(dana, file);
        await RunningBot.SayAsync(dana, "/quiet 22-7");
        var path = $"/console/cases/{file.Code.Text}";

        var shown = await browser.GetAsync(path);
        foreach (var gap in new[] { "No lawyer", "No coordinator follows it", "Nobody speaks with the family", "nobody is on call" })
            Assert.Contains(gap, shown.Text, StringComparison.Ordinal);
        Assert.Contains("nobody of it is awake", shown.Text, StringComparison.Ordinal);

        var address = await bot.ActAsync(async session => (await session.Addresses.FindAsync(dana.Address))!.Id);
        await browser.PostAsync(path + "/follow-as", shown, ("follower", address.Value.ToString("N")), ("part", "lawyer"));
        Assert.DoesNotContain("No lawyer", (await browser.GetAsync(path)).Text, StringComparison.Ordinal);

        // Whoever has duty and keeps no quiet hours is awake.
        await browser.PostAsync("/console/people/rota", shown);
        var covered = (await browser.GetAsync(path)).Text;
        Assert.DoesNotContain("nobody of it is awake", covered, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody is on call", covered, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Each_sentence_of_a_draft_names_the_confirmed_fact_that_it_rests_on()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        using var browser = await desk.SignInAsync(anna);
        using var colleague = await desk.SignInAsync(await bot.AddAsync(Role.Coordinator));
        var file = await OpenAsync(bot, anna, "Nurbek Tleumuratov");
        var path = $"/console/cases/{file.Code.Text}";
        await SaveAsync(browser, path + "/fact", [.. Detained("10:00"), ("Fact.Place", "Aktau")]);

        // One person told it: it is in no draft yet.
        Assert.DoesNotContain("Place: Aktau", (await browser.GetAsync(path + "/lawyer")).Text, StringComparison.Ordinal);
        var detained = Assert.Single((await FindAsync(bot, file)).Events);
        await colleague.PostAsync(path + "/confirm", await colleague.GetAsync(path), ("event", detained.Id.Value.ToString("N")));

        foreach (var (body, title, blank) in new[]
        {
            ("hrc", "Human Rights Committee (rule 94)", "The decision or request by which the removal is threatened: [____________]"),
            ("rule39", "European Court of Human Rights (rule 39)", "Day and hour at which the removal is expected: [____________]"),
            ("wgad", "Working Group on Arbitrary Detention", "Was a warrant or another decision shown? [____________]"),
        })
        {
            var draft = WebUtility.HtmlDecode((await browser.GetAsync($"{path}/lawyer?draft={body}")).Text);
            Assert.Contains(title, draft, StringComparison.Ordinal);
            Assert.Contains(blank, draft, StringComparison.Ordinal);
            Assert.Matches(@"Place: Aktau\.\s*<a href=""[^""]*#fact-1"">\(№ 1\)</a>", draft);
        }
    }

    // The hour at which the 72 hours are over.
    private static async Task<int> EndsAtAsync(RunningBot bot, CaseFile file) =>
        (await bot.ActAsync(session => session.Deadlines.OfAsync([file.Id])))[file.Id].First(
            one => one.Deadline.RuleId.Contains("72", StringComparison.Ordinal)).Deadline.Limit.Earliest.Instant.InZone(file.Zone).Hour;
}
