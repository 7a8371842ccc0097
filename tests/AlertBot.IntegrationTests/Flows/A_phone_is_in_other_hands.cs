using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Incidents;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>What a lost phone can still read, what it did before anybody noticed, and who is told.</summary>
public sealed class A_phone_is_in_other_hands
{
    [PostgresFact]
    public async Task What_was_said_there_is_taken_back_and_nothing_new_comes()
    {
        await using var night = await IncidentNight.BeginAsync();
        await RunningBot.SayAsync(night.Advocate, $"/case {night.Case.Code}");
        await night.PressAsync(night.Advocate, "Details");
        Assert.Contains(night.Advocate.Messages, message => message.Text.Contains("Testbay", StringComparison.Ordinal));

        await FreezeAsync(night.Bot, night.Coordinator, night.Advocate);

        Assert.DoesNotContain(night.Advocate.Messages, message => message.IsFromBot && message.Text.Length > 0 && Tells(message, night));
        // A correction would have edited the card there, with a safe address in it.
        await night.PressAsync(night.Coordinator, "Verify & alert");
        await night.PressAsync(night.Coordinator, "Correct it");
        await RunningBot.SayAsync(night.Coordinator, "She is safe at Abay street 5");
        await night.PressAsync(night.Coordinator, "Add a note");
        await RunningBot.SayAsync(night.Coordinator, "Testbay's sister has the papers");
        await night.Bot.SettleAsync();

        Assert.Contains(night.CardsOf(night.Coordinator), card => card.Text.Contains("Abay street 5", StringComparison.Ordinal));
        Assert.DoesNotContain(night.Advocate.Messages, message => message.IsFromBot && Tells(message, night));
    }

    [PostgresFact]
    public async Task What_the_messenger_does_not_delete_any_more_says_that_it_was_taken_back()
    {
        await using var night = await IncidentNight.BeginAsync();
        var card = night.CardsOf(night.Advocate)[0];
        night.Bot.Clock.Advance(Duration.FromHours(49));

        await FreezeAsync(night.Bot, night.Coordinator, night.Advocate);

        var left = night.Advocate.Messages.Single(message => message.Id == card.Id);
        Assert.Equal(("This message was taken back.", 0), (left.Text, left.AllButtons.Count()));
    }

    [PostgresFact]
    public async Task What_waits_for_the_phone_when_it_is_suspended_never_leaves()
    {
        await using var night = await IncidentNight.BeginAsync();
        var at = await night.Bot.ActAsync(session => session.Addresses.FindAsync(night.Advocate.Address));
        // Suspends the person behind the back of every act, like a colleague on another node at this very moment.
        await night.Bot.ActAsync(session => session.People.FreezeAsync(at!.Person!.Value, null));
        var before = night.Advocate.Messages.Select(message => message.Text).ToList();

        await night.PressAsync(night.Coordinator, "I'm on it");
        await night.PassAsync(Duration.FromMinutes(90));

        Assert.Equal(before, night.Advocate.Messages.Select(message => message.Text));
    }

    [PostgresFact]
    public async Task Whoever_suspends_reads_what_the_phone_did_and_undoes_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var owner = await bot.AddAsync(Role.Owner, "Owner");
        var lost = await bot.AddAsync(Role.Coordinator, "Lost");
        var other = await bot.AddAsync(Role.Coordinator, "Other");
        var file = await bot.OpenCaseAsync("Testbay Invented");
        await RunningBot.SayAsync(lost, $"/case {file.Code}");
        var stranger = bot.Sandbox.AddPerson("Stranger");
        await RunningBot.SayAsync(stranger, "/start " + CodeIn(await RunningBot.SayAsync(lost, "/invite advocate")));
        var unused = CodeIn(await RunningBot.SayAsync(lost, "/invite advocate"));
        var group = bot.Sandbox.AddGroup("Their friends", [lost]);
        group.AddBot(lost);
        await RunningBot.SayAsync(lost, group, $"/link {file.Code}");
        await bot.SettleAsync();

        // All coordinators and owners are told at once whom somebody lets in.
        foreach (var colleague in new[] { owner, other })
        {
            Assert.Contains(colleague.Messages, message => message.Text.StartsWith("👋 A new advocate is here", StringComparison.Ordinal));
            Assert.Contains(colleague.Messages, message => message.Text.StartsWith("🔗 The group “Their friends”", StringComparison.Ordinal));
        }

        await FreezeAsync(bot, other, lost);
        var did = other.Messages.Last(message => message.Text.Contains("account did in the last seven days", StringComparison.Ordinal));
        Assert.Contains($"Read: {file.Code}", did.Text, StringComparison.Ordinal);
        Assert.Contains($"linked a group to {file.Code} · Their friends", did.Text, StringComparison.Ordinal);
        Assert.Contains($"made an invite {await SignAsync(bot, stranger)}", did.Text, StringComparison.Ordinal);
        Assert.Equal(3, did.AllButtons.Count());

        // People whom the phone invited wait until somebody vouches for them. Its unused invitations let nobody in, whatever happens later.
        Assert.Equal(
            (await RunningBot.SayAsync(stranger, "/nonsense")).Text, (await RunningBot.SayAsync(stranger, $"/subscribe {file.Code}")).Text);
        var late = bot.Sandbox.AddPerson("Late");
        var linked = did.AllButtons.First(button => button.Text.EndsWith('1'));
        Assert.Equal("Undone.", await RunningBot.NoticeOfAsync(other, did, linked.Text));
        Assert.Equal("This is undone already, or the person is not suspended any more.", await RunningBot.NoticeOfAsync(other, did, linked.Text));
        Assert.Empty(await bot.ActAsync(async session => await session.Subscriptions.CasesOfAsync(
            (await session.Addresses.FindAsync(group.Address))!.Id)));

        var card = await RunningBot.SayAsync(owner, "/freeze " + await SignAsync(bot, stranger));
        await RunningBot.PressAsync(owner, card, "End the suspension");
        await stranger.WaitForTextAsync("You work here again as: advocate");
        await RunningBot.PressAsync(owner, await RunningBot.SayAsync(owner, "/freeze " + await SignAsync(bot, lost)), "End the suspension");
        Assert.StartsWith("I do not know this invite", (await RunningBot.SayAsync(late, "/start " + unused)).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_coordinator_takes_the_role_from_two_people_an_hour_and_owners_hear_of_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var owner = await bot.AddAsync(Role.Owner, "Owner");
        var turned = await bot.AddAsync(Role.Coordinator, "Turned");
        var others = new List<SandboxPhone>();
        foreach (var name in new[] { "One", "Two", "Three" })
            others.Add(await bot.AddAsync(Role.Coordinator, name));

        await FreezeAsync(bot, turned, others[0]);
        Assert.DoesNotContain(owner.Messages, message => message.Text.Contains("has suspended two people", StringComparison.Ordinal));
        await FreezeAsync(bot, turned, others[1]);
        Assert.Contains(owner.Messages, message => message.Text.Contains("has suspended two people within an hour", StringComparison.Ordinal));

        var third = await RunningBot.SayAsync(turned, "/freeze " + await SignAsync(bot, others[2]));
        Assert.StartsWith("You have suspended two people within an hour", await RunningBot.NoticeOfAsync(turned, third, "⛔ Suspend"));
        await bot.SettleAsync();
        Assert.DoesNotContain("I do not know", (await RunningBot.SayAsync(others[2], "/people")).Text, StringComparison.Ordinal);

        // A second person decides, by a button.
        var asked = owner.Messages.Last(message => message.Text.Contains("wants to suspend a third person", StringComparison.Ordinal));
        var card = await RunningBot.AnswerToAsync(owner, asked, "Look at this person");
        Assert.Contains(await SignAsync(bot, turned), card.Text, StringComparison.Ordinal);
        card = await RunningBot.AnswerToAsync(owner, asked, "⛔ Suspend");
        Assert.Contains("suspended", (await RunningBot.PressAsync(owner, card, "⛔ Suspend")).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Whoever_leaves_reads_nothing_more_and_their_cases_go_to_another()
    {
        await using var night = await IncidentNight.BeginAsync();
        var heir = await night.Bot.AddAsync(Role.Advocate, "Heir");
        var second = await night.Bot.AddAsync(Role.Coordinator, "Second");
        var (leaver, next) = (await SignAsync(night.Bot, night.Advocate), await SignAsync(night.Bot, heir));

        var card = await RunningBot.SayAsync(night.Coordinator, "/remove " + leaver);
        Assert.Contains("Cases followed: 1", card.Text, StringComparison.Ordinal);
        var asked = await RunningBot.AnswerToAsync(night.Coordinator, card, "Hand over the cases first");
        await RunningBot.PressAsync(night.Coordinator, asked, next);
        await night.Bot.SettleAsync();

        Assert.DoesNotContain(night.Advocate.Messages, message => message.IsFromBot && Tells(message, night));
        Assert.Contains("Testbay", (await RunningBot.SayAsync(heir, $"/case {night.Case.Code}")).Text, StringComparison.Ordinal);
        Assert.Equal((await RunningBot.SayAsync(night.Advocate, "/nonsense")).Text, (await RunningBot.SayAsync(night.Advocate, "/cases")).Text);
        var told = second.Messages.Last(message => message.Text.Contains("has another role from now on: reporter", StringComparison.Ordinal));
        Assert.Contains("has the role again", (await RunningBot.PressAsync(second, told, "↩️ Give the role back")).Text, StringComparison.Ordinal);
        await night.Bot.SettleAsync();
        Assert.Contains("Testbay", (await RunningBot.SayAsync(night.Advocate, $"/case {night.Case.Code}")).Text, StringComparison.Ordinal);
    }

    private static bool Tells(SandboxMessage message, IncidentNight night) =>
        new[] { "Testbay", night.Incident.Code.Text, night.Case.Code.Text, "Abay" }.Any(
            word => message.Text.Contains(word, StringComparison.Ordinal));

    private static async Task FreezeAsync(RunningBot bot, SandboxPhone by, SandboxPhone whom)
    {
        var card = await RunningBot.SayAsync(by, "/freeze " + await SignAsync(bot, whom));
        await RunningBot.PressAsync(by, card, "⛔ Suspend");
        await bot.SettleAsync();
    }

    private static async Task<string> SignAsync(RunningBot bot, SandboxPhone phone) =>
        PersonSign.Of((await bot.ActAsync(session => session.Addresses.FindAsync(phone.Address)))!.Person!.Value);

    private static string CodeIn(SandboxMessage message)
    {
        var at = message.Text.IndexOf("/start ", StringComparison.Ordinal) + "/start ".Length;
        return message.Text[at..(at + 26)];
    }
}
