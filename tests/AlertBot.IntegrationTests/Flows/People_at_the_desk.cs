using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Sandbox;
using AlertBot.Workflows.People;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>People, groups and the rota as coordinators look after them at the desk.</summary>
public sealed class People_at_the_desk
{
    private const string People = "/console/people";

    [PostgresFact]
    public async Task A_lost_phone_is_suspended_what_its_account_did_is_seen_and_undone_and_it_comes_back()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var (anna, other) = (await bot.AddAsync(Role.Owner), await bot.AddAsync(Role.Coordinator, "Other"));
        using var browser = await desk.SignInAsync(anna);
        using var theirs = await desk.SignInAsync(other);
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(other, file);
        var linked = await bot.OpenCaseAsync("Another Person");
        await RunningBot.SayAsync(other, bot.Sandbox.AddGroup("Trap", [other]), "/link " + linked.Code);
        var path = await PathOfAsync(bot, other);
        Assert.Equal("/console", (await theirs.GetAsync("/console")).Path);

        var shown = await browser.GetAsync(path);
        Assert.Contains(file.Code.Text, shown.Text, StringComparison.Ordinal);
        var frozen = await browser.PostAsync(path + "/freeze", shown);
        Assert.Equal(path, frozen.Path);
        Assert.Equal("/console/sign-in", (await theirs.GetAsync("/console")).Path);
        // Their case is left with nobody, and the group that they linked is one press from hearing nothing more.
        Assert.Contains($"Nobody follows these cases any more: {file.Code.Text}", frozen.Text, StringComparison.Ordinal);
        var act = (await bot.ActAsync(session => session.Audit.ByAsync(IdIn(path), NodaConstants.UnixEpoch, [AuditAct.CaseLinked])))[0];
        Assert.Contains($"value=\"{act.Id}\"", frozen.Text, StringComparison.Ordinal);
        Assert.Contains("Done.", (await browser.PostAsync(
            path + "/undo", frozen, ("act", act.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)))).Text, StringComparison.Ordinal);
        Assert.Empty(await bot.ActAsync(session => session.Subscriptions.LinksOfGroupsAsync()));

        Assert.Contains("Done.", (await browser.PostAsync(path + "/unfreeze", frozen)).Text, StringComparison.Ordinal);
        Assert.False((await FindAsync(bot, other)).IsFrozen);
    }

    [PostgresFact]
    public async Task A_role_is_lowered_with_a_successor_and_given_back_and_only_by_whoever_may()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var (owner, coordinator) = (await bot.AddAsync(Role.Owner), await bot.AddAsync(Role.Coordinator));
        var (leaves, heir) = (await bot.AddAsync(Role.Advocate, "Leaves"), await bot.AddAsync(Role.Advocate, "Heir"));
        using var browser = await desk.SignInAsync(coordinator);
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(leaves, file);
        var path = await PathOfAsync(bot, leaves);
        var shown = await browser.GetAsync(path);

        await browser.PostAsync(path + "/lower", shown, ("to", "reporter"), ("heir", (await IdAsync(bot, heir)).Value.ToString("N")));
        Assert.Equal(Role.Reporter, (await FindAsync(bot, leaves)).Role);
        Assert.Contains(file.Id, await bot.ActAsync(async session => await session.Subscriptions.CasesOfAsync(await IdAsync(bot, heir))));
        var after = await browser.GetAsync(path);
        Assert.Contains(path + "/give-back", after.Text, StringComparison.Ordinal);
        await browser.PostAsync(path + "/give-back", after);
        Assert.Equal(Role.Advocate, (await FindAsync(bot, leaves)).Role);

        // A coordinator lowers no owner, and nobody themself, whatever they post.
        foreach (var whom in new[] { owner, coordinator })
        {
            var theirs = await PathOfAsync(bot, whom);
            await browser.PostAsync(theirs + "/lower", after, ("to", "reporter"));
            await browser.PostAsync(theirs + "/freeze", after);
            Assert.True((await FindAsync(bot, whom)) is { Role: >= Role.Coordinator, IsFrozen: false });
        }
    }

    [PostgresFact]
    public async Task An_invitation_is_made_once_however_often_its_page_is_asked_for_and_to_no_role_above_the_hosts()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        using var browser = await desk.SignInAsync(await bot.AddAsync(Role.Coordinator));
        using var owner = await desk.SignInAsync(await bot.AddAsync(Role.Owner));
        const string Invite = People + "/invite";
        var form = await browser.GetAsync(Invite);
        Assert.DoesNotContain("value=\"Coordinator\"", form.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"Coordinator\"", (await owner.GetAsync(Invite)).Text, StringComparison.Ordinal);
        Assert.Contains("could not be done", (await browser.PostAsync(
            Invite, form, ("_handler", "invite"), ("InviteRole", "Coordinator"))).Text, StringComparison.Ordinal);

        var made = await browser.PostAsync(Invite, form, ("_handler", "invite"), ("InviteRole", "Advocate"), ("InviteName", "Dana K."));
        Assert.Contains("/start ", made.Text, StringComparison.Ordinal);
        // The page that shows it was asked for, not posted to: asking again makes none, and shows none.
        Assert.Contains("alertbot-once", string.Join(' ', made.SetCookies), StringComparison.Ordinal);
        var again = await browser.GetAsync(Invite);
        Assert.DoesNotContain("/start ", again.Text, StringComparison.Ordinal);
        var me = await bot.ActAsync(session => session.People.WithRoleAsync(Role.Coordinator));
        Assert.Single(await bot.ActAsync(session => session.Invites.MadeByAsync(me[0].Id, Instant.FromUtc(2026, 1, 1, 0, 0))));
    }

    [PostgresFact]
    public async Task Only_a_group_that_was_linked_before_is_linked_at_the_desk()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var (known, trap) = (bot.Sandbox.AddGroup("Friends", [coordinator]), bot.Sandbox.AddGroup("Trap", [coordinator]));
        using var browser = await desk.SignInAsync(coordinator);
        var (first, second) = (await bot.OpenCaseAsync(), await bot.OpenCaseAsync("Another Person"));
        await RunningBot.SayAsync(coordinator, known, "/link " + first.Code);
        await RunningBot.SayInVainAsync(coordinator, trap, "/help");
        var shown = await browser.GetAsync(People);
        Assert.Contains("Friends", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Trap", shown.Text, StringComparison.Ordinal);

        foreach (var group in new[] { known, trap })
        {
            var id = await bot.ActAsync(async session => (await session.Addresses.FindAsync(group.Address))!.Id);
            await browser.PostAsync("/console/groups/link", shown, ("group", id.Value.ToString("N")), ("code", second.Code.Text));
        }

        var hears = await bot.ActAsync(session => session.Subscriptions.LinksOfGroupsAsync());
        var friends = await bot.ActAsync(async session => (await session.Addresses.FindAsync(known.Address))!.Id);
        Assert.Equal(2, hears.Count);
        Assert.All(hears, link => Assert.Equal(friends, link.Group));
        var linked = await browser.GetAsync(People);
        await browser.PostAsync(
            "/console/groups/unlink", linked, ("group", hears[0].Group.Value.ToString("N")), ("code", second.Code.Text));
        Assert.Single(await bot.ActAsync(session => session.Subscriptions.LinksOfGroupsAsync()));
    }

    [PostgresFact]
    public async Task Whoever_is_away_from_the_rota_is_stood_in_for_and_the_other_one_is_told()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 3, 9, 0));
        await using var desk = await OpenDesk.StartAsync(bot);
        var (first, second) = (await bot.AddAsync(Role.Coordinator, "First"), await bot.AddAsync(Role.Advocate, "Second"));
        using var browser = await desk.SignInAsync(first);
        await DutyAsync(bot);
        await browser.PostAsync(People + "/rota", await browser.GetAsync(People));
        await RunningBot.PressAsync(second, await RunningBot.SayAsync(second, "/oncall"), "Join");
        var shown = await browser.GetAsync(People);
        Assert.Contains("on duty", shown.Text, StringComparison.Ordinal);
        // The hand-over is told by the clock of the rota and by the reader's.
        Assert.Contains("Almaty", shown.Text, StringComparison.Ordinal);

        var me = (await IdAsync(bot, first)).Value.ToString("N");
        foreach (var (from, through) in new[]
        {
            ("2026-03-06", "2026-03-05"), ("2026-02-01", "2026-02-02"), ("2026-03-05", "2026-09-01"), ("", "x"),
        })
            Assert.Contains("Choose the first and the last day", (await browser.PostAsync(
                People + "/away", shown, ("person", me), ("from", from), ("through", through))).Text, StringComparison.Ordinal);
        var away = await browser.PostAsync(People + "/away", shown, ("person", me), ("from", "2026-03-05"), ("through", "2026-03-06"));
        Assert.Contains("away 5 March 2026", away.Text, StringComparison.Ordinal);
        Assert.Equal(await IdAsync(bot, first), await OnDutyAsync(bot));

        // The day comes with nobody pressing anything.
        bot.Clock.Now = Instant.FromUtc(2026, 3, 5, 9, 0);
        await DutyAsync(bot);
        await DutyAsync(bot);
        Assert.Equal(await IdAsync(bot, second), await OnDutyAsync(bot));
        Assert.Single(second.Messages, message => message.Text.StartsWith("You are on duty now", StringComparison.Ordinal));

        var absence = Assert.Single(await bot.ActAsync(session => session.OnCall.AbsencesAsync()));
        using var later = await desk.SignInAsync(first);
        await later.PostAsync(People + "/back", await later.GetAsync(People), ("absence", absence.Id.Value.ToString("N")));
        Assert.Equal(await IdAsync(bot, first), await OnDutyAsync(bot));
        await bot.SettleAsync();
        Assert.Single(second.Messages, message => message.Text.StartsWith("Your duty is over", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Nobody_says_of_a_colleague_that_they_are_away_but_a_coordinator()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 3, 9, 0));
        var (first, second) = (await bot.AddAsync(Role.Advocate, "First"), await bot.AddAsync(Role.Advocate, "Second"));
        foreach (var phone in new[] { first, second })
            await RunningBot.PressAsync(phone, await RunningBot.SayAsync(phone, "/oncall"), "Join");
        var (one, other) = (await FindAsync(bot, first), await FindAsync(bot, second));
        Task<AwayOutcome> SayAsync(Person by, Person of) => bot.ActAsync(session => bot.Get<BeAway>().RunAsync(
            session.As(Actor.Of(by)), of.Id, new LocalDate(2026, 3, 5), new LocalDate(2026, 3, 6)));

        Assert.Equal(AwayOutcome.NotAllowed, await SayAsync(one, other));
        Assert.Equal(AwayOutcome.Done, await SayAsync(one, one));
        var absence = Assert.Single(await bot.ActAsync(session => session.OnCall.AbsencesAsync()));
        Assert.Equal(AwayOutcome.NotAllowed, await bot.ActAsync(session => bot.Get<BeAway>().EndAsync(session.As(Actor.Of(other)), absence.Id)));
    }

    // A form that is sent byte by byte takes as long as its sender wants.
    [PostgresFact]
    public async Task A_form_that_began_before_a_suspension_and_ends_after_it_does_nothing()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var (taken, victim) = (await bot.AddAsync(Role.Coordinator, "Taken"), await bot.AddAsync(Role.Advocate, "Victim"));
        using var browser = await desk.SignInAsync(taken);
        var path = await PathOfAsync(bot, victim);
        var shown = await browser.GetAsync(path);

        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = browser.PostSlowlyAsync(path + "/freeze", shown, begun, goOn.Task);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(10));
        var id = await IdAsync(bot, taken);
        await bot.ActAsync(session => bot.Get<FreezePerson>().RunAsync(session.As(Actor.Operator), id));
        goOn.SetResult();

        Assert.Equal("/console/sign-in", (await slow).Path);
        Assert.False((await FindAsync(bot, victim)).IsFrozen);
    }

    private static async Task DutyAsync(RunningBot bot)
    {
        await bot.Get<OnCallDuty>().RunAsync(CancellationToken.None);
        bot.Get<Wakeups>().Raise(Wakeups.Outbox);
        await bot.SettleAsync();
    }

    private static async Task<PersonId?> OnDutyAsync(RunningBot bot) => (await bot.ActAsync(session => session.OnCall.RotaAsync())).OnDuty;

    private static async Task<PersonId> IdAsync(RunningBot bot, SandboxPhone phone) =>
        (await bot.ActAsync(session => session.Addresses.FindAsync(phone.Address)))!.Person!.Value;

    private static async Task<Person> FindAsync(RunningBot bot, SandboxPhone phone)
    {
        var id = await IdAsync(bot, phone);
        return (await bot.ActAsync(session => session.People.FindAsync(id)))!;
    }

    private static async Task<string> PathOfAsync(RunningBot bot, SandboxPhone phone) => $"{People}/{(await IdAsync(bot, phone)).Value:N}";

    private static PersonId IdIn(string path) => new(Guid.ParseExact(path.Split('/')[^1], "N"));
}
