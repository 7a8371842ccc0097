using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Reports;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class Triage_keeps_to_what_is_so
{
    private const string Name = "Testbay Invented";
    private const string Stranger = "Nobodybay Unknown";

    [PostgresFact]
    public async Task Reports_of_one_person_at_the_same_moment_make_one_incident()
    {
        await using var bot = await RunningBot.StartAsync();
        await bot.AddAsync(Role.Coordinator);
        await bot.OpenCaseAsync(Name);
        var phones = new List<SandboxPhone>();
        for (var at = 0; at < 6; at++)
            phones.Add(await bot.AddAsync(Role.Reporter, "Witness"));

        await Task.WhenAll(phones.Select(phone => ReportAsync(bot, Name, phone: phone)));

        Assert.Single(await OpenAsync(bot));
    }

    [PostgresFact]
    public async Task A_summons_that_nobody_verified_is_no_alarm_for_having_waited()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        await FollowedAsync(bot, Name, advocate);
        await ReportAsync(bot, Name, ReportKind.Summoned, "he must come to the police on Monday");
        await ReportAsync(bot, Name, ReportKind.Summoned, "a paper came that calls him to an interview");
        await coordinator.WaitForTextAsync("new report");

        bot.Clock.Advance(Duration.FromMinutes(31));
        await bot.Get<IncidentVerifyJob>().RunAsync(CancellationToken.None);

        Assert.False(Assert.Single(await OpenAsync(bot)).IsToldFully);
    }

    [PostgresFact]
    public async Task Whoever_tells_of_a_release_does_not_confirm_the_arrest()
    {
        await using var bot = await RunningBot.StartAsync();
        var (_, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        await FollowedAsync(bot, Name, advocate);
        await ReportAsync(bot, Name, words: "two men took him from his home before my eyes");
        await ReportAsync(bot, Name, ReportKind.Released, "he is at home again and drinks tea with us");

        Assert.False(Assert.Single(await OpenAsync(bot)).IsToldFully);
    }

    [PostgresFact]
    public async Task Of_two_who_attach_it_to_two_people_the_first_one_wins()
    {
        await using var bot = await RunningBot.StartAsync();
        var (one, other) = (await bot.OpenCaseAsync("Firstbay Imagined"), await bot.OpenCaseAsync("Secondali Devised"));
        await ReportAsync(bot, Stranger);
        var incident = Assert.Single(await OpenAsync(bot));
        var attach = bot.Get<AttachIncident>();

        var outcomes = await Task.WhenAll(new[] { one, other }.Select(file => bot.ActAsync(session =>
            attach.RunAsync(session.As(Actor.Operator), incident.Id, file.Code))));

        Assert.Equal([TriageOutcome.Done, TriageOutcome.DoneBefore], outcomes.Order());
    }

    [PostgresFact]
    public async Task What_was_verified_before_it_was_attached_reaches_the_circle_in_full_and_says_why()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        var file = await FollowedAsync(bot, "Otherali Devised", advocate);
        await ReportAsync(bot, Stranger);
        var card = await coordinator.WaitForTextAsync("new report");
        await RunningBot.NoticeOfAsync(coordinator, card, "Verify & alert");

        var incident = Assert.Single(await OpenAsync(bot));
        await bot.ActAsync(session => bot.Get<AttachIncident>().RunAsync(session.As(Actor.Operator), incident.Id, file.Code));

        var told = await advocate.WaitForMessageAsync(message => message.Text.StartsWith("🔴", StringComparison.Ordinal));
        Assert.Contains("verified by a coordinator", told.Text);
    }

    [PostgresFact]
    public async Task A_duplicate_gives_its_person_to_the_one_that_is_kept_and_never_ends_in_one_that_is_over()
    {
        await using var bot = await RunningBot.StartAsync();
        var (_, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        var file = await FollowedAsync(bot, Name, advocate);
        await ReportAsync(bot, Stranger);
        await ReportAsync(bot, Name);
        await ReportAsync(bot, "Thirdali Madeup");
        var open = await OpenAsync(bot);
        var (unknown, known, third) = (open[0], open[1], open[2]);
        var retract = bot.Get<RetractIncident>();

        Assert.Equal(TriageOutcome.Done, await bot.ActAsync(session => retract.DuplicateAsync(session.As(Actor.Operator), known.Id, unknown.Id)));
        Assert.Equal(TriageOutcome.Closed, await bot.ActAsync(session => retract.DuplicateAsync(session.As(Actor.Operator), third.Id, known.Id)));

        Assert.Equal(file.Id, (await OpenAsync(bot))[0].Case);
        await advocate.WaitForMessageAsync(message => message.Text.Contains(unknown.Code.Text, StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task A_new_card_is_not_changed_by_the_report_that_wrote_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        await FollowedAsync(bot, Name, advocate);
        await ReportAsync(bot, Name);
        await bot.SettleAsync();

        Assert.Contains(advocate.Messages, message => message.Text.Contains("UNVERIFIED", StringComparison.Ordinal));
        Assert.DoesNotContain(
            bot.Sandbox.Calls, call => call.Method == "editmessagetext" && (call.ChatId == advocate.Id || call.ChatId == coordinator.Id));

        await ReportAsync(bot, Name, words: "I heard it from his mother an hour ago");
        await bot.SettleAsync();
        Assert.Contains(
            "2 people report it independently",
            advocate.Messages.First(message => message.Text.Contains("UNVERIFIED", StringComparison.Ordinal)).Text);
    }

    private static Task<IReadOnlyList<Incident>> OpenAsync(RunningBot bot) => bot.ActAsync(session => session.Incidents.OpenAsync());

    private static async Task<CaseFile> FollowedAsync(RunningBot bot, string name, SandboxPhone follower)
    {
        var file = await bot.OpenCaseAsync(name);
        await bot.ActAsync(async session =>
        {
            await session.Subscriptions.AddAsync(file.Id, (await session.Addresses.FindAsync(follower.Address))!.Id, null);
            return true;
        });
        return file;
    }

    private static async Task ReportAsync(
        RunningBot bot, string who, ReportKind kind = ReportKind.Arrested, string words = "they took him", SandboxPhone? phone = null)
    {
        phone ??= await bot.AddAsync(Role.Reporter, "Witness");
        await bot.ActAsync(async session =>
        {
            var content = new ReportContent { Who = who, Kind = kind, Words = [words] };
            var id = await session.Reports.BeginAsync((await session.Addresses.FindAsync(phone.Address))!.Id, "en", content);
            return await bot.Get<SendReport>().RunAsync(session, (await session.Reports.FindAsync(id))!, isIncomplete: false, CancellationToken.None);
        });
    }
}
