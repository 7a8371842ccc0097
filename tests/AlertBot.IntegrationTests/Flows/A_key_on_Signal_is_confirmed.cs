using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Messengers;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public sealed class A_key_on_Signal_is_confirmed
{
    [PostgresFact]
    public async Task By_its_number_and_not_while_another_one_is_shown()
    {
        var signal = new ScriptedSignal();
        await using var bot = await RunningBot.StartAsync(second: signal);
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var at = new ChannelAddress(ChannelKind.Signal, "+15550101234");
        await bot.ActAsync(async session =>
        {
            var person = new Person(PersonId.New(), Role.Advocate, "en", DateTimeZone.Utc, IsFrozen: false);
            await session.People.AddAsync(person);
            return await bot.Get<KeyChanges>().HeardAsync(session, await session.Addresses.EnsureAsync(at, person.Id, isGroup: false, "en"));
        });
        var card = await coordinator.WaitForTextAsync("has a new key");
        Assert.Contains(
            "does not tell the number", await RunningBot.NoticeOfAsync(coordinator, card, "I have checked: trust it"), StringComparison.Ordinal);

        signal.KeyNumber = () => "111112222233333";
        var sure = await RunningBot.PressAsync(coordinator, card, "I have checked: trust it");
        Assert.Contains("11111 22222 33333", sure.Text, StringComparison.Ordinal);
        // Meanwhile a colleague was shown a newer one: what is confirmed must be what was seen.
        await bot.ActAsync(async session =>
        {
            var change = (await session.KeyChanges.FindAsync((await session.Addresses.FindAsync(at))!.Id))!;
            await session.KeyChanges.ShowAsync(change.Id, "444445555566666");
            return true;
        });
        signal.KeyNumber = () => "444445555566666";
        var newer = await RunningBot.PressAsync(coordinator, sure, "Yes, I spoke to them");
        Assert.Contains("44444 55555 66666", newer.Text, StringComparison.Ordinal);
        Assert.Empty(signal.Trusted);
        await RunningBot.PressAsync(coordinator, newer, "Yes, I spoke to them");
        Assert.Equal("444445555566666", await RunningBot.EventuallyAsync(() => signal.TrustedNumbers.FirstOrDefault()));
    }
}
