using AlertBot.Domain.Channels;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Incidents;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Workflows.Messengers;
using AlertBot.Workflows.People;

namespace AlertBot.IntegrationTests.Flows;

public sealed class A_phone_is_lost
{
    [PostgresFact]
    public async Task A_coordinator_suspends_the_person_and_what_they_had_is_open_again()
    {
        await using var night = await IncidentNight.BeginAsync();
        var other = await night.Bot.AddAsync(Role.Coordinator, "Other");
        await night.PressAsync(night.Advocate, "I'm on it");
        var sign = await SignAsync(night.Bot, night.Advocate);

        var card = await RunningBot.SayAsync(night.Coordinator, "/freeze " + sign.ToLowerInvariant());
        var frozen = await RunningBot.PressAsync(night.Coordinator, card, "⛔ Suspend");
        await night.WatchAsync();
        await night.Bot.SettleAsync();

        Assert.Contains($"{sign} · en · suspended", frozen.Text, StringComparison.Ordinal);
        Assert.Contains($"Open again, nobody has them: {night.Incident.Code.Text}", frozen.Text, StringComparison.Ordinal);
        Assert.Contains($"Nobody follows these cases any more: {night.Case.Code.Text}", frozen.Text, StringComparison.Ordinal);
        Assert.Contains(other.Messages, message => message.Text.StartsWith($"⛔ advocate {sign} is suspended by coordinator", StringComparison.Ordinal)
            && message.Text.Contains(night.Case.Code.Text, StringComparison.Ordinal));
        Assert.Equal((Handling.Open, null), ((await night.NowAsync()).Handling, (await night.NowAsync()).TakenBy));
        // No message is left in the chat, and a kept button does nothing.
        Assert.Empty(night.CardsOf(night.Advocate));
        var any = await RunningBot.SayAsync(night.Advocate, "/help");
        var forged = night.Advocate.PressData(any, $"inc:take:{night.Incident.Code}");
        Assert.Equal("This is for people who follow this case.", await forged.Answer.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal((await RunningBot.SayAsync(night.Advocate, "/nonsense")).Text, (await RunningBot.SayAsync(night.Advocate, "/cases")).Text);
        await night.PassAsync(NodaTime.Duration.FromMinutes(10));
        Assert.Empty(night.CardsOf(night.Advocate));

        var back = await RunningBot.PressAsync(night.Coordinator, frozen, "End the suspension");
        Assert.Contains("active", back.Text, StringComparison.Ordinal);
        await night.Advocate.WaitForTextAsync("You work here again as: advocate");
        await night.Bot.SettleAsync();
        Assert.Contains(other.Messages, message => message.Text == $"✅ advocate {sign} is no longer suspended.");
        Assert.DoesNotContain("I do not know", (await RunningBot.SayAsync(night.Advocate, "/cases")).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Nobody_suspends_themselves_nor_a_coordinator_an_owner()
    {
        await using var bot = await RunningBot.StartAsync();
        var owner = await bot.AddAsync(Role.Owner);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var list = await RunningBot.SayAsync(coordinator, "/freeze");
        Assert.Contains(await SignAsync(bot, owner), list.Text, StringComparison.Ordinal);

        Assert.Contains(
            "Only another owner", (await RunningBot.SayAsync(coordinator, "/freeze " + await SignAsync(bot, owner))).Text, StringComparison.Ordinal);
        Assert.Contains(
            "You cannot suspend yourself", (await RunningBot.SayAsync(coordinator, "/freeze " + await SignAsync(bot, coordinator))).Text,
            StringComparison.Ordinal);
        // A forged button does nothing.
        var id = await bot.ActAsync(async session => (await session.People.WithRoleAsync(Role.Owner)).Single().Id);
        Assert.Equal(
            "Only another owner can do that to an owner.",
            await coordinator.PressData(list, $"freeze:on.{id.Value:N}").Answer.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.False(await IsFrozenAsync(bot, owner));
        Assert.StartsWith("Nobody here has that sign", (await RunningBot.SayAsync(coordinator, "/freeze 000")).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task What_the_phone_invited_before_anybody_noticed_is_good_for_nothing()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var code = await bot.ActAsync(async session => await bot.Get<InvitePerson>().RunAsync(
            session.As(Actor.Of((await session.People.WithRoleAsync(Role.Coordinator)).Single())), Role.Advocate, InvitePerson.UsualLife));
        await bot.ActAsync(async session =>
            await session.People.FreezeAsync((await session.Addresses.FindAsync(coordinator.Address))!.Person!.Value, null));

        Assert.StartsWith(
            "I do not know this invite", (await RunningBot.SayAsync(bot.Sandbox.AddPerson("Stranger"), "/start " + code)).Text,
            StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_new_key_is_checked_by_another_coordinator_in_two_presses()
    {
        var signal = new ScriptedSignal { KeyNumber = () => "111112222233333" };
        await using var bot = await RunningBot.StartAsync(second: signal);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var advocate = await bot.AddAsync(Role.Advocate);
        var at = await bot.ActAsync(async session =>
        {
            var person = (await session.Addresses.FindAsync(advocate.Address))!.Person;
            return await session.Addresses.EnsureAsync(
                new ChannelAddress(ChannelKind.Signal, Guid.NewGuid().ToString()), person, isGroup: false, "en");
        });
        await bot.ActAsync(session => bot.Get<KeyChanges>().HeardAsync(session, at));
        await coordinator.WaitForTextAsync("has a new key");
        var news = coordinator.Messages[^1];
        Assert.True(await IsFrozenAsync(bot, advocate));

        // Ending the suspension by hand does not bypass the check.
        var card = await RunningBot.SayAsync(coordinator, "/freeze " + await SignAsync(bot, advocate));
        Assert.Contains("has a new key", (await RunningBot.AnswerToAsync(coordinator, card, "End the suspension")).Text, StringComparison.Ordinal);
        var sure = await RunningBot.PressAsync(coordinator, news, "I have checked: trust it");
        Assert.Contains("Did you speak to advocate", sure.Text, StringComparison.Ordinal);
        Assert.Empty(signal.Trusted);
        var again = await RunningBot.PressAsync(coordinator, sure, "No, not yet");
        Assert.True(await IsFrozenAsync(bot, advocate));
        sure = await RunningBot.PressAsync(coordinator, again, "I have checked: trust it");
        coordinator.Press(sure, "Yes, I spoke to them");

        await coordinator.WaitForTextAsync("has checked the new key");
        Assert.Equal([at.At], signal.Trusted);
        Assert.False(await IsFrozenAsync(bot, advocate));
    }

    private static async Task<string> SignAsync(RunningBot bot, SandboxPhone phone) =>
        PersonSign.Of((await bot.ActAsync(session => session.Addresses.FindAsync(phone.Address)))!.Person!.Value);

    private static async Task<bool> IsFrozenAsync(RunningBot bot, SandboxPhone phone) => await bot.ActAsync(async session =>
        (await session.People.FindAsync((await session.Addresses.FindAsync(phone.Address))!.Person!.Value))!.IsFrozen);
}
