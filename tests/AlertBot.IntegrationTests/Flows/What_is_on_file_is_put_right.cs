using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Workflows.Cases;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>A mistyped date is corrected: everybody who was told the wrong one is told the right one, and one press undoes it.</summary>
public class What_is_on_file_is_put_right
{
    [PostgresFact]
    public async Task A_year_typed_wrong_moves_its_dates_and_whoever_was_told_them_is_told_the_right_ones()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, advocate, late, file) = await CaseAsync(bot);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2025-03-01 10:00");
        await bot.SettleAsync();

        // A later follower was not told the wrong date.
        await RunningBot.SayAsync(late, "/subscribe " + file.Code);
        await bot.SettleAsync();
        var overdue = (await DeadlinesAsync(bot, file)).Single(one => one.Key.StartsWith("KZ-PROV-40D", StringComparison.Ordinal));
        Assert.Equal("2025-04-09", overdue.Limit.Earliest.LocalText);
        var lateHeard = late.Messages.Count;

        var preview = await ProposeAsync(coordinator, file, "detention", "When", "2026-03-01 10:00");
        Assert.Contains("1 March 2025, 10:00", preview.Text, StringComparison.Ordinal);
        Assert.Contains("→ detention, 1 March 2026, 10:00", preview.Text, StringComparison.Ordinal);
        Assert.Contains("9 April 2026", preview.Text, StringComparison.Ordinal);
        Assert.Contains("people: 2", preview.Text, StringComparison.Ordinal);
        Assert.Equal("2025-04-09", (await DeadlinesAsync(bot, file)).Single(one => one.RuleId == "KZ-PROV-40D").Limit.Earliest.LocalText);

        var saved = await RunningBot.PressAsync(coordinator, preview, "Save");
        await bot.SettleAsync();
        Assert.StartsWith($"{file.Code}: put right", saved.Text, StringComparison.Ordinal);
        Assert.Contains("Before: detention, 1 March 2025", (await advocate.WaitForTextAsync("put right")).Text, StringComparison.Ordinal);
        Assert.Equal("2026-04-09", (await DeadlinesAsync(bot, file)).Single(one => one.RuleId == "KZ-PROV-40D").Limit.Earliest.LocalText);
        Assert.DoesNotContain("Overdue", (await RunningBot.SayAsync(coordinator, "/case " + file.Code)).Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(late.Messages.Skip(lateHeard), message => message.Text.Contains("put right", StringComparison.Ordinal));
        var feed = await FeedAsync(bot, advocate);
        Assert.Contains("20260409", feed, StringComparison.Ordinal);
        Assert.DoesNotContain("20250409", feed, StringComparison.Ordinal);

        var undone = await RunningBot.PressAsync(coordinator, saved, "Undo");
        await bot.SettleAsync();
        Assert.Contains("as it was before", undone.Text, StringComparison.Ordinal);
        await advocate.WaitForTextAsync("is taken back");
        Assert.Equal("2025-04-09", (await DeadlinesAsync(bot, file)).Single(one => one.RuleId == "KZ-PROV-40D").Limit.Earliest.LocalText);
        var undo = saved.AllButtons.Single(button => button.Text == "Undo").Data!;
        Assert.StartsWith(
            "This can no longer be taken back", await coordinator.PressData(undone, undo).Answer.WaitAsync(TimeSpan.FromSeconds(10)),
            StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task What_did_not_happen_is_taken_back_and_its_clocks_with_it()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, advocate, _, file) = await CaseAsync(bot);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");
        await bot.SettleAsync();

        var preview = await ProposeAsync(coordinator, file, "detention", "It did not happen", null);
        Assert.Contains("as if it had never been on file", preview.Text, StringComparison.Ordinal);
        var saved = await RunningBot.PressAsync(coordinator, preview, "Save");
        await bot.SettleAsync();

        Assert.Contains("this is not so: detention", (await advocate.WaitForTextAsync("taken back")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(await DeadlinesAsync(bot, file), deadline => deadline.IsOpen);
        Assert.DoesNotContain("detention", (await RunningBot.SayAsync(coordinator, "/case " + file.Code)).Text, StringComparison.Ordinal);

        await RunningBot.PressAsync(coordinator, saved, "Undo");
        Assert.Contains(await DeadlinesAsync(bot, file), deadline => deadline is { RuleId: "KZ-PROV-40D", IsOpen: true });
    }

    [PostgresFact]
    public async Task Of_two_accounts_the_one_that_is_preferred_is_followed()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, _, _, file) = await CaseAsync(bot);
        await bot.ActAsync(async session =>
        {
            var (first, zone) = (EventId.New(), file.Zone);
            var when = new Domain.Time.When(new LocalDate(2026, 3, 1), null, zone, Domain.Time.Precision.Day);
            var kind = EventKinds.Find("detention_start")!.Value;
            await bot.Get<RecordEvent>().RunAsync(session.As(Actor.Operator), file.Id, new CaseEvent(first, kind, when));
            return await bot.Get<RecordEvent>().RunAsync(
                session, file.Id, new CaseEvent(EventId.New(), kind, when with { Day = new LocalDate(2026, 2, 27) })
                {
                    SameFactAs = first,
                    Preferred = false,
                });
        });
        await bot.SettleAsync();

        var preview = await ProposeAsync(coordinator, file, "27 February", "Follow this account", null);
        await RunningBot.PressAsync(coordinator, preview, "Save");
        await bot.SettleAsync();

        var forty = (await DeadlinesAsync(bot, file)).Single(one => one.RuleId == "KZ-PROV-40D");
        Assert.Equal("2026-04-07", forty.Limit.Earliest.LocalText);
        var events = (await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Events;
        Assert.Equal([false, true], events.Select(one => one.Preferred));
    }

    [PostgresFact]
    public async Task A_value_that_is_no_date_or_looks_like_a_slip_is_asked_about_again()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, _, _, file) = await CaseAsync(bot);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");
        await bot.SettleAsync();

        Assert.StartsWith("I cannot read", (await ProposeAsync(coordinator, file, "detention", "When", "soon")).Text, StringComparison.Ordinal);
        Assert.Contains("still to come", (await RunningBot.SayAsync(coordinator, "2027-03-01")).Text, StringComparison.Ordinal);
        var asked = await RunningBot.SayAsync(coordinator, "1926-03-01");
        Assert.Contains("is that right?", asked.Text, StringComparison.Ordinal);
        var preview = await RunningBot.PressAsync(coordinator, asked, "It is right: 1926-03-01");
        Assert.Contains("→ detention, 1 March 1926", preview.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", (await RunningBot.PressAsync(coordinator, preview, "Cancel")).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task An_advocate_has_no_such_command()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (_, advocate, _, file) = await CaseAsync(bot);

        Assert.StartsWith(
            "I do not know this command", (await RunningBot.SayAsync(advocate, "/correct " + file.Code)).Text, StringComparison.Ordinal);
    }

    private static async Task<(SandboxPhone Coordinator, SandboxPhone Advocate, SandboxPhone Late, CaseFile File)> CaseAsync(RunningBot bot)
    {
        var coordinator = await bot.AddAsync(Role.Coordinator, "Coordinator");
        var advocate = await bot.AddAsync(Role.Advocate, "Advocate");
        var late = await bot.AddAsync(Role.Advocate, "Late");
        var file = await bot.OpenCaseAsync();
        await RunningBot.SayAsync(coordinator, "/subscribe " + file.Code);
        await bot.FollowAsync(advocate, file);
        return (coordinator, advocate, late, file);
    }

    private static async Task<SandboxMessage> ProposeAsync(SandboxPhone phone, CaseFile file, string @event, string part, string? value)
    {
        var step = await RunningBot.SayAsync(phone, "/correct " + file.Code);
        step = await RunningBot.PressAsync(
            phone, step, step.AllButtons.First(button => button.Text.Contains(@event, StringComparison.Ordinal)).Text);
        step = await RunningBot.PressAsync(phone, step, part);
        return value is null ? step : await RunningBot.SayAsync(phone, value);
    }

    private static async Task<List<Deadline>> DeadlinesAsync(RunningBot bot, CaseFile file) =>
        (await bot.ActAsync(session => session.Deadlines.OfAsync([file.Id])))[file.Id].Select(stored => stored.Deadline).ToList();

    private static Task<string> FeedAsync(RunningBot bot, SandboxPhone phone) => bot.ActAsync(async session =>
    {
        var address = (await session.Addresses.FindAsync(phone.Address))!;
        return (await bot.Get<CalendarFeed>().OfAsync(session, (await session.People.FindAsync(address.Person!.Value))!)).Text;
    });
}
