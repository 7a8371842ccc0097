using System.Net;
using System.Text;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Importing;
using NodaTime;
using static AlertBot.IntegrationTests.Support.DeskImports;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>Lists, cases and calendars as a coordinator brings them in at the desk, in a browser without scripts.</summary>
public sealed class An_import_at_the_desk
{
    private static readonly Encoding Cyrillic = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;

    [PostgresFact]
    public async Task Each_line_is_seen_before_it_is_written_and_all_of_it_is_taken_back_but_what_was_used()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        var other = await bot.AddAsync(Role.Coordinator);
        var ruth = bot.Sandbox.AddPerson("Ruth", hasStarted: false);
        var file = await bot.OpenCaseAsync();
        using var browser = await desk.SignInAsync(anna);
        var list = Cyrillic.GetBytes(
            "Address;Channel;ROLE;Cases;телефон\r\n"
            + $"{ruth.Id};telegram;advocate;{file.Code};\r\n8100000002;telegram;owner;;\r\n8100000003;telegramm;advocate;;\r\n"
            + "8 701 234 56 78;signal;advocate;;\r\n8100000004;telegram;advocate;;Анна\r\n8100000004;telegram;advocate;;\r\n"
            + $"{anna.Id};telegram;advocate;;\r\n");

        var seen = await BringAsync(browser, "People", list, page => page.Text.Contains("waits for your word", StringComparison.Ordinal));
        Assert.Contains("Line 2: added, 1 new subscriptions, not confirmed yet", seen.Text, StringComparison.Ordinal);
        Assert.Contains("Line 3: only an owner may bring in a person as owner", seen.Text, StringComparison.Ordinal);
        Assert.Contains("Line 4: unknown channel &#x27;telegramm&#x27; (did you mean &#x27;telegram&#x27;?)", seen.Text, StringComparison.Ordinal);
        Assert.Contains("Line 5: the phone number lacks the code of the country", seen.Text, StringComparison.Ordinal);
        Assert.Contains("Line 7: the same as in line 6", seen.Text, StringComparison.Ordinal);
        Assert.Contains("Line 8: was there", seen.Text, StringComparison.Ordinal);
        Assert.Contains("Columns that are not read: &#x442;", seen.Text, StringComparison.Ordinal);
        Assert.Equal(2, await PeopleAsync(bot, Role.Reporter));

        var done = await PressAsync(browser, seen, "run", "Take it all back");
        Assert.Contains("Refused</dt>", done.Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(4, await PeopleAsync(bot, Role.Advocate));
        await other.WaitForTextAsync("brings in a file at the desk: people and groups, new: 2");

        // Who never pressed Start gets an invitation by hand, shown once.
        var invited = await browser.PostAsync(done.Path, done, ("_handler", "invitations"), ("MakeInvitations", "true"));
        var code = invited.Text.Split("Line 2: /start ")[1].Split('<')[0].Trim();
        Assert.DoesNotContain(code, (await browser.GetAsync(done.Path)).Text, StringComparison.Ordinal);
        ruth.SendText("/start " + code);
        await ruth.WaitForTextAsync("advocate");
        await bot.SettleAsync();

        var undone = await PressAsync(browser, await browser.GetAsync(done.Path), "undo", ">taken back</span>");
        Assert.Contains("Line 2: the person has written to the bot since", undone.Text, StringComparison.Ordinal);
        Assert.Equal(3, await PeopleAsync(bot, Role.Advocate));
        Assert.Equal(
            ["import.bring", "import.run", "import.undo"],
            (await bot.ActAsync(session => session.Audit.OfAsync(IdOf(done).Value))).Select(entry => entry.Act.Code));
        Assert.DoesNotContain("8100000004", string.Concat(bot.Log.Lines), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Cases_come_with_their_facts_and_go_again_unless_somebody_worked_on_them()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        using var browser = await desk.SignInAsync(anna);
        var list = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(
            "names\tdetention_start\tnote\r\n\"<b>Aigul</b>; =1+1\"\t2026-03-01 10:00\t\"two\r\nlines\"\r\nBolat\t2026-03-01\t\r\nAidos\tsoon\t\r\n"))
            .ToArray();

        var seen = await BringAsync(browser, "Cases", list, IsReady, ("zone", "Asia/Almaty"), ("laws", "KZ"));
        Assert.Contains("Line 2: new case, facts: 1", seen.Text, StringComparison.Ordinal);
        Assert.Contains("Line 5: &#x27;soon&#x27; in the column detention_start is no date", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Aigul", seen.Text, StringComparison.Ordinal);
        Assert.Empty(await bot.ActAsync(session => session.Cases.AllAsync()));

        var done = await PressAsync(browser, seen, "run", "Take it all back");
        var cases = await bot.ActAsync(async session => await session.Cases.LoadAsync(await session.Cases.AllAsync()));
        Assert.Equal(2, cases.Count);
        Assert.All(cases, one => Assert.Contains(one.Code.Text, done.Text, StringComparison.Ordinal));

        // The same file again: said, and nothing of it is new.
        var again = await BringAsync(browser, "Cases", list, IsReady, ("zone", "Asia/Almaty"), ("laws", "KZ"));
        Assert.Contains("The same file was brought in on", again.Text, StringComparison.Ordinal);
        Assert.Contains($"there is a case of the same names already: {cases[0].Code}", again.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/run\"", again.Text, StringComparison.Ordinal);

        // Without them dates pass unseen, so a colleague's phone in other hands takes them away from nobody.
        using var colleague = await desk.SignInAsync(await bot.AddAsync(Role.Coordinator));
        var theirs = await colleague.GetAsync(done.Path);
        Assert.Contains("Whoever let it be written takes it back", theirs.Text, StringComparison.Ordinal);
        Assert.Contains("not yours to do", (await colleague.PostAsync(done.Path + "/undo", theirs)).Text, StringComparison.Ordinal);

        await RunningBot.SayAsync(anna, $"/event {cases[0].Code} still_held 2026-03-02");
        await bot.SettleAsync();
        var undone = await PressAsync(browser, await browser.GetAsync(done.Path), "undo", ">taken back</span>");
        Assert.Contains("Line 2: somebody changed it since", undone.Text, StringComparison.Ordinal);
        Assert.Equal([cases[0].Id], await bot.ActAsync(session => session.Cases.AllAsync()));
    }

    [PostgresFact]
    public async Task Hearings_of_a_calendar_stand_beside_each_other_and_are_withdrawn_together()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync();
        using var browser = await desk.SignInAsync(anna);
        var calendar = Encoding.UTF8.GetBytes(
            $"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:{file.Code} first\r\nDTSTART;TZID=Asia/Almaty:20260310T100000\r\n"
            + $"END:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nSUMMARY:{file.Code} trial\r\nDTSTART;TZID=Asia/Almaty:20260317T100000\r\n"
            + "RRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT\r\n"
            + "BEGIN:VEVENT\r\nSUMMARY:whose?\r\nDTSTART;VALUE=DATE:20260320\r\nEND:VEVENT\r\n"
            + $"BEGIN:VEVENT\r\nSUMMARY:{file.Code}\r\nSTATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20260320\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");

        var seen = await BringAsync(browser, "Hearings", calendar, IsReady);
        Assert.Contains($"Line 2: {file.Code}: hearing on", seen.Text, StringComparison.Ordinal);
        Assert.Contains("and further ones of the series: 2", seen.Text, StringComparison.Ordinal);
        Assert.Contains("it names no case", seen.Text, StringComparison.Ordinal);
        Assert.Contains("cancelled, so there is nothing to add", seen.Text, StringComparison.Ordinal);

        var done = await PressAsync(browser, seen, "run", "Take it all back");
        // No hearing of the file pushes aside another one.
        Assert.Equal(4, await bot.ActAsync(async session => (await session.Deadlines.OpenUntilAsync([file.Id], session.Now + Duration.FromDays(60)))
            .Count(date => date.Deadline.Deadline.Kind == Domain.Deadlines.DeadlineKind.HearingExpected)));
        Assert.Contains("is on file already", (await BringAsync(browser, "Hearings", calendar, IsReady)).Text, StringComparison.Ordinal);

        await PressAsync(browser, await browser.GetAsync(done.Path), "undo", ">taken back</span>");
        var events = (await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Events;
        Assert.Equal(4, events.Count);
        Assert.All(events, one => Assert.True(one.IsWithdrawn));
    }

    [PostgresFact]
    public async Task What_cannot_be_read_says_what_to_do_and_nobody_else_gets_at_it()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        using var browser = await desk.SignInAsync(anna);
        var shown = await browser.GetAsync(BringPlace);

        foreach (var (kind, file, words) in new (string, byte[], string)[]
        {
            ("People", [0x50, 0x4B, 3, 4, 1, 2], "Save it as CSV there"), ("People", "  \n\n"u8.ToArray(), "There is nothing in this file"),
            ("People", "role,name\nadvocate,x"u8.ToArray(), "Missing: channel, address"),
            ("Cases", "a,b\nc,d"u8.ToArray(), "Missing: names"), ("Hearings", "names\nA"u8.ToArray(), "This is no calendar"),
            ("People", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("advocate,telegram,1\n", ReadImport.MostLines + 1))), "more than"),
        })
        {
            var page = await BringAsync(browser, kind, file, read => read.Text.Contains("could not be done", StringComparison.Ordinal));
            Assert.Contains(words, page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("/run\"", page.Text, StringComparison.Ordinal);
        }

        var large = await browser.PostFileAsync(BringPlace + "/bring", shown, new byte[ReadImport.MostBytes + 1], ("kind", "People"));
        Assert.Contains("The file is too large", large.Text, StringComparison.Ordinal);
        var none = await browser.PostFileAsync(BringPlace + "/bring", shown, [], ("kind", "People"));
        Assert.Contains("Choose a file first", none.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"{BringPlace}/{Guid.NewGuid():N}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(BringPlace + "/x")).Status);
        using var stranger = new DeskBrowser(desk.Url);
        Assert.DoesNotContain("multipart", (await stranger.GetAsync(BringPlace)).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task What_was_left_in_the_middle_goes_on_and_its_words_go_after_a_day()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        using var browser = await desk.SignInAsync(anna);
        var list = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 60).Select(number => $"advocate,telegram,82000{number:00000}\n")));
        var seen = await BringAsync(browser, "People", list, IsReady);
        var id = IdOf(seen);

        // As a program leaves it that died after the first lines: written without a wakeup.
        await bot.ActAsync(async session => await session.Imports.GoOnAsync(
            id, ImportState.Ready, ImportState.Running, (await session.Imports.FindAsync(id))!.MadeBy));
        var done = await browser.UntilAsync(seen.Path, page => page.Text.Contains("Take it all back", StringComparison.Ordinal));
        Assert.Equal(61, await PeopleAsync(bot, Role.Advocate));

        bot.Clock.Advance(StartImport.Kept + Duration.FromMinutes(1));
        bot.Get<Wakeups>().Raise(Wakeups.Imports);
        using var later = await desk.SignInAsync(await bot.AddAsync(Role.Owner));
        var wiped = await later.UntilAsync(done.Path, page => page.Text.Contains("The words of it are deleted", StringComparison.Ordinal));
        Assert.Null(await bot.ActAsync(session => session.Imports.FileAsync(id)));
        Assert.All(await bot.ActAsync(session => session.Imports.LinesAsync(id, ImportOutcome.Adds, 0, 100)), line => Assert.Null(line.Said));
        await PressAsync(later, wiped, "undo", ">taken back</span>");
        Assert.Equal(2, await PeopleAsync(bot, Role.Advocate));
    }

    [PostgresFact]
    public async Task A_suspended_coordinator_brings_in_nothing_more()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        using var browser = await desk.SignInAsync(anna);
        var seen = await BringAsync(browser, "People", "advocate,telegram,8300000001\n"u8.ToArray(), IsReady);
        var id = IdOf(seen);
        await bot.ActAsync(async session =>
        {
            var by = (await session.Imports.FindAsync(id))!.MadeBy;
            await session.Imports.GoOnAsync(id, ImportState.Ready, ImportState.Running, by);
            return await session.People.FreezeAsync(by, null);
        });

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        // Taken before looking, so that no wakeup is missed.
        for (var news = bot.Get<Wakeups>().Next(Wakeups.Imports);
            (await bot.ActAsync(session => session.Imports.FindAsync(id)))!.State == ImportState.Running;
            news = bot.Get<Wakeups>().Next(Wakeups.Imports))
        {
            await news.WaitAsync(patience.Token);
        }

        Assert.Equal(ImportState.Failed, (await bot.ActAsync(session => session.Imports.FindAsync(id)))!.State);
        // Nobody but herself.
        Assert.Equal(1, await PeopleAsync(bot, Role.Advocate));
    }

    private static async Task<int> PeopleAsync(RunningBot bot, Role least) =>
        (await bot.ActAsync(session => session.People.WithRoleAsync(least))).Count;
}
