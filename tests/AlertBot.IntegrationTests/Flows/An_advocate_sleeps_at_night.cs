using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Workflows.Alerting;
using AlertBot.Workflows.Texts;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class An_advocate_sleeps_at_night
{
    // Nine in the evening in Almaty.
    private static readonly Instant Evening = Instant.FromUtc(2026, 3, 2, 16, 0);

    [PostgresFact]
    public async Task What_can_wait_comes_in_the_morning_and_what_is_urgent_at_once()
    {
        await using var bot = await RunningBot.StartAsync(Evening);
        var advocate = await bot.AddAsync(Role.Advocate);
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(advocate, file);

        var asked = await RunningBot.SayAsync(advocate, "/quiet 22:00-08:00");
        Assert.Contains("Which time zone are you in", asked.Text, StringComparison.Ordinal);
        Assert.Contains("time of Almaty", (await RunningBot.PressAsync(advocate, asked, "Almaty")).Text, StringComparison.Ordinal);
        bot.Clock.Advance(Duration.FromHours(2));

        await TellAsync(bot, file, Severity.Notice, "a notice");
        await TellAsync(bot, file, Severity.Urgent, "something urgent");
        await TellAsync(bot, file, Severity.Critical, "something critical");
        await advocate.WaitForTextAsync("something urgent");
        await advocate.WaitForTextAsync("something critical");
        Assert.DoesNotContain(advocate.Messages, message => message.Text.Contains("a notice", StringComparison.Ordinal));

        // It waits until the morning, and not a moment less.
        bot.Clock.Advance(Duration.FromHours(9) - Duration.FromSeconds(1));
        await RunningBot.SayAsync(advocate, "/help");
        Assert.DoesNotContain(advocate.Messages, message => message.Text.Contains("a notice", StringComparison.Ordinal));
        bot.Clock.Advance(Duration.FromSeconds(1));
        bot.Get<Wakeups>().Raise(Wakeups.Outbox);
        await advocate.WaitForTextAsync("a notice");
    }

    [PostgresFact]
    public async Task Hours_and_place_are_typed_as_people_type_them_and_ended_by_a_word()
    {
        await using var bot = await RunningBot.StartAsync(Evening);
        var advocate = await bot.AddAsync(Role.Advocate, language: "ru");

        await RunningBot.SayAsync(advocate, "/quiet");
        Assert.Contains("Я не понимаю", (await RunningBot.SayAsync(advocate, "ночью")).Text, StringComparison.Ordinal);
        Assert.Contains("по времени города Алматы", (await RunningBot.SayAsync(advocate, "Алматы")).Text, StringComparison.Ordinal);
        Assert.Contains("С 23:00 до 07:30", (await RunningBot.SayAsync(advocate, "/quiet 23-7.30")).Text, StringComparison.Ordinal);
        Assert.Contains("Тихих часов нет", (await RunningBot.SayAsync(advocate, "/quiet off")).Text, StringComparison.Ordinal);
        await TellAsync(bot, await FollowedAsync(bot, advocate), Severity.Notice, "сразу");
        await advocate.WaitForTextAsync("сразу");
    }

    [PostgresFact]
    public async Task What_is_held_back_comes_at_once_when_quiet_hours_end_by_a_word_and_later_when_they_grow()
    {
        await using var bot = await RunningBot.StartAsync(Evening);
        var (early, late) = (await bot.AddAsync(Role.Advocate), await bot.AddAsync(Role.Advocate));
        var file = await FollowedAsync(bot, early);
        await bot.FollowAsync(late, file);
        foreach (var advocate in new[] { early, late })
        {
            await RunningBot.SayAsync(advocate, "/quiet Almaty");
            await RunningBot.SayAsync(advocate, "/quiet 20:00-08:00");
        }

        await TellAsync(bot, file, Severity.Notice, "a notice");
        await RunningBot.SayAsync(early, "/help");
        Assert.DoesNotContain(early.Messages, message => message.Text.Contains("a notice", StringComparison.Ordinal));

        await RunningBot.SayAsync(early, "/quiet off");
        await early.WaitForTextAsync("a notice");

        await RunningBot.SayAsync(late, "/quiet 20:00-10:00");
        bot.Clock.Advance(Duration.FromHours(11));
        await RunningBot.SayAsync(late, "/help");
        Assert.DoesNotContain(late.Messages, message => message.Text.Contains("a notice", StringComparison.Ordinal));
        bot.Clock.Advance(Duration.FromHours(2));
        bot.Get<Wakeups>().Raise(Wakeups.Outbox);
        await late.WaitForTextAsync("a notice");
    }

    [PostgresFact]
    public async Task A_summary_comes_once_a_day_and_holds_what_was_only_worth_knowing()
    {
        await using var bot = await RunningBot.StartAsync(Evening);
        var coordinator = await bot.AddAsync(Role.Coordinator, "Coordinator");
        var advocate = await bot.AddAsync(Role.Advocate);
        var file = await FollowedAsync(bot, advocate);
        await RunningBot.SayAsync(advocate, "/quiet Almaty");

        var chosen = await RunningBot.SayAsync(advocate, "/digest");
        Assert.Contains(
            "every morning at 9 (time of Almaty)", (await RunningBot.PressAsync(advocate, chosen, "Every morning")).Text, StringComparison.Ordinal);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");
        await TellAsync(bot, file, Severity.Info, "only worth knowing");
        await advocate.WaitForTextAsync("new on file");
        Assert.DoesNotContain(advocate.Messages, message => message.Text.Contains("only worth knowing", StringComparison.Ordinal));

        await RunJobAsync(bot);
        bot.Clock.Advance(Duration.FromHours(12));
        await Task.WhenAll(RunJobAsync(bot), RunJobAsync(bot));
        await RunJobAsync(bot);
        var summary = await advocate.WaitForTextAsync("Your summary");
        Assert.Contains("only worth knowing", summary.Text, StringComparison.Ordinal);
        Assert.Contains($"{file.Code}: new on file", summary.Text, StringComparison.Ordinal);
        Assert.Contains($"{file.Code}, release due", summary.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Invented", summary.Text, StringComparison.Ordinal);
        await bot.SettleAsync();
        Assert.Single(advocate.Messages, message => message.Text.Contains("Your summary", StringComparison.Ordinal));

        // After three days of downtime one digest comes, without the contents of the one before.
        bot.Clock.Advance(Duration.FromDays(3));
        await RunJobAsync(bot);
        await bot.SettleAsync();
        var later = advocate.Messages.Where(message => message.Text.Contains("Your summary", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, later.Count);
        Assert.DoesNotContain("only worth knowing", later[^1].Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Nothing_to_say_is_not_said_and_what_waits_is_told_when_summaries_end()
    {
        await using var bot = await RunningBot.StartAsync(Evening);
        var advocate = await bot.AddAsync(Role.Advocate);
        var file = await FollowedAsync(bot, advocate);
        await RunningBot.SayAsync(advocate, "/digest weekly");

        bot.Clock.Advance(Duration.FromDays(7));
        await RunJobAsync(bot);
        await bot.SettleAsync();
        Assert.DoesNotContain(advocate.Messages, message => message.Text.Contains("Your summary", StringComparison.Ordinal));

        await TellAsync(bot, file, Severity.Info, "only worth knowing");
        var ended = await RunningBot.SayAsync(advocate, "/digest off");
        Assert.Contains("only worth knowing", ended.Text, StringComparison.Ordinal);
    }

    private static async Task<CaseFile> FollowedAsync(RunningBot bot, Sandbox.SandboxPhone advocate)
    {
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(advocate, file);
        return file;
    }

    private static async Task RunJobAsync(RunningBot bot)
    {
        await bot.Get<DigestJob>().RunAsync(CancellationToken.None);
        bot.Get<Wakeups>().Raise(Wakeups.Outbox);
    }

    private static Task<bool> TellAsync(RunningBot bot, CaseFile file, Severity severity, string text) => bot.ActAsync(async session =>
    {
        var recipients = await Recipients.OfAsync(session, [file.Id]);
        return await bot.Get<Alerts>().RaiseAsync(
            session,
            new AlertDraft(file.Id, new AlertKind("notice"), severity, "test:" + text,
                new Line("alert.manual", ("code", file.Code.Text), ("text", text))), recipients(file.Id));
    });
}
