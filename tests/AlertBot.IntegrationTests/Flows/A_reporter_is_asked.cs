using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Tests.Support;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Reports;

namespace AlertBot.IntegrationTests.Flows;

public class A_reporter_is_asked
{
    private const string Answers = "the reporter answers";

    [PostgresFact]
    public async Task Not_now_lets_them_say_something_else_first()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, reporter) = (await bot.AddAsync(Role.Coordinator), await ReportAsync(bot, "Nobodybay Unknown"));
        var question = await AskAsync(coordinator, reporter, "new report");

        var request = await RunningBot.AnswerToAsync(reporter, question, "Answer");
        Assert.Contains("choose “Answer” under the question", (await RunningBot.PressAsync(reporter, request, "Not now")).Text);
        await RunningBot.SayAsync(reporter, "they have come back to the house");
        await bot.SettleAsync();
        Assert.DoesNotContain(coordinator.Messages, message => message.Text.Contains(Answers, StringComparison.Ordinal));

        await RunningBot.AnswerToAsync(reporter, question, "Answer");
        await RunningBot.SayAsync(reporter, "No uniforms at all");
        Assert.Contains("No uniforms at all", (await coordinator.WaitForTextAsync(Answers)).Text);
    }

    [PostgresFact]
    public async Task A_photo_is_an_answer_and_stays_with_the_report()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, reporter) = (await bot.AddAsync(Role.Coordinator), await ReportAsync(bot, "Nobodybay Unknown"));
        var question = await AskAsync(coordinator, reporter, "new report");

        await RunningBot.AnswerToAsync(reporter, question, "Answer");
        reporter.SendPhoto(SamplePictures.JpegWithPlace());

        Assert.Contains("📎", (await coordinator.WaitForTextAsync(Answers)).Text);
        await reporter.WaitForTextAsync("It was passed on");
        Assert.Equal(1, await bot.ActAsync(async session => await session.Incidents.FilesAsync((await session.Incidents.OpenAsync())[0].Id)));
    }

    [PostgresFact]
    public async Task The_answer_reaches_whoever_asked_after_the_incident_was_merged_into_another()
    {
        await using var bot = await RunningBot.StartAsync();
        var (asker, other) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Coordinator));
        var reporter = await ReportAsync(bot, "Nobodybay Unknown");
        var question = await AskAsync(asker, reporter, "new report");
        await ReportAsync(bot, "Somebodyali Else");
        var kept = await MergeAsync(bot);

        await RunningBot.AnswerToAsync(reporter, question, "Answer");
        await RunningBot.SayAsync(reporter, "No uniforms at all");

        var answer = await asker.WaitForTextAsync(Answers);
        Assert.Contains(kept.Code.Text, answer.Text);
        Assert.Contains("No uniforms at all", answer.Text);
        await bot.SettleAsync();
        Assert.DoesNotContain(other.Messages, message => message.Text.Contains(Answers, StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Where_whoever_asked_is_gone_all_coordinators_get_the_answer()
    {
        await using var bot = await RunningBot.StartAsync();
        var (asker, other) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Coordinator));
        var reporter = await ReportAsync(bot, "Nobodybay Unknown");
        var question = await AskAsync(asker, reporter, "new report");
        await RunningBot.SayAsync(asker, "/stop");

        await RunningBot.AnswerToAsync(reporter, question, "Answer");
        await RunningBot.SayAsync(reporter, "No uniforms at all");

        Assert.Contains("No uniforms at all", (await other.WaitForTextAsync(Answers)).Text);
    }

    /// <summary>A coordinator asks, and the question reaches the reporter.</summary>
    private static async Task<SandboxMessage> AskAsync(SandboxPhone coordinator, SandboxPhone reporter, string card)
    {
        await RunningBot.AnswerToAsync(coordinator, await coordinator.WaitForTextAsync(card), "Ask reporter");
        await RunningBot.SayAsync(coordinator, "Was it police?");
        return await reporter.WaitForTextAsync("Was it police?");
    }

    /// <summary>Merges the first open incident into the second.</summary>
    private static Task<Incident> MergeAsync(RunningBot bot) => bot.ActAsync(async session =>
    {
        var open = await session.Incidents.OpenAsync();
        await bot.Get<RetractIncident>().DuplicateAsync(session.As(Actor.Operator), open[0].Id, open[1].Id);
        return open[1];
    });

    private static async Task<SandboxPhone> ReportAsync(RunningBot bot, string who)
    {
        var phone = await bot.AddAsync(Role.Reporter, "Witness");
        await bot.ActAsync(async session =>
        {
            var content = new ReportContent { Who = who, Kind = ReportKind.Arrested, Words = ["they took him"] };
            var id = await session.Reports.BeginAsync((await session.Addresses.FindAsync(phone.Address))!.Id, "en", content);
            return await bot.Get<SendReport>().RunAsync(session, (await session.Reports.FindAsync(id))!, isIncomplete: false, CancellationToken.None);
        });
        return phone;
    }
}
