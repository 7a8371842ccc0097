using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>What was closed can be opened again: its clocks run on, and those of later facts begin.</summary>
public class A_case_is_opened_again
{
    [PostgresFact]
    public async Task Closed_by_two_and_opened_again_by_one_its_clocks_run_on()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (first, second) = (await bot.AddAsync(Role.Coordinator, "First"), await bot.AddAsync(Role.Coordinator, "Second"));
        var file = await bot.OpenCaseAsync();
        await SayAsync(bot, first, $"/event {file.Code} detention_start 2026-03-01 10:00");
        await SayAsync(bot, first, $"/event {file.Code} case_closed 2026-03-02");
        Assert.Equal(CaseStatus.Open, await StatusAsync(bot, file));
        await SayAsync(bot, second, $"/event {file.Code} case_closed 2026-03-02");
        Assert.Equal(CaseStatus.Closed, await StatusAsync(bot, file));
        Assert.DoesNotContain(await OpenAsync(bot, file), _ => true);

        bot.Clock.Advance(Duration.FromDays(3));
        await SayAsync(bot, first, $"/event {file.Code} case_reopened 2026-03-05");
        Assert.Equal(CaseStatus.Open, await StatusAsync(bot, file));

        await SayAsync(bot, first, $"/event {file.Code} rearrest 2026-03-05 12:00");
        Assert.Contains(await OpenAsync(bot, file), key => key.StartsWith("KZ-PROV-40D:", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task That_somebody_is_still_held_ends_the_question_of_a_passed_limit_and_no_longer_clock()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync();
        await SayAsync(bot, coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");
        await bot.PassAsync(Duration.FromDays(4));
        Assert.Contains(await OpenAsync(bot, file), key => key.StartsWith("KZ-DET-72H:", StringComparison.Ordinal));

        await SayAsync(bot, coordinator, $"/event {file.Code} still_held 2026-03-06");

        var open = await OpenAsync(bot, file);
        Assert.DoesNotContain(open, key => key.StartsWith("KZ-DET-72H:", StringComparison.Ordinal));
        Assert.Contains(open, key => key.StartsWith("KZ-PROV-40D:", StringComparison.Ordinal));
    }

    private static async Task SayAsync(RunningBot bot, Sandbox.SandboxPhone phone, string text)
    {
        await RunningBot.SayAsync(phone, text);
        await bot.SettleAsync();
    }

    private static async Task<CaseStatus> StatusAsync(RunningBot bot, CaseFile file) =>
        (await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Status;

    private static async Task<List<string>> OpenAsync(RunningBot bot, CaseFile file) =>
        (await bot.ActAsync(session => session.Deadlines.OfAsync([file.Id])))[file.Id].Select(one => one.Deadline)
        .Where(one => one.IsOpen).Select(one => one.Key).ToList();
}
