using System.Text;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Postgres.Stores;
using AlertBot.Workflows.Importing;
using NodaTime;
using static AlertBot.IntegrationTests.Support.DeskImports;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>People and groups who came by a list: who hears of them, who may take them away again, and who hears of that.</summary>
public sealed class A_list_is_taken_back
{
    [PostgresFact]
    public async Task Colleagues_read_who_came_by_a_list()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var (anna, owner) = (await bot.AddAsync(Role.Coordinator, "Anna"), await bot.AddAsync(Role.Owner, "Owner"));
        var file = await bot.OpenCaseAsync();
        using var browser = await desk.SignInAsync(anna);

        await RunAsync(
            browser,
            $"advocate,telegram,8400000001,,{file.Code}\nadvocate,telegram,8400000002\ngroup,telegram,-8400000003,,{file.Code}\n");

        var told = await owner.WaitForTextAsync("people with a role came: 2");
        Assert.Contains("Groups that hear of cases now: 1", told.Text, StringComparison.Ordinal);
        Assert.Contains("They hear of: " + file.Code, told.Text, StringComparison.Ordinal);
        foreach (var person in (await PeopleAsync(bot, Role.Advocate)).Where(person => person.Role == Role.Advocate))
            Assert.Contains(PersonSign.Of(person.Id), told.Text, StringComparison.Ordinal);
        Assert.Contains(told.AllButtons, button => button.Text == "Look at this person");
    }

    [PostgresFact]
    public async Task After_a_day_only_an_owner_takes_it_back_and_whoever_stops_following_is_told()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var (anna, owner) = (await bot.AddAsync(Role.Coordinator, "Anna"), await bot.AddAsync(Role.Owner, "Owner"));
        var (quiet, busy) = (await bot.AddAsync(Role.Advocate, "Quiet"), await bot.AddAsync(Role.Advocate, "Busy"));
        var group = bot.Sandbox.AddGroup("Friends", [anna]);
        group.AddBot(anna);
        var (file, other) = (await bot.OpenCaseAsync(), await bot.OpenCaseAsync("Another Person"));
        await RunningBot.SayAsync(anna, group, "/link " + other.Code);
        await bot.SettleAsync();
        bot.Clock.Advance(Duration.FromMinutes(1));
        using var browser = await desk.SignInAsync(anna);
        var done = await RunAsync(browser, string.Concat(
            new[] { quiet.Address.Value, busy.Address.Value }.Select(address => $"advocate,telegram,{address},,{file.Code}\n"))
            + $"group,telegram,{group.Address.Value},,{file.Code}\n");
        Assert.Equal(3, await FollowersAsync(bot, file));
        bot.Clock.Advance(Duration.FromHours(1));
        // They work with it since.
        await RunningBot.SayAsync(busy, $"/case {file.Code}");

        bot.Clock.Advance(Duration.FromHours(24));
        using var later = await desk.SignInAsync(anna);
        var late = await later.GetAsync(done.Path);
        Assert.Contains("After a day only an owner", late.Text, StringComparison.Ordinal);
        await later.PostAsync(done.Path + "/undo", late);
        Assert.Equal(ImportState.Done, (await bot.ActAsync(session => session.Imports.FindAsync(IdOf(done))))!.State);

        using var owners = await desk.SignInAsync(owner);
        await PressAsync(owners, await owners.GetAsync(done.Path), "undo", ">taken back</span>");

        Assert.Equal(1, await FollowersAsync(bot, file));
        await quiet.WaitForTextAsync($"Alerts about {file.Code} come here no more");
        await group.WaitForMessageAsync(message => message.Text.Contains("come here no more", StringComparison.Ordinal));
        await anna.WaitForTextAsync("People and groups that stop following: 2, of: " + file.Code);
        Assert.DoesNotContain(busy.Messages, message => message.Text.Contains("come here no more", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Whom_a_phone_in_other_hands_brought_in_goes_by_one_press_though_they_wrote()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var (lost, other) = (await bot.AddAsync(Role.Coordinator, "Lost"), await bot.AddAsync(Role.Coordinator, "Other"));
        var (stranger, late) = (bot.Sandbox.AddPerson("Stranger"), bot.Sandbox.AddPerson("Late", hasStarted: false));
        await RunningBot.SayAsync(stranger, "/start");
        var file = await bot.OpenCaseAsync();
        bot.Clock.Advance(Duration.FromMinutes(1));
        using var browser = await desk.SignInAsync(lost);
        await RunAsync(browser, string.Concat(new[] { stranger.Address.Value, late.Address.Value, "8400000009" }.Select(
            address => $"advocate,telegram,{address},,{file.Code}\n")));
        bot.Clock.Advance(Duration.FromHours(30));
        // The accounts work here already.
        await RunningBot.SayAsync(late, "/start");
        Assert.Contains(file.Code.Text, (await RunningBot.SayAsync(stranger, $"/case {file.Code}")).Text, StringComparison.Ordinal);
        await bot.SettleAsync();
        var sign = PersonSign.Of((await bot.ActAsync(session => session.Addresses.FindAsync(lost.Address)))!.Person!.Value);

        await RunningBot.PressAsync(other, await RunningBot.SayAsync(other, "/freeze " + sign), "⛔ Suspend");
        var did = await other.WaitForTextAsync("account did in the last seven days");
        Assert.Contains("brought in a file of", did.Text, StringComparison.Ordinal);
        Assert.Equal("Undone.", await RunningBot.NoticeOfAsync(other, did, "↩️ Undo 1"));

        await other.WaitForTextAsync("People and groups that stop following: ");
        Assert.Equal(0, await FollowersAsync(bot, file));
        Assert.DoesNotContain(await PeopleAsync(bot, Role.Advocate), person => person.Role == Role.Advocate);
    }

    [PostgresFact]
    public async Task A_file_that_ends_the_program_is_given_up_and_the_next_one_is_done()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        using var browser = await desk.SignInAsync(await bot.AddAsync(Role.Coordinator));
        var bad = await BringAsync(browser, "People", "advocate,telegram,8400000011\n"u8.ToArray(), IsReady);
        var id = IdOf(bad);

        // As three programs leave it that were ended by it: begun, and nothing after.
        await bot.ActAsync(async session =>
        {
            await session.Imports.GoOnAsync(id, ImportState.Ready, ImportState.Running, (await session.Imports.FindAsync(id))!.MadeBy);
            for (var time = 0; time < 3; time++)
                await session.Imports.BeginAttemptAsync(id);
            return true;
        });
        bot.Get<Wakeups>().Raise(Wakeups.Imports);

        var given = await browser.UntilAsync(bad.Path, page => page.Text.Contains("could not be done", StringComparison.Ordinal));
        Assert.Contains("each time that it was read the program ended", given.Text, StringComparison.Ordinal);
        await BringAsync(browser, "People", "advocate,telegram,8400000012\n"u8.ToArray(), IsReady);
    }

    private static async Task<Page> RunAsync(DeskBrowser browser, string list) => await PressAsync(
        browser, await BringAsync(browser, "People", Encoding.UTF8.GetBytes(list), IsReady), "run", "Take it all back");

    private static async Task<int> FollowersAsync(RunningBot bot, CaseFile file) =>
        (await bot.ActAsync(session => session.Subscriptions.FollowersAsync(file.Id))).Count;

    private static Task<IReadOnlyList<Person>> PeopleAsync(RunningBot bot, Role least) =>
        bot.ActAsync(session => session.People.WithRoleAsync(least));
}
