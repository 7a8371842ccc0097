using AlertBot.Domain.Alerts;
using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class A_date_is_followed_up
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 4, 0);

    [PostgresFact]
    public async Task Whoever_follows_a_date_up_is_asked_first_then_the_others_then_coordinators()
    {
        await using var bot = await RunningBot.StartAsync(Start);
        var (coordinator, first, second, _) = await HearingAsync(bot);
        var reminder = await first.WaitForTextAsync("hearing or interview, 1 day left");
        var other = await second.WaitForTextAsync("hearing or interview, 1 day left");

        var card = await RunningBot.PressAsync(first, reminder, "I follow this up");

        Assert.Contains("Followed up by: advocate", card.Text, StringComparison.Ordinal);
        await second.WaitForMessageAsync(
            message => message.Id == other.Id && message.Text.Contains("Followed up by", StringComparison.Ordinal));
        Assert.Contains("hearing or interview", (await RunningBot.SayAsync(first, "/mine")).Text, StringComparison.Ordinal);

        await bot.PassAsync(Duration.FromDays(2));
        await first.WaitForTextAsync("What happened?");
        await bot.SettleAsync();
        Assert.DoesNotContain(second.Messages, IsQuestion);

        await bot.PassAsync(Duration.FromHours(7));
        await second.WaitForMessageAsync(IsUnanswered);
        Assert.DoesNotContain(coordinator.Messages, IsQuestion);

        await bot.PassAsync(Duration.FromHours(18));
        await coordinator.WaitForMessageAsync(IsUnanswered);
    }

    [PostgresFact]
    public async Task A_hearing_of_which_nobody_tells_goes_to_coordinators_and_an_answer_ends_that()
    {
        await using var bot = await RunningBot.StartAsync(Start);
        var (coordinator, first, _, _) = await HearingAsync(bot);
        await bot.PassAsync(Duration.FromDays(2));
        var asked = await first.WaitForTextAsync("What happened?");
        await bot.SettleAsync();
        Assert.DoesNotContain(coordinator.Messages, IsQuestion);

        await RunningBot.PressAsync(first, asked, "Don't know");
        await bot.PassAsync(Duration.FromHours(30));
        await bot.SettleAsync();
        Assert.DoesNotContain(coordinator.Messages, IsQuestion);

        // Asked again, and unanswered this time.
        await bot.PassAsync(Duration.FromDays(2));
        await bot.PassAsync(Duration.FromHours(25));
        await coordinator.WaitForMessageAsync(IsQuestion);
    }

    [PostgresFact]
    public async Task A_date_that_is_put_off_comes_again_and_never_rests_over_its_last_day()
    {
        await using var bot = await RunningBot.StartAsync(Start);
        var (_, first, second, _) = await HearingAsync(bot, day: "2026-03-25", pass: Duration.FromDays(16));
        var reminder = await first.WaitForTextAsync("hearing or interview, 7 days left");

        var choice = await RunningBot.PressAsync(first, reminder, "Later");
        var rests = await RunningBot.PressAsync(first, choice, "In 1 day");

        Assert.Contains("I write of it again on Thursday, 19 March 2026", rests.Text, StringComparison.Ordinal);
        var before = Count(first);
        await bot.PassAsync(Duration.FromHours(20));
        await bot.SettleAsync();
        Assert.Equal(before, Count(first));
        await bot.PassAsync(Duration.FromHours(5));
        var again = await first.WaitForTextAsync("hearing or interview, 6 days left");
        await second.WaitForTextAsync("hearing or interview, 6 days left");

        choice = await RunningBot.PressAsync(first, again, "Later");
        await RunningBot.AnswerToAsync(first, choice, "Another day …");
        var cut = await RunningBot.SayAsync(first, "2026-03-31");
        Assert.Contains("I write of it again on Wednesday, 25 March 2026", cut.Text, StringComparison.Ordinal);
        await bot.PassAsync(Instant.FromUtc(2026, 3, 25, 3, 1) - bot.Clock.Now);
        await first.WaitForTextAsync("hearing or interview, today");
    }

    [PostgresFact]
    public async Task Somebody_who_does_not_follow_the_case_takes_no_date_in_hand()
    {
        await using var bot = await RunningBot.StartAsync(Start);
        var (_, first, _, file) = await HearingAsync(bot);
        var stranger = await bot.AddAsync(Role.Advocate, "Stranger");
        var reminder = await first.WaitForTextAsync("hearing or interview, 1 day left");
        var data = reminder.AllButtons.First(button => button.Text == "I follow this up").Data!;
        var message = await RunningBot.SayAsync(stranger, "/help");

        var notice = await stranger.PressData(message, data).Answer.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.StartsWith("This date is over, or you do not follow", notice, StringComparison.Ordinal);
        Assert.DoesNotContain(
            (await bot.ActAsync(session => session.Deadlines.OfAsync([file.Id])))[file.Id], one => one.FollowUp.By is not null);
    }

    [PostgresFact]
    public async Task A_question_for_which_there_is_nobody_is_kept_for_the_first_who_comes()
    {
        await using var bot = await RunningBot.StartAsync(Start);
        var file = await bot.OpenCaseAsync();
        await bot.ActAsync(session => bot.Get<Workflows.Cases.RecordEvent>().RunAsync(
            session.As(Actor.Operator), file.Id,
            new CaseEvent(EventId.New(), EventKinds.Find("hearing_set")!.Value, Day("2026-03-02", file)) { Sets = Day("2026-03-03", file) }));

        await bot.PassAsync(Duration.FromDays(3));

        Assert.NotEmpty(await bot.ActAsync(session => session.Alerts.OfAsync([file.Id], [AlertKind.DeadlineQuestion], Start)));
    }

    private static bool IsQuestion(SandboxMessage message) => message.Text.Contains("What happened?", StringComparison.Ordinal);

    private static bool IsUnanswered(SandboxMessage message) =>
        IsQuestion(message) && message.Text.Contains("Nobody has answered", StringComparison.Ordinal);

    private static int Count(SandboxPhone phone) =>
        phone.Messages.Count(message => message.Text.Contains("hearing or interview", StringComparison.Ordinal));

    private static async Task<(SandboxPhone Coordinator, SandboxPhone First, SandboxPhone Second, CaseFile File)> HearingAsync(
        RunningBot bot, string day = "2026-03-05", Duration? pass = null)
    {
        var coordinator = await bot.AddAsync(Role.Coordinator, "Coordinator");
        var first = await bot.AddAsync(Role.Advocate, "First");
        var second = await bot.AddAsync(Role.Advocate, "Second");
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(first, file);
        await bot.FollowAsync(second, file);
        await bot.ActAsync(session => bot.Get<Workflows.Cases.RecordEvent>().RunAsync(
            session.As(Actor.Operator), file.Id,
            new CaseEvent(EventId.New(), EventKinds.Find("hearing_set")!.Value, Day("2026-03-02", file)) { Sets = Day(day, file) }));
        await bot.PassAsync((pass ?? Duration.FromDays(2)) + Duration.FromHours(1));
        await bot.SettleAsync();
        return (coordinator, first, second, file);
    }

    private static Domain.Time.When Day(string day, CaseFile file) => Domain.Time.WhenText.Read(day, file.Zone)!;
}
