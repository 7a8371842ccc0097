using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Sandbox;
using AlertBot.Workflows.People;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public sealed class Duty_is_handed_over
{
    [PostgresFact]
    public async Task Advocates_join_and_on_monday_morning_the_next_one_begins()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 3, 9, 0));
        var (first, second) = (await bot.AddAsync(Role.Advocate, "Dana"), await bot.AddAsync(Role.Coordinator, "Marta"));
        await DutyAsync(bot);
        Assert.Contains("Nobody is on the rota", (await RunningBot.SayAsync(first, "/oncall")).Text);
        Assert.Contains("▶ On duty: advocate", (await RunningBot.PressAsync(first, first.Messages[^1], "Join")).Text);
        var page = await RunningBot.PressAsync(second, await RunningBot.SayAsync(second, "/oncall"), "Join");
        Assert.Contains("Next: coordinator", page.Text);
        Assert.Contains("(you)", page.Text);
        Assert.Contains("Monday, 9 March 2026", page.Text);

        bot.Clock.Now = Instant.FromUtc(2026, 3, 9, 3, 59);
        await DutyAsync(bot);
        Assert.DoesNotContain(second.Messages, message => message.Text.StartsWith("You are on duty now", StringComparison.Ordinal));
        bot.Clock.Now = Instant.FromUtc(2026, 3, 9, 4, 0);
        await DutyAsync(bot);
        await DutyAsync(bot);

        Assert.Single(second.Messages, message => message.Text.StartsWith("You are on duty now", StringComparison.Ordinal));
        Assert.Single(first.Messages, message => message.Text.StartsWith("Your duty is over", StringComparison.Ordinal));
        Assert.Contains("▶ On duty: coordinator", (await RunningBot.SayAsync(first, "/oncall")).Text);
        // After weeks of downtime there is one hand-over, not several.
        bot.Clock.Now = Instant.FromUtc(2026, 3, 27, 4, 0);
        await DutyAsync(bot);
        Assert.Contains("▶ On duty: advocate", (await RunningBot.SayAsync(first, "/oncall")).Text);
    }

    [PostgresFact]
    public async Task Turns_are_swapped_a_coordinator_orders_them_and_the_other_one_is_told()
    {
        await using var bot = await RunningBot.StartAsync();
        var (first, second) = (await bot.AddAsync(Role.Advocate, "Dana"), await bot.AddAsync(Role.Coordinator, "Marta"));
        foreach (var phone in new[] { first, second })
            await RunningBot.PressAsync(phone, await RunningBot.SayAsync(phone, "/oncall"), "Join");

        var page = await RunningBot.PressAsync(first, await RunningBot.SayAsync(first, "/oncall"), "Swap with next");
        Assert.Contains("▶ On duty: coordinator", page.Text);
        Assert.DoesNotContain(page.AllButtons, button => button.Text == "Swap with next");
        await second.WaitForTextAsync("You are on duty now");

        var order = await RunningBot.SayAsync(second, "/oncall");
        Assert.Contains(
            "▶ On duty: advocate", (await RunningBot.PressAsync(second, order, order.AllButtons.Single(button => button.Text[0] == '↑').Text)).Text);
        await first.WaitForTextAsync("You are on duty now");
        // An advocate can change only their own turn.
        var id = (await bot.ActAsync(async session => (await session.Addresses.FindAsync(second.Address))!)).Person!.Value;
        Assert.NotNull(await first.PressData(page, $"oncall:up.{id.Value:N}").Answer);
        Assert.Contains("▶ On duty: advocate", (await RunningBot.SayAsync(first, "/oncall")).Text);
        Assert.Contains("▶ On duty: coordinator", (await RunningBot.PressAsync(first, first.Messages[^1], "Leave")).Text);
    }

    [PostgresFact]
    public async Task With_nobody_on_the_rota_coordinators_hear_of_it_once_a_week()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 3, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");

        for (var day = 0; day < 8; day++)
        {
            await DutyAsync(bot);
            bot.Clock.Advance(Duration.FromDays(1));
        }

        Assert.Equal(2, coordinator.Messages.Count(message => message.Text.StartsWith("Nobody is on call", StringComparison.Ordinal)));
    }

    [PostgresFact]
    public async Task Nobody_takes_a_colleague_off_call_without_a_word()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 3, 9, 0));
        var phones = new List<SandboxPhone>();
        foreach (var (role, name) in new[]
        {
            (Role.Advocate, "Dana"), (Role.Advocate, "Ruth"), (Role.Coordinator, "Marta"), (Role.Coordinator, "Timur"),
        })
            phones.Add(await bot.AddAsync(role, name));
        var (dana, ruth, marta, timur) = (phones[0], phones[1], phones[2], phones[3]);
        foreach (var phone in new[] { dana, ruth, marta })
            await RunningBot.PressAsync(phone, await RunningBot.SayAsync(phone, "/oncall"), "Join");
        await DutyAsync(bot);
        // Whoever joins takes nothing from anybody.
        Assert.DoesNotContain(timur.Messages, message => message.Text.StartsWith("🗓", StringComparison.Ordinal));

        // A coordinator, or somebody who holds their phone, says that Ruth is away: not today, so that nothing changes before.
        var (by, whom) = await bot.ActAsync(async session => (await PersonAsync(session, timur), await PersonAsync(session, ruth)));
        Assert.Equal(AwayOutcome.Done, await bot.ActAsync(session => bot.Get<BeAway>().RunAsync(
            session.As(Actor.Of(by)), whom.Id, new LocalDate(2026, 3, 9), new LocalDate(2026, 3, 15))));
        Assert.Contains("9 March 2026", (await ruth.WaitForTextAsync("is away from duty")).Text, StringComparison.Ordinal);
        await marta.WaitForTextAsync("is away from duty");
        await bot.SettleAsync();
        Assert.DoesNotContain(timur.Messages, message => message.Text.Contains("is away from duty", StringComparison.Ordinal));
        Assert.DoesNotContain(dana.Messages, message => message.Text.Contains("is away from duty", StringComparison.Ordinal));

        // And moves Marta before Ruth, and before Dana, who has duty.
        foreach (var _ in new[] { "Ruth", "Dana" })
        {
            await bot.ActAsync(async session =>
            {
                var me = await PersonAsync(session, marta);
                return await bot.Get<ChangeRota>().RunAsync(session.As(Actor.Of(by)), rota => rota.MoveUp(me.Id), by.Id);
            });
            bot.Clock.Advance(Duration.FromSeconds(1));
        }

        await ruth.WaitForTextAsync("your turn comes later");
        await dana.WaitForTextAsync("Your duty is over");
        await marta.WaitForTextAsync("You are on duty now");

        // Of Marta, who leaves, the other coordinator reads, and who has duty now.
        await RunningBot.PressAsync(marta, await RunningBot.SayAsync(marta, "/oncall"), "Leave");
        var left = await timur.WaitForTextAsync("Not on it any more");
        Assert.Contains("On duty now: ", left.Text, StringComparison.Ordinal);
    }

    private static async Task<Person> PersonAsync(Session session, SandboxPhone phone) =>
        (await session.People.FindAsync((await session.Addresses.FindAsync(phone.Address))!.Person!.Value))!;

    private static async Task DutyAsync(RunningBot bot)
    {
        await bot.Get<OnCallDuty>().RunAsync(CancellationToken.None);
        bot.Get<Wakeups>().Raise(Wakeups.Outbox);
        await bot.SettleAsync();
    }
}
