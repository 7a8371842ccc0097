using System.Text.RegularExpressions;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public partial class A_witness_reports
{
    [PostgresFact]
    public async Task In_one_message_and_one_press()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var witness = bot.Sandbox.AddPerson("Witness", "en");

        var asked = await RunningBot.SayAsync(witness, "They took Testbay Invented yesterday at 10 in the evening");
        Assert.Contains("Passed on to the coordinators", asked.Text);
        Assert.Contains("Who is it about?", asked.Text);
        var card = await coordinator.WaitForTextAsync("new report");
        Assert.Contains("the reporter is still writing", card.Text);
        var sent = await RunningBot.PressAsync(witness, asked, "➤ That is all");

        Assert.Contains("Sent. Thank you", sent.Text);
        Assert.Contains(sent.Entities, entity => entity.Type == "spoiler");
        Assert.True(Receipt.TryParse(Number().Match(sent.Text).Value, out _));
        card = await coordinator.Chat.WaitForMessageAsync(message => message.Id == card.Id && !message.Text.Contains("still writing"));
        Assert.Contains("They took Testbay Invented", card.Text);
        Assert.Contains("When: yesterday at 10 in the evening (2026-03-01 22:00)", card.Text);
        Assert.Single(coordinator.Messages, message => message.Text.Contains("They took Testbay Invented"));
    }

    [PostgresFact]
    public async Task By_questions_with_a_command_in_the_middle()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var witness = bot.Sandbox.AddPerson("Witness", "en");

        var kind = await RunningBot.SayAsync(witness, "/report");
        Assert.Contains("What happened?", kind.Text);
        // Three answers, and the others behind one press; the question is the same.
        Assert.DoesNotContain(kind.AllButtons, button => button.Text == "summoned");
        kind = await RunningBot.PressAsync(witness, kind, "⋯ More");
        Assert.Contains(kind.AllButtons, button => button.Text == "summoned");
        Assert.Contains("What happened?", kind.Text);
        var who = await RunningBot.PressAsync(witness, kind, "arrested");
        Assert.Contains("Who is it about?", who.Text);
        var when = await RunningBot.SayAsync(witness, "Testbay Invented");
        var where = await RunningBot.PressAsync(witness, when, "Last night");
        // A command in the middle: what was told stays, and is offered again. Help alone leaves nothing.
        Assert.EndsWith("or send /cancel.", (await RunningBot.SayAsync(witness, "/help")).Text, StringComparison.Ordinal);
        await RunningBot.SayAsync(witness, "/privacy");
        Assert.Equal("This is out of date. Please answer my newest message.", await RunningBot.NoticeOfAsync(witness, where, "Skip"));
        var resume = await RunningBot.SayAsync(witness, "/report");
        Assert.Contains("Continue?", resume.Text);
        where = await RunningBot.PressAsync(witness, resume, "Continue");
        Assert.Contains("Where was it?", where.Text);
        witness.SendLocation(43.25, 76.94);
        var byWhom = await witness.WaitForTextAsync("Who did it?");
        var witnessed = await RunningBot.PressAsync(witness, byWhom, "people in plain clothes");
        var contact = await RunningBot.PressAsync(witness, witnessed, "I saw it");
        var attach = await RunningBot.PressAsync(witness, contact, "Yes");
        var check = await RunningBot.PressAsync(witness, attach, "Skip");

        Assert.Contains("Who: Testbay Invented", check.Text);
        Assert.Contains("What: arrested", check.Text);
        Assert.Contains("the place you shared", check.Text);
        Assert.Contains("Sent. Thank you", (await RunningBot.PressAsync(witness, check, "➤ That is all")).Text);
        var card = await coordinator.WaitForTextAsync("new report");
        Assert.Contains("Testbay Invented", card.Text);
        Assert.Contains("43.25000, 76.94000", card.Text);
    }

    [PostgresFact]
    public async Task And_adds_to_it_and_asks_after_it_from_any_account()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        var receipt = await SendAsync(witness, "They took Testbay Invented");
        var card = await coordinator.WaitForTextAsync("new report");

        Assert.Contains("added this to your report", (await RunningBot.SayAsync(witness, "It was a white van")).Text);
        await coordinator.Chat.WaitForMessageAsync(message => message.Id == card.Id && message.Text.Contains("It was a white van"));

        var other = bot.Sandbox.AddPerson("Other Phone", "en");
        Assert.Contains("added this", (await RunningBot.SayAsync(other, $"/add {receipt} its number ended in 77")).Text);
        await coordinator.Chat.WaitForMessageAsync(message => message.Id == card.Id && message.Text.Contains("ended in 77"));
        Assert.Contains("being checked", (await RunningBot.SayAsync(other, $"/status {receipt}")).Text);
        Assert.Contains("not sent a report", (await RunningBot.SayAsync(other, "/status")).Text);

        coordinator.Press(card, "I'm on it");
        await coordinator.Chat.WaitForMessageAsync(message => message.Id == card.Id && message.Text.Contains("Taken by"));
        Assert.Contains("an advocate is dealing with it", (await RunningBot.SayAsync(witness, "/status")).Text);
        // After this time it is a new report.
        bot.Clock.Advance(Duration.FromMinutes(11));
        Assert.Contains("Passed on to the coordinators", (await RunningBot.SayAsync(witness, "Now they are at the house")).Text);
    }

    [PostgresFact]
    public async Task Whoever_guesses_receipts_is_no_longer_heard()
    {
        await using var bot = await RunningBot.StartAsync();
        var receipt = await SendAsync(bot.Sandbox.AddPerson("Witness", "en"), "They took Testbay Invented");
        var other = bot.Sandbox.AddPerson("Other Phone", "en");

        for (var guess = 0; guess < 5; guess++)
            Assert.Contains("a report with this number", (await RunningBot.SayAsync(other, "/status 1111 2222 3333 4444")).Text);
        Assert.Contains("a report with this number", (await RunningBot.SayAsync(other, $"/status {receipt}")).Text);
        Assert.Contains("being checked", (await RunningBot.SayAsync(bot.Sandbox.AddPerson("Third Phone", "en"), $"/status {receipt}")).Text);
    }

    [PostgresFact]
    public async Task In_a_group_gets_a_link_and_no_word_of_the_matter()
    {
        await using var bot = await RunningBot.StartAsync();
        var witness = await bot.AddAsync(Role.Reporter, "Witness");
        var group = bot.Sandbox.AddGroup("Neighbours", [witness]);

        foreach (var command in new[] { "/report they took Testbay", "/status 1111 2222 3333 4444", "/forget", "/add more" })
            Assert.Equal("Write to me privately", (await RunningBot.SayAsync(witness, group, command)).Text);
        Assert.Null(
            await bot.ActAsync(async session => await session.Reports.DraftOfAsync((await session.Addresses.FindAsync(witness.Address))!.Id)));
        Assert.Contains("What happened?", (await RunningBot.SayAsync(witness, "/start report")).Text);
    }

    [PostgresFact]
    public async Task Who_works_here_is_asked_whether_it_is_a_report()
    {
        await using var bot = await RunningBot.StartAsync();
        var advocate = await bot.AddAsync(Role.Advocate, "Dana");

        var offer = await RunningBot.SayAsync(advocate, "They took Testbay Invented");
        Assert.Contains("Is this a report?", offer.Text);
        offer = await RunningBot.SayAsync(advocate, "at the market");
        var asked = await RunningBot.PressAsync(advocate, offer, "Report this");

        Assert.Contains("There is NOBODY who can read it just now", asked.Text);
        Assert.Contains("Sent. Thank you", (await RunningBot.PressAsync(advocate, asked, "➤ That is all")).Text);
    }

    internal static async Task<string> SendAsync(SandboxPhone witness, string words)
    {
        var sent = await RunningBot.PressAsync(witness, await RunningBot.SayAsync(witness, words), "➤ That is all");
        return Number().Match(sent.Text).Value;
    }

    [GeneratedRegex(@"\d{4} \d{4} \d{4} \d{4}")]
    private static partial Regex Number();
}
