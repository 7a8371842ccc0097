using System.Net;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using NodaTime;
using static AlertBot.IntegrationTests.Support.DeskCases;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>Cases as coordinators keep them at the desk, in a browser without scripts.</summary>
public sealed class A_case_at_the_desk
{
    [PostgresFact]
    public async Task A_fact_is_put_on_file_and_put_right_and_the_dates_that_move_are_seen_before()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        var second = await bot.AddAsync(Role.Coordinator);
        using var browser = await desk.SignInAsync(anna);
        var file = await OpenAsync(bot, anna, "Nurbek Tleumuratov");
        var path = $"/console/cases/{file.Code.Text}";

        // Found by another spelling. The name stands neither in the address nor in the list.
        var list = await browser.GetAsync("/console/cases");
        Assert.Contains(file.Code.Text, list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Tleumuratov", list.Text, StringComparison.Ordinal);
        var found = await browser.PostAsync("/console/cases", list, ("_handler", "find"), ("Wanted", "Нурбек Тлеумуратов"));
        Assert.Contains(file.Code.Text, found.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(file.Code.Text, (await browser.PostAsync(
            "/console/cases", list, ("_handler", "find"), ("Wanted", "Vladimir Petrov"))).Text, StringComparison.Ordinal);

        var shown = await browser.GetAsync(path);
        Assert.Contains("Tleumuratov", shown.Text, StringComparison.Ordinal);
        var form = await browser.GetAsync(path + "/fact");
        var fact = new (string, string)[]
        {
            ("_handler", "fact"), ("Fact.Kind", "detention_start"), ("Fact.Day", "2026-03-01"), ("Fact.Time", "10:00"), ("Fact.Precision", "exact"),
            ("Fact.Source", "his sister"),
        };
        var preview = await browser.PostAsync(path + "/fact", form, fact);
        Assert.Contains("4 March 2026, 10:00", preview.Text, StringComparison.Ordinal);
        Assert.Empty((await FindAsync(bot, file)).Events);

        var saved = await browser.PostAsync(path + "/fact", preview, [.. fact, ("Fact.Save", "true"), ("Fact.Seen", preview.Hidden("Fact.Seen")!)]);
        Assert.Equal(path, saved.Path);
        Assert.Contains("Saved.", saved.Text, StringComparison.Ordinal);
        var detained = Assert.Single((await FindAsync(bot, file)).Events);
        Assert.Contains("his sister", saved.Text, StringComparison.Ordinal);

        // An hour later: the 72 hours end an hour later too, which is seen before it is saved.
        var right = $"{path}/fact/{detained.Id.Value:N}";
        fact[3] = ("Fact.Time", "11:00");
        var moved = await browser.PostAsync(right, await browser.GetAsync(right), fact);
        Assert.Contains("4 March 2026, 11:00", moved.Text, StringComparison.Ordinal);
        Assert.Equal(new LocalTime(10, 0), (await FindAsync(bot, file)).Events[0].When!.Time);
        await browser.PostAsync(right, moved, [.. fact, ("Fact.Save", "true"), ("Fact.Seen", moved.Hidden("Fact.Seen")!)]);
        Assert.Equal(new LocalTime(11, 0), (await FindAsync(bot, file)).Events[0].When!.Time);

        // Whoever told it does not confirm it.
        var own = await browser.PostAsync(path + "/confirm", saved, ("event", detained.Id.Value.ToString("N")));
        Assert.Contains("takes a second person", own.Text, StringComparison.Ordinal);
        using var colleague = await desk.SignInAsync(second);
        var other = await colleague.PostAsync(
            path + "/confirm", await colleague.GetAsync(path), ("event", detained.Id.Value.ToString("N")));
        Assert.Contains("The date is confirmed", other.Text, StringComparison.Ordinal);

        Assert.Contains("Tleumuratov", (await browser.GetAsync(path + "/export.json")).Text, StringComparison.Ordinal);
        Assert.Contains("2026-03-04T11:00", (await browser.GetAsync(path + "/export.csv")).Text, StringComparison.Ordinal);
        Assert.Contains("BEGIN:VEVENT", (await browser.GetAsync(path + "/export.ics")).Text, StringComparison.Ordinal);
        var paper = await browser.GetAsync(path + "/lawyer");
        Assert.Contains("his sister", paper.Text, StringComparison.Ordinal);
        Assert.Contains("[____________]", paper.Text, StringComparison.Ordinal);
        var acts = await bot.ActAsync(session => session.Audit.OfAsync(file.Id.Value));
        Assert.Equal(3, acts.Count(entry => entry.Act.Code == "case.export"));
        // However often a page renewed itself, it is one look of each person.
        Assert.Equal(2, acts.Count(entry => entry.Act == AuditAct.CaseRead && entry.Detail is null));
    }

    [PostgresFact]
    public async Task What_cannot_be_is_refused_in_words_and_nothing_is_written()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        using var browser = await desk.SignInAsync(anna);
        var file = await OpenAsync(bot, anna, "A. B.");
        var path = $"/console/cases/{file.Code.Text}/fact";
        var form = await browser.GetAsync(path);

        foreach (var (field, value, words) in new[]
        {
            ("Fact.Day", "2030-01-01", "cannot lie ahead"), ("Fact.Day", "yesterday", "cannot be read"),
            ("Fact.Kind", "nonsense", "Choose what happened"),
        })
        {
            var fields = new Dictionary<string, string>
            {
                ["_handler"] = "fact",
                ["Fact.Kind"] = "release",
                ["Fact.Day"] = "2026-03-01",
                [field] = value,
            };
            var answer = await browser.PostAsync(
                path, form, [.. fields.Select(pair => (pair.Key, pair.Value)), ("Fact.Save", "true")]);
            Assert.Contains(words, answer.Text, StringComparison.Ordinal);
        }

        Assert.Empty((await FindAsync(bot, file)).Events);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/console/cases/K-2222")).Status);
        // Another site's form has no token of ours.
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(path, token: null)).Status);
    }

    [PostgresFact]
    public async Task What_changed_since_it_was_seen_is_shown_again_before_it_is_saved()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        using var browser = await desk.SignInAsync(anna);
        using var colleague = await desk.SignInAsync(await bot.AddAsync(Role.Coordinator));
        var file = await OpenAsync(bot, anna, "A. B.");
        var path = $"/console/cases/{file.Code.Text}/fact";
        await SaveAsync(browser, path, Detained("10:00"));
        var detained = Assert.Single((await FindAsync(bot, file)).Events);
        var right = $"{path}/{detained.Id.Value:N}";

        var seen = await browser.PostAsync(right, await browser.GetAsync(right), Detained("11:00"));
        await SaveAsync(colleague, right, Detained("12:00"));
        var again = await browser.PostAsync(
            right, seen, [.. Detained("11:00"), ("Fact.Save", "true"), ("Fact.Seen", seen.Hidden("Fact.Seen")!)]);
        Assert.Contains("changed since you looked", again.Text, StringComparison.Ordinal);
        Assert.Contains("4 March 2026, 12:00", again.Text, StringComparison.Ordinal);
        Assert.Equal(new LocalTime(12, 0), (await FindAsync(bot, file)).Events[0].When!.Time);

        // What was typed after the look is another fact than the one seen.
        var other = await browser.PostAsync(
            right, again, [.. Detained("13:00"), ("Fact.Save", "true"), ("Fact.Seen", again.Hidden("Fact.Seen")!)]);
        Assert.Contains("changed since you looked", other.Text, StringComparison.Ordinal);
        await browser.PostAsync(right, other, [.. Detained("13:00"), ("Fact.Save", "true"), ("Fact.Seen", other.Hidden("Fact.Seen")!)]);
        Assert.Equal(new LocalTime(13, 0), (await FindAsync(bot, file)).Events[0].When!.Time);
    }

    [PostgresFact]
    public async Task What_is_too_long_for_the_chat_is_too_long_here_and_that_is_said()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        using var browser = await desk.SignInAsync(anna);
        var file = await OpenAsync(bot, anna, "A. B.");
        var path = $"/console/cases/{file.Code.Text}/fact";
        var form = await browser.GetAsync(path);

        foreach (var (field, limit) in new[]
        {
            ("Fact.Place", 200), ("Fact.Source", 200), ("Fact.Authority", 200), ("Fact.Note", 1500), ("Fact.Body", 40),
        })
        {
            (string, string)[] Told(int length) => [.. Detained("10:00"), (field, new string('a', length))];
            var refused = await browser.PostAsync(path, form, Told(limit + 1));
            Assert.Contains("too long", refused.Text, StringComparison.OrdinalIgnoreCase);
            Assert.Null(refused.Hidden("Fact.Seen"));
            Assert.NotNull((await browser.PostAsync(path, form, Told(limit))).Hidden("Fact.Seen"));
        }

        // A search too long to be a name finds nothing, and lists nothing.
        var found = await browser.PostAsync("/console/cases", form, ("_handler", "find"), ("Wanted", new string('a', 500)));
        Assert.DoesNotContain("data-live", found.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(file.Code.Text, found.Text, StringComparison.Ordinal);
    }
}
