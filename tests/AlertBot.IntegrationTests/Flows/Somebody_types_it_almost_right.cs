using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>What is typed in a hurry: a slip is met with what was most likely meant, one press away.</summary>
public sealed class Somebody_types_it_almost_right
{
    private static readonly Instant Evening = Instant.FromUtc(2026, 11, 28, 17, 0);

    [PostgresTheory]
    [InlineData("31.02.2026", "the last one of that month is Saturday, 28 February 2026", null)]
    [InlineData("26/11", "Did you mean 26 November 2026", "26 November 2026")]
    [InlineData("26.11.2O26 21:3O", "Did you mean 26 November 2026, 21:30", "26 November 2026, 21:30 (Almaty)")]
    [InlineData("yesterday evening", "Did you mean 27 November 2026", "27 November 2026")]
    [InlineData("11/26/2026", "Did you mean 26 November 2026", "26 November 2026")]
    [InlineData("30/11", "Did you mean 30 November 2025", "30 November 2025")]
    [InlineData("soon", "I cannot read this date", null)]
    public async Task A_date_that_cannot_be_read_is_offered_as_it_was_meant(string typed, string said, string? offered)
    {
        await using var bot = await RunningBot.StartAsync(Evening);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync();
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start");

        var answer = await RunningBot.SayAsync(coordinator, typed);

        Assert.Contains(said, answer.Text, StringComparison.Ordinal);
        var first = answer.AllButtons.First().Text;
        if (offered is null)
        {
            Assert.Equal("Today", first, ignoreCase: true);
            return;
        }

        Assert.StartsWith(offered, first, StringComparison.Ordinal);
        var next = await RunningBot.PressAsync(coordinator, answer, first);
        Assert.Contains("How exactly", next.Text, StringComparison.Ordinal);
        Assert.Contains(offered, next.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_code_with_one_wrong_sign_is_offered_to_whoever_may_see_that_case_and_to_nobody_else()
    {
        await using var bot = await RunningBot.StartAsync(Evening);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var stranger = await bot.AddAsync(Role.Advocate, "Follows nothing");
        var file = await bot.OpenCaseAsync();
        var wrong = file.Code.Text[..^1] + "0";

        var answer = await RunningBot.SayAsync(coordinator, "/case " + wrong);
        Assert.Contains($"Did you mean {file.Code}?", answer.Text, StringComparison.Ordinal);
        var page = await RunningBot.AnswerToAsync(coordinator, answer, file.Code.Text);
        Assert.Contains("Nobody follows this case", page.Text, StringComparison.Ordinal);

        // What followed the code is not lost.
        answer = await RunningBot.SayAsync(coordinator, $"/event {wrong} detention_start 26.11.2026 21:30");
        coordinator.Press(answer, file.Code.Text);
        await coordinator.WaitForTextAsync($"On file for {file.Code}: detention, 26 November 2026, 21:30");

        answer = await RunningBot.SayAsync(coordinator, "/correct " + wrong);
        Assert.Contains(answer.AllButtons, button => button.Text == file.Code.Text);

        answer = await RunningBot.SayAsync(stranger, "/case " + wrong);
        Assert.Contains($"There is no case {wrong}, or you may not see it. Please check the code.", answer.Text, StringComparison.Ordinal);
        Assert.Empty(answer.AllButtons);

        // A name behind /case is looked for.
        Assert.DoesNotContain("There is no case", (await RunningBot.SayAsync(coordinator, "/case Somebody")).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_kind_of_event_a_place_and_a_law_are_read_as_they_were_meant()
    {
        await using var bot = await RunningBot.StartAsync(Evening);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync();

        var answer = await RunningBot.SayAsync(coordinator, $"/event {file.Code} detentoin 26.11.2026 21:30");
        Assert.Contains("Did you mean “detention”?", answer.Text, StringComparison.Ordinal);
        var filed = await RunningBot.PressAsync(coordinator, answer, answer.AllButtons.First().Text);
        Assert.Contains($"On file for {file.Code}: detention, 26 November 2026, 21:30", filed.Text, StringComparison.Ordinal);

        await RunningBot.SayAsync(coordinator, "/newcase");
        Assert.Contains("question of mine is still open", (await RunningBot.SayAsync(coordinator, "???")).Text, StringComparison.Ordinal);
        Assert.Contains("I see no letters", (await RunningBot.SayAsync(coordinator, "?!")).Text, StringComparison.Ordinal);
        await RunningBot.SayAsync(coordinator, "Invented Person");
        answer = await RunningBot.SayAsync(coordinator, "XX");
        Assert.Contains("I have no laws for XX. I know: ", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Uzbekistan", answer.Text, StringComparison.Ordinal);
        answer = await RunningBot.SayAsync(coordinator, "KAZAKHSTAN, uzb");
        Assert.Contains("time zone", answer.Text, StringComparison.Ordinal);
        answer = await RunningBot.SayAsync(coordinator, "Almatty");
        Assert.Contains("Did you mean the time of Almaty?", answer.Text, StringComparison.Ordinal);
        answer = await RunningBot.SayAsync(coordinator, "Нукус");
        Assert.Contains("Please check", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Kazakhstan, Uzbekistan", answer.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Quiet_hours_say_whether_the_hours_or_the_place_were_not_understood()
    {
        await using var bot = await RunningBot.StartAsync(Evening);
        var advocate = await bot.AddAsync(Role.Advocate);

        Assert.Contains("from 00:00 to 23:59", (await RunningBot.SayAsync(advocate, "/quiet 25:00-08:00")).Text, StringComparison.Ordinal);
        var answer = await RunningBot.SayAsync(advocate, "Berln");
        Assert.Contains("Did you mean the time of Berlin?", answer.Text, StringComparison.Ordinal);
        var moved = await RunningBot.PressAsync(advocate, answer, answer.AllButtons.First().Text);
        Assert.Contains("time of Berlin", moved.Text, StringComparison.Ordinal);
        Assert.Contains("time of Europe/Prague", (await RunningBot.SayAsync(advocate, "/quiet Praha")).Text, StringComparison.Ordinal);

        foreach (var typed in new[] { "/digest abc", "/oncall foo", "/language xx" })
        {
            var said = await RunningBot.SayAsync(advocate, typed);
            Assert.StartsWith($"I do not know “{typed.Split(' ')[1]}” here.", said.Text, StringComparison.Ordinal);
        }

        Assert.Equal("I do not know “off” here.", (await RunningBot.SayAsync(advocate, "/calendar off")).Text);
    }

    [PostgresFact]
    public async Task A_command_with_a_slip_is_offered_to_whoever_may_give_it()
    {
        await using var bot = await RunningBot.StartAsync(Evening);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        var file = await bot.OpenCaseAsync();

        var answer = await RunningBot.SayAsync(coordinator, "/cse " + file.Code);
        Assert.Equal("I do not know this command. Did you mean /case?", answer.Text);
        Assert.Contains(file.Code.Text, (await RunningBot.AnswerToAsync(coordinator, answer, "/case " + file.Code)).Text, StringComparison.Ordinal);
        answer = await RunningBot.SayAsync(coordinator, $"/evnt {file.Code} detention_start 26.11.2026");
        Assert.Equal("I do not know this command. Did you mean /event?", answer.Text);
        Assert.Contains("/help", (await RunningBot.SayAsync(coordinator, "/hlep")).AllButtons.Single().Text, StringComparison.Ordinal);

        // To a witness there is no /case, and what they say behind a slip is a report.
        Assert.Equal("I do not know this command. /help shows what I understand.", (await RunningBot.SayAsync(witness, "/cse " + file.Code)).Text);
        // A forged press is no more than the same words typed.
        var last = witness.Messages[^1].Id;
        witness.PressData(witness.Messages[^1], "type:people");
        var refused = await witness.WaitForMessageAsync(message => message.IsFromBot && message.Id > last);
        Assert.StartsWith("I do not know this command", refused.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Cancel_ends_what_is_open_and_says_what_was_kept()
    {
        await using var bot = await RunningBot.StartAsync(Evening);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var witness = bot.Sandbox.AddPerson("Witness", "en");

        Assert.Equal("No question is open.", (await RunningBot.SayAsync(coordinator, "/cancel")).Text);
        var question = await RunningBot.SayAsync(coordinator, "/newcase");
        var help = await RunningBot.SayAsync(coordinator, "help");
        Assert.EndsWith("A question of mine is still open. Answer it, or send /cancel.", help.Text, StringComparison.Ordinal);
        Assert.Equal("No case was opened.", (await RunningBot.SayAsync(coordinator, "/cancel")).Text);
        Assert.StartsWith("This is out of date", await RunningBot.NoticeOfAsync(coordinator, question, "Cancel"), StringComparison.Ordinal);

        await RunningBot.SayAsync(witness, "They took my brother Invented Person from home");
        Assert.Contains("stays with them", (await RunningBot.SayAsync(witness, "/cancel")).Text, StringComparison.Ordinal);
        var queue = await RunningBot.SayAsync(coordinator, "/queue");
        Assert.DoesNotContain("Nothing waits", queue.Text, StringComparison.Ordinal);
    }

    [PostgresTheory]
    [InlineData("help")]
    [InlineData("Помощь?")]
    [InlineData("көмек")]
    [InlineData("yordam")]
    [InlineData("?")]
    [InlineData("/помощь")]
    public async Task A_bare_word_for_help_is_help_and_a_press_makes_it_a_cry(string typed)
    {
        await using var bot = await RunningBot.StartAsync(Evening);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var witness = bot.Sandbox.AddPerson("Witness", "en");

        var answer = await RunningBot.SayAsync(witness, typed);
        Assert.Contains("/forget", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing waits", (await RunningBot.SayAsync(coordinator, "/queue")).Text, StringComparison.Ordinal);
        if (typed[0] == '/')
            return;

        await RunningBot.PressAsync(witness, answer, "Somebody needs help now");
        await bot.SettleAsync();
        await coordinator.WaitForTextAsync("new report");
    }

    [PostgresTheory]
    [InlineData("help!")]
    [InlineData("КӨМЕК")]
    [InlineData("help me")]
    public async Task A_cry_for_help_is_a_report(string typed)
    {
        await using var bot = await RunningBot.StartAsync(Evening);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var witness = bot.Sandbox.AddPerson("Witness", "en");

        await RunningBot.SayAsync(witness, typed);

        await bot.SettleAsync();
        await coordinator.WaitForTextAsync("new report");
    }
}
