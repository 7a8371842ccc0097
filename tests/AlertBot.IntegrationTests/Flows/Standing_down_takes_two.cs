using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>Standing down is reported by one person and confirmed by another. Until then every clock goes on.</summary>
public class Standing_down_takes_two
{
    [PostgresFact]
    public async Task A_release_told_by_one_person_stands_beside_the_clocks_until_another_confirms_it()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, second, advocate, file) = await HeldAsync(bot);

        await RunningBot.SayAsync(coordinator, $"/event {file.Code} release 2026-03-02 10:00");
        await bot.SettleAsync();

        var told = await advocate.WaitForTextAsync("new on file: release");
        Assert.Contains("One person reports this", told.Text, StringComparison.Ordinal);
        Assert.Contains("KZ-PROV-40D", told.Text, StringComparison.Ordinal);
        Assert.True(await RunsAsync(bot, file, "KZ-PROV-40D"));
        var page = await RunningBot.SayAsync(second, "/case " + file.Code);
        Assert.Contains("every date goes on until a second confirms it", page.Text, StringComparison.Ordinal);
        Assert.Equal(CaseStatus.Open, (await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Status);

        var own = await coordinator.WaitForTextAsync("new on file: release");
        Assert.StartsWith(
            "You recorded this date yourself", await RunningBot.NoticeOfAsync(coordinator, own, "Confirm the date"), StringComparison.Ordinal);
        await RunningBot.PressAsync(
            second, page, page.AllButtons.Last(button => button.Data!.StartsWith("confirm:", StringComparison.Ordinal)).Data!);
        await bot.SettleAsync();

        await advocate.WaitForTextAsync("confirmed by a second person: release");
        Assert.False(await RunsAsync(bot, file, "KZ-PROV-40D"));
        Assert.Equal(CaseStatus.Watch, (await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Status);
    }

    [PostgresFact]
    public async Task Two_people_who_tell_of_the_same_release_confirm_each_other()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, second, _, file) = await HeldAsync(bot);

        await RunningBot.SayAsync(coordinator, $"/event {file.Code} release 2026-03-02 10:00");
        await bot.SettleAsync();
        await RunningBot.SayAsync(second, $"/event {file.Code} release 2026-03-02");
        await bot.SettleAsync();

        Assert.False(await RunsAsync(bot, file, "KZ-PROV-40D"));
    }

    [PostgresFact]
    public async Task The_button_asks_once_more_and_what_it_filed_can_be_taken_back()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (_, _, advocate, file) = await HeldAsync(bot);
        await bot.PassAsync(Instant.FromUtc(2026, 3, 4, 6, 5) - bot.Clock.Now);
        await bot.SettleAsync();
        var question = await advocate.WaitForTextAsync("What happened?");

        var sure = await RunningBot.AnswerToAsync(advocate, question, "Released");
        Assert.Contains("Is it certain?", sure.Text, StringComparison.Ordinal);
        Assert.Contains("people: 3", sure.Text, StringComparison.Ordinal);
        Assert.Single(await EventsAsync(bot, file));

        var filed = await RunningBot.PressAsync(advocate, sure, "Yes, put it on file");
        await bot.SettleAsync();
        Assert.Equal(["detention_start", "release"], (await EventsAsync(bot, file)).Select(one => one.Kind.Code));
        Assert.True(await RunsAsync(bot, file, "KZ-PROV-40D"));

        var back = await RunningBot.PressAsync(advocate, filed, "Take it back");
        await bot.SettleAsync();
        Assert.Contains("taken back: release", back.Text, StringComparison.Ordinal);
        Assert.True((await EventsAsync(bot, file))[1].IsWithdrawn);
    }

    [PostgresFact]
    public async Task Whoever_says_no_files_nothing()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (_, _, advocate, file) = await HeldAsync(bot);
        await bot.PassAsync(Instant.FromUtc(2026, 3, 4, 6, 5) - bot.Clock.Now);
        await bot.SettleAsync();

        var all = await RunningBot.PressAsync(advocate, await advocate.WaitForTextAsync("What happened?"), "⋯ More");
        var sure = await RunningBot.AnswerToAsync(advocate, all, "Extradited");
        await RunningBot.PressAsync(advocate, sure, "No");

        Assert.Single(await EventsAsync(bot, file));
    }

    private static async Task<(SandboxPhone Coordinator, SandboxPhone Second, SandboxPhone Advocate, CaseFile File)> HeldAsync(RunningBot bot)
    {
        var coordinator = await bot.AddAsync(Role.Coordinator, "Coordinator");
        var second = await bot.AddAsync(Role.Coordinator, "Second");
        var advocate = await bot.AddAsync(Role.Advocate, "Advocate");
        var file = await bot.OpenCaseAsync();
        foreach (var phone in new[] { coordinator, second })
            await RunningBot.SayAsync(phone, "/subscribe " + file.Code);
        await bot.FollowAsync(advocate, file);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");
        await bot.SettleAsync();
        return (coordinator, second, advocate, file);
    }

    private static async Task<bool> RunsAsync(RunningBot bot, CaseFile file, string rule) =>
        (await bot.ActAsync(session => session.Deadlines.OfAsync([file.Id])))[file.Id]
        .Any(one => one.Deadline.RuleId == rule && one.Deadline.IsOpen);

    private static async Task<IReadOnlyList<CaseEvent>> EventsAsync(RunningBot bot, CaseFile file) =>
        (await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Events;
}
