using System.Text.RegularExpressions;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public partial class A_coordinator_opens_a_case
{
    [PostgresFact]
    public async Task From_a_name_to_a_date_that_a_second_person_confirms()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var first = await bot.AddAsync(Role.Coordinator, "First");
        var second = await bot.AddAsync(Role.Coordinator, "Second");

        await RunningBot.SayAsync(first, "/newcase");
        var step = await RunningBot.SayAsync(first, "Invented Person\nИзмышлённый Человек");
        step = await RunningBot.PressAsync(first, step, "Kazakhstan");
        Assert.Contains(step.AllButtons, button => button.Text == "✓ treaties of the CIS");
        step = await RunningBot.PressAsync(first, step, "Continue");
        step = await RunningBot.PressAsync(first, step, "Almaty");
        Assert.Contains("Измышлённый Человек", step.Text, StringComparison.Ordinal);
        var opened = await RunningBot.PressAsync(first, step, "Open the case");
        var code = Code().Match(opened.Text).Value;
        Assert.DoesNotContain("Invented", opened.Text, StringComparison.Ordinal);

        step = await RunningBot.AnswerToAsync(first, opened, "Put an event on file");
        step = await RunningBot.PressAsync(first, step, "Taken");
        step = await RunningBot.PressAsync(first, step, "detention");
        step = await RunningBot.SayAsync(first, "2026-03-01 10:00");
        step = await RunningBot.PressAsync(first, step, "Exactly then");
        step = await RunningBot.PressAsync(first, step, "Skip");
        step = await RunningBot.PressAsync(first, step, "That is all");
        Assert.Contains("detention: 1 March 2026, 10:00 (Almaty)", step.Text, StringComparison.Ordinal);
        var filed = await RunningBot.PressAsync(first, step, "Put it on file");
        Assert.Contains("A second person must confirm it", filed.Text, StringComparison.Ordinal);

        // The coordinator who opened the case follows it and is told; their own confirmation does not count.
        var alert = await first.WaitForTextAsync("new on file: detention");
        Assert.Contains("not confirmed yet", alert.Text, StringComparison.Ordinal);
        Assert.StartsWith(
            "You recorded this date yourself", await RunningBot.NoticeOfAsync(first, alert, "Confirm the date"), StringComparison.Ordinal);

        var page = await RunningBot.SayAsync(second, "/case " + code.ToLowerInvariant());
        Assert.Contains("(date not confirmed)", page.Text, StringComparison.Ordinal);
        Assert.Contains("release due (KZ-DET-72H): 4 March 2026, 10:00 (Almaty)", page.Text, StringComparison.Ordinal);
        var confirmed = await RunningBot.PressAsync(
            second, page, page.AllButtons.First(button => button.Data!.StartsWith("confirm:", StringComparison.Ordinal)).Data!);
        Assert.Contains("Date confirmed (coordinator)", confirmed.Text, StringComparison.Ordinal);
        Assert.StartsWith("Somebody has confirmed", await RunningBot.NoticeOfAsync(first, alert, "Confirm the date"), StringComparison.Ordinal);

        page = await RunningBot.SayAsync(second, "/case " + code);
        Assert.DoesNotContain("not confirmed", page.Text, StringComparison.Ordinal);
        var steps = await RunningBot.AnswerToAsync(second, page, "How this was counted");
        Assert.Contains("The limit: 72 hours", steps.Text, StringComparison.Ordinal);

        var acts = await bot.ActAsync(async session =>
        {
            Assert.True(CaseCode.TryParse(code, out var read));
            return await session.Audit.OfAsync((await session.Cases.FindAsync(read))!.Id.Value);
        });
        Assert.Equal(["case.open", "case.event", "case.read", "case.event.confirm", "case.read"], acts.Select(entry => entry.Act.Code));
    }

    [PostgresFact]
    public async Task An_event_may_be_told_in_one_line()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync();

        coordinator.SendText($"/event {file.Code} custody_ordered 2026-02-27 17:30 sets=2026-04-27 told by the lawyer");
        // An alert of it may come before the answer.
        var filed = await coordinator.WaitForTextAsync("On file for");

        Assert.StartsWith($"On file for {file.Code}: custody ordered", filed.Text, StringComparison.Ordinal);
        await bot.SettleAsync();
        var page = await RunningBot.SayAsync(coordinator, "/case " + file.Code);
        Assert.Contains("told by the lawyer", page.Text, StringComparison.Ordinal);
        Assert.Contains("Names this date: 27 April 2026", page.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task An_hour_apart_from_its_day_is_the_hour_of_the_hearing_and_no_note()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 11, 26, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync();

        await RunningBot.SayAsync(coordinator, $"/event {file.Code} hearing set 25.11.2026 sets=15.12.2026 10:00");

        await bot.SettleAsync();
        var page = await RunningBot.SayAsync(coordinator, "/case " + file.Code);
        Assert.Contains("Names this date: 15 December 2026, 10:00", page.Text, StringComparison.Ordinal);

        var asked = await RunningBot.SayAsync(coordinator, $"/event {file.Code} hearing_set 25.11.2026 sets=16.12.2026 room 4 at 9:05");
        Assert.StartsWith("«at 9:05»", asked.Text, StringComparison.Ordinal);
        asked = await RunningBot.PressAsync(coordinator, asked, "The hour of 16.12.2026");
        await RunningBot.PressAsync(coordinator, asked, "Put it on file");
        var events = (await bot.ActAsync(session => session.Cases.FindAsync(file.Id, withDetail: true)))!.Events;
        Assert.Equal(new LocalTime(9, 5), events[1].Sets!.Time);
        Assert.Equal("room 4", events[1].Detail.Note);
    }

    [PostgresFact]
    public async Task A_date_that_looks_like_a_slip_is_asked_about_before_it_is_on_file()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync();

        var asked = await RunningBot.SayAsync(coordinator, $"/event {file.Code} release 1926-03-01");
        Assert.Contains("is that right?", asked.Text, StringComparison.Ordinal);
        Assert.Empty((await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Events);

        asked = await RunningBot.PressAsync(coordinator, asked, "It is right: 1926-03-01");
        Assert.Contains("How exactly", asked.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task What_one_line_lacks_is_asked_for()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync();

        var asked = await RunningBot.SayAsync(coordinator, $"/event {file.Code} release 2026-09-01");
        Assert.Contains("still to come", asked.Text, StringComparison.Ordinal);

        asked = await RunningBot.SayAsync(coordinator, "2026-03-01");
        Assert.Contains("How exactly", asked.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_conversation_goes_on_after_media_and_stale_buttons_and_ends_with_another_command()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        await RunningBot.SayAsync(coordinator, "/newcase");
        var laws = await RunningBot.SayAsync(coordinator, "Invented Person");

        var photo = coordinator.SendPhoto([1, 2, 3]);
        Assert.StartsWith(
            "Please answer in words", (await coordinator.WaitForMessageAsync(message => message.Id > photo.Id)).Text, StringComparison.Ordinal);
        Assert.StartsWith("This is out of date", await RunningBot.NoticeOfAsync(coordinator, laws, "Kazakhstan"), StringComparison.Ordinal);
        var changed = coordinator.SendText("KZ");
        await coordinator.WaitForMessageAsync(message => message.IsFromBot && message.Id > changed.Id);
        coordinator.EditText(changed.Id, "UZ");
        await coordinator.WaitForTextAsync("I can't use edited messages");

        await RunningBot.SayAsync(coordinator, "/cases");
        Assert.StartsWith("Is this a report?", (await RunningBot.SayAsync(coordinator, "Asia/Almaty")).Text, StringComparison.Ordinal);
        Assert.StartsWith("This is out of date", await RunningBot.NoticeOfAsync(coordinator, laws, "Cancel"), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_conversation_of_an_older_program_starts_anew()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        await bot.ActAsync(async session =>
        {
            var here = (await session.Addresses.FindAsync(coordinator.Address))!;
            await session.Conversations.SaveAsync(here.Id, "newcase", 0, new { Who = "Somebody" });
            return 0;
        });

        var answer = await RunningBot.SayAsync(coordinator, "Invented Person");

        Assert.StartsWith("I was updated in the meantime", answer.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Whoever_lost_the_role_in_the_middle_goes_no_further()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        await RunningBot.SayAsync(coordinator, "/newcase");
        await bot.ActAsync(async session =>
        {
            var person = (await session.People.WithRoleAsync(Role.Coordinator)).Single();
            await session.People.FreezeAsync(person.Id, null);
            return 0;
        });

        Assert.StartsWith("I do not know this command", (await RunningBot.SayAsync(coordinator, "Invented Person")).Text, StringComparison.Ordinal);
    }

    [GeneratedRegex("K-[0-9A-Z]{4}")]
    private static partial Regex Code();
}
