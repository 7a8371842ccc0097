using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>An advocate of a case knows what happened: they propose it, a coordinator puts it on file, and only then its clocks run.</summary>
public class An_advocate_proposes_a_fact
{
    [PostgresFact]
    public async Task It_starts_no_clock_until_a_coordinator_puts_it_on_file_and_counts_as_confirmed_then()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(advocate, file);

        var proposed = await ProposeAsync(advocate, file.Code.Text);
        await bot.SettleAsync();
        Assert.Contains("proposed to the coordinators: detention, 1 March 2026, 10:00", proposed.Text, StringComparison.Ordinal);
        var wanted = await coordinator.WaitForTextAsync("proposes a fact");
        Assert.DoesNotContain("Secret words", wanted.Text, StringComparison.Ordinal);
        Assert.Empty((await bot.ActAsync(session => session.Deadlines.OfAsync([file.Id])))[file.Id]);
        Assert.DoesNotContain("detention", (await RunningBot.SayAsync(advocate, "/case " + file.Code)).Text, StringComparison.Ordinal);
        Assert.Contains("Secret words", (await RunningBot.AnswerToAsync(coordinator, wanted, "Read all of it")).Text, StringComparison.Ordinal);

        Assert.Contains(
            "put on file: detention", (await RunningBot.PressAsync(coordinator, wanted, "Put it on file")).Text, StringComparison.Ordinal);
        await bot.SettleAsync();

        await advocate.WaitForTextAsync("new on file: detention");
        var one = Assert.Single((await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Events);
        Assert.NotNull(one.ConfirmedBy);
        Assert.NotEqual(one.RecordedBy, one.ConfirmedBy);
        Assert.Contains(
            (await bot.ActAsync(session => session.Deadlines.OfAsync([file.Id])))[file.Id], date => date.Deadline.RuleId == "KZ-DET-72H");
    }

    [PostgresFact]
    public async Task What_is_refused_leaves_no_trace_on_the_case_and_whoever_proposed_it_hears_of_it()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (first, second, advocate) = (
            await bot.AddAsync(Role.Coordinator, "First"), await bot.AddAsync(Role.Coordinator, "Second"), await bot.AddAsync(Role.Advocate));
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(advocate, file);
        await ProposeAsync(advocate, file.Code.Text);
        await bot.SettleAsync();

        await RunningBot.PressAsync(first, await first.WaitForTextAsync("proposes a fact"), "It is not so");
        await bot.SettleAsync();

        await advocate.WaitForTextAsync("did not put on file what you proposed");
        var late = await second.WaitForTextAsync("proposes a fact");
        Assert.StartsWith(
            "This was decided before you", await RunningBot.NoticeOfAsync(second, late, "Put it on file"), StringComparison.Ordinal);
        Assert.Empty((await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Events);
    }

    [PostgresFact]
    public async Task Whoever_does_not_follow_the_case_can_neither_propose_nor_decide()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, advocate, stranger) = (
            await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate), await bot.AddAsync(Role.Advocate, "Stranger"));
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(advocate, file);
        await ProposeAsync(advocate, file.Code.Text);
        await bot.SettleAsync();
        var accept = (await coordinator.WaitForTextAsync("proposes a fact")).AllButtons.Single(button => button.Text == "Put it on file").Data!;

        var own = await RunningBot.SayAsync(stranger, "/help");
        foreach (var data in new[] { "record:" + file.Code, accept })
        {
            Assert.StartsWith(
                "This is out of date", await stranger.PressData(own, data).Answer.WaitAsync(TimeSpan.FromSeconds(10)),
                StringComparison.Ordinal);
        }

        Assert.StartsWith(
            "I do not know this command", (await RunningBot.SayAsync(stranger, "/event " + file.Code)).Text, StringComparison.Ordinal);
        Assert.Empty((await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Events);
    }

    // Detention on 1 March at 10:00, with words for whoever decides; the other questions are passed over.
    private static async Task<SandboxMessage> ProposeAsync(SandboxPhone advocate, string code)
    {
        var step = await RunningBot.AnswerToAsync(advocate, await RunningBot.SayAsync(advocate, "/case " + code), "Propose a fact");
        Assert.NotEmpty(step.AllButtons);
        await RunningBot.SayAsync(advocate, "detention");
        step = await RunningBot.SayAsync(advocate, "2026-03-01 10:00");
        while (Labelled(step, ":go") is null)
        {
            step = step.Text.StartsWith("Who says so", StringComparison.Ordinal)
                ? await RunningBot.SayAsync(advocate, "Secret words")
                : await RunningBot.PressAsync(advocate, step, (Labelled(step, ":p.exact") ?? Labelled(step, ":skip"))!);
        }

        return await RunningBot.PressAsync(advocate, step, Labelled(step, ":go")!);
    }

    private static string? Labelled(SandboxMessage message, string data) =>
        message.AllButtons.FirstOrDefault(button => button.Data?.EndsWith(data, StringComparison.Ordinal) == true)?.Text;
}
