using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Incidents;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Subscribing;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class An_advocate_follows_a_case
{
    [PostgresFact]
    public async Task Its_alerts_come_and_its_details_open()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator, "Coordinator");
        var advocate = await bot.AddAsync(Role.Advocate, "Advocate", "ru");
        var file = await bot.OpenCaseAsync("Invented Person");

        Assert.Contains("Координатора спросили", (await RunningBot.SayAsync(advocate, "/subscribe " + file.Code)).Text, StringComparison.Ordinal);
        await bot.SettleAsync();
        var wanted = coordinator.Messages.Last(message => message.Text.Contains("wants to follow", StringComparison.Ordinal));
        Assert.Contains("не открыто", (await RunningBot.SayAsync(advocate, "/case " + file.Code)).Text, StringComparison.Ordinal);
        await RunningBot.PressAsync(coordinator, wanted, "✅ Agree");
        await advocate.WaitForTextAsync("Вы теперь следите");
        Assert.Contains("уже следите", (await RunningBot.SayAsync(advocate, "/subscribe " + file.Code)).Text, StringComparison.Ordinal);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");

        var alert = await advocate.WaitForTextAsync("новое в деле");
        await bot.SettleAsync();
        var page = await RunningBot.AnswerToAsync(advocate, alert, "Подробнее");
        Assert.Contains("Invented Person", page.Text, StringComparison.Ordinal);
        Assert.Contains("За делом следят: ", page.Text, StringComparison.Ordinal);
        Assert.Contains(page.Entities, entity => entity.Type == "spoiler");

        var cases = await RunningBot.SayAsync(advocate, "/cases");
        Assert.Contains($"• {file.Code} · открыто · 3 марта 2026", cases.Text, StringComparison.Ordinal);
        var next = await RunningBot.SayAsync(advocate, "/next");
        Assert.Contains($"{file.Code}, срок освобождения", next.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Invented", cases.Text + next.Text, StringComparison.Ordinal);

        Assert.Contains("больше не следите", (await RunningBot.SayAsync(advocate, "/unsubscribe " + file.Code)).Text, StringComparison.Ordinal);
        Assert.Contains("не открыто", (await RunningBot.SayAsync(advocate, "/case " + file.Code)).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_case_of_others_is_to_them_as_one_that_does_not_exist()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var advocate = await bot.AddAsync(Role.Advocate);
        var file = await bot.OpenCaseAsync();
        await RunningBot.SayAsync(coordinator, "/subscribe " + file.Code);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");
        var alert = await coordinator.WaitForTextAsync("new on file");

        Assert.Equal(
            (await RunningBot.SayAsync(advocate, "/case K-2222")).Text.Replace("K-2222", file.Code.Text, StringComparison.Ordinal),
            (await RunningBot.SayAsync(advocate, "/case " + file.Code)).Text);
        Assert.Equal(
            (await RunningBot.SayAsync(advocate, "/unsubscribe K-2222")).Text.Replace("K-2222", file.Code.Text, StringComparison.Ordinal),
            (await RunningBot.SayAsync(advocate, "/unsubscribe " + file.Code)).Text);

        // Forged presses: the answer never reveals whether the named thing exists.
        var own = await RunningBot.SayAsync(advocate, "/help");
        var confirm = alert.AllButtons.Single(button => button.Data!.StartsWith("confirm:", StringComparison.Ordinal)).Data!;
        Assert.Equal(
            await advocate.PressData(own, "confirm:" + Guid.NewGuid().ToString("N")).Answer.WaitAsync(TimeSpan.FromSeconds(10)),
            await advocate.PressData(own, confirm).Answer.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [PostgresFact]
    public async Task Whoever_tries_many_codes_is_not_even_listened_to()
    {
        await using var bot = await RunningBot.StartAsync();
        var advocate = await bot.AddAsync(Role.Advocate);
        var file = await bot.OpenCaseAsync();
        for (var guess = 0; guess < Subscribe.MostWrongCodes; guess++)
            await RunningBot.SayAsync(advocate, "/subscribe K-2222");

        Assert.StartsWith("There is no case", (await RunningBot.SayAsync(advocate, "/subscribe " + file.Code)).Text, StringComparison.Ordinal);
        bot.Clock.Advance(Duration.FromMinutes(61));
        Assert.StartsWith("A coordinator is asked", (await RunningBot.SayAsync(advocate, "/subscribe " + file.Code)).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Whoever_only_knows_the_code_reads_what_groups_read_until_a_coordinator_agrees()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        var curious = await night.Bot.AddAsync(Role.Advocate, "Curious");
        await RunningBot.SayAsync(curious, $"/subscribe {night.Case.Code}");
        await night.Bot.SettleAsync();
        // The followers and the coordinators are told.
        Assert.Contains("wants to follow", night.Advocate.Messages[^1].Text, StringComparison.Ordinal);
        var page = await RunningBot.SayAsync(night.Coordinator, $"/case {night.Case.Code}");
        Assert.Contains("waits for a coordinator", page.Text, StringComparison.Ordinal);

        await night.ReportAsync();
        await night.PressAsync(night.Coordinator, "Verify & alert");

        Assert.NotEmpty(night.CardsOf(curious));
        Assert.DoesNotContain(curious.Messages, message => message.Text.Contains("Testbay", StringComparison.Ordinal));
        Assert.Equal("This is for people who follow this case.", await night.PressAsync(curious, "I'm on it"));

        var wanted = night.Coordinator.Messages.Last(message => message.Text.Contains("wants to follow", StringComparison.Ordinal));
        await RunningBot.PressAsync(night.Coordinator, wanted, "✅ Agree");
        await night.Bot.SettleAsync();
        Assert.Contains("Testbay", (await RunningBot.SayAsync(curious, $"/case {night.Case.Code}")).Text, StringComparison.Ordinal);
        Assert.Equal("You have it now. Thank you.", await night.PressAsync(curious, "I'm on it"));
    }
}
