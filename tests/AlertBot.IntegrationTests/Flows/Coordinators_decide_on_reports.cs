using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Reports;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public partial class Coordinators_decide_on_reports
{
    private const string Name = "Testbay Invented";

    [PostgresFact]
    public async Task A_verified_report_is_told_to_everybody_who_follows_the_case_and_only_the_first_coordinator_verifies()
    {
        await using var bot = await RunningBot.StartAsync();
        var (first, second, advocate) =
            (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        await OpenAsync(bot, Name, advocate);
        await ReportAsync(bot, Name);

        var card = await first.WaitForTextAsync("new report");
        var other = await second.WaitForTextAsync("new report");
        Assert.Equal("Verified. Everybody who follows the case is told now.", await RunningBot.NoticeOfAsync(first, card, "Verify & alert"));
        await advocate.WaitForMessageAsync(message => message.Text.StartsWith("🔴", StringComparison.Ordinal));
        var sign = await SignAsync(bot, first);
        Assert.Equal($"Decided before you by {sign}: verified.", await LateAsync(second, other, "Verify & alert"));
        Assert.Equal($"Decided before you by {sign}: verified.", (await RunningBot.SayAsync(second, "/verify " + CodeIn(card))).Text);
    }

    [PostgresFact]
    public async Task Whoever_comes_second_reads_who_ended_it_and_as_what()
    {
        await using var bot = await RunningBot.StartAsync();
        var (first, second) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Coordinator));
        await ReportAsync(bot, "Nobodybay Unknown");
        var (card, other) = (await first.WaitForTextAsync("new report"), await second.WaitForTextAsync("new report"));
        await RunningBot.NoticeOfAsync(first, card, "False alarm");
        var sign = await SignAsync(bot, first);

        foreach (var late in new[] { "Verify & alert", "False alarm", "Open a case" })
            Assert.Equal($"Decided before you by {sign}: false alarm.", await LateAsync(second, other, late));

        await ReportAsync(bot, "Somebodyali Else");
        var ended = await second.WaitForTextAsync("Somebodyali");
        await bot.ActAsync(async session => await bot.Get<CloseIncident>().RunAsync(
            session.As(await ActorAsync(session, first)), (await session.Incidents.OpenAsync())[0].Id, Outcome.Released));
        Assert.Equal($"Closed before you by {sign}: released.", await LateAsync(second, ended, "Verify & alert"));
    }

    [PostgresFact]
    public async Task Whoever_attaches_second_reads_who_was_first()
    {
        await using var bot = await RunningBot.StartAsync();
        var (first, second, advocate) =
            (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        var (one, two) = (await OpenAsync(bot, Name, advocate), await OpenAsync(bot, Name, advocate));
        await ReportAsync(bot, Name);
        var (card, other) = (await first.WaitForTextAsync("new report"), await second.WaitForTextAsync("new report"));

        await RunningBot.NoticeOfAsync(first, card, $"Attach to {one.Text}");

        var late = await LateAsync(second, other, $"Attach to {two.Text}");
        Assert.Equal($"Decided before you by {await SignAsync(bot, first)}: attached to a case.", late);
    }

    [PostgresFact]
    public async Task A_false_alarm_is_told_to_exactly_those_who_were_told_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, told, stranger) =
            (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate), await bot.AddAsync(Role.Advocate));
        await OpenAsync(bot, Name, told);
        await ReportAsync(bot, Name);
        var before = await told.WaitForTextAsync("UNVERIFIED");
        var card = await coordinator.WaitForTextAsync("new report");

        await RunningBot.NoticeOfAsync(coordinator, card, "False alarm");

        await told.WaitForTextAsync("is NOT TRUE");
        await told.WaitForMessageAsync(
            message => message.Id == before.Id && message.Text.Contains("NOT TRUE, please forget it", StringComparison.Ordinal));
        await coordinator.WaitForTextAsync("is NOT TRUE");
        Assert.DoesNotContain(stranger.Messages, message => message.Text.Contains("NOT TRUE", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Two_reporters_who_do_not_depend_on_each_other_make_the_full_alert()
    {
        await using var bot = await RunningBot.StartAsync();
        var (_, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        await OpenAsync(bot, Name, advocate);

        await ReportAsync(bot, Name, "two men took him from his home before my eyes, in a white car");
        await advocate.WaitForTextAsync("UNVERIFIED");
        await ReportAsync(bot, Name, "two men took him from his home before my eyes, in a white car");
        Assert.DoesNotContain(advocate.Messages, message => message.Text.StartsWith("🔴", StringComparison.Ordinal));

        await ReportAsync(bot, "Testbai Invented", "my neighbour was led away by strangers tonight at about ten");
        await advocate.WaitForMessageAsync(message => message.Text.StartsWith("🔴", StringComparison.Ordinal));
        Assert.Equal(1, await bot.ActAsync(async session => (await session.Incidents.OpenAsync()).Count));
    }

    [PostgresFact]
    public async Task What_nobody_decides_on_is_told_fully_at_the_time_limit()
    {
        await using var bot = await RunningBot.StartAsync();
        var (_, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        await OpenAsync(bot, Name, advocate);
        await ReportAsync(bot, Name);
        await advocate.WaitForTextAsync("UNVERIFIED");
        var job = bot.Get<IncidentVerifyJob>();

        bot.Clock.Advance(Duration.FromMinutes(29));
        await job.RunAsync(CancellationToken.None);
        await bot.SettleAsync();
        Assert.DoesNotContain(advocate.Messages, message => message.Text.StartsWith("🔴", StringComparison.Ordinal));
        bot.Clock.Advance(Duration.FromMinutes(1));
        await job.RunAsync(CancellationToken.None);
        bot.Get<AlertBot.Postgres.Wakeups>().Raise(AlertBot.Postgres.Wakeups.Outbox);

        var card = await advocate.WaitForMessageAsync(message => message.Text.StartsWith("🔴", StringComparison.Ordinal));
        Assert.Contains("Not verified yet", card.Text);
        Assert.Single(advocate.Messages, message => message.Text.StartsWith("🔴", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Of_two_of_one_name_a_coordinator_says_which_one_it_is()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        var older = await OpenAsync(bot, Name, advocate);
        await OpenAsync(bot, Name, advocate);
        await ReportAsync(bot, Name);

        var card = await coordinator.WaitForTextAsync("new report");
        Assert.Contains("Who may be meant", card.Text);
        Assert.Matches($@"• {older.Text} · (the same person|possible) · \d+ % · name the same", card.Text);
        Assert.DoesNotContain(advocate.Messages, message => message.Text.Contains("UNVERIFIED", StringComparison.Ordinal));
        await RunningBot.NoticeOfAsync(coordinator, card, $"Attach to {older.Text}");

        Assert.Contains(older.Text, (await advocate.WaitForTextAsync("UNVERIFIED")).Text);
    }

    [PostgresFact]
    public async Task Somebody_nobody_registered_gets_a_case_in_one_tap()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        await ReportAsync(bot, "Nobodybay Unknown");

        var card = await coordinator.WaitForTextAsync("new report");
        var asked = await RunningBot.AnswerToAsync(coordinator, card, "Open a case");
        coordinator.Press(asked, "Uzbekistan");

        var opened = await coordinator.WaitForTextAsync("is open");
        var code = opened.Text.Split(' ').First(word => word.StartsWith("K-", StringComparison.Ordinal));
        Assert.True(CaseCode.TryParse(code, out var parsed));
        var names = await bot.ActAsync(async session => await session.Cases.NamesAsync((await session.Cases.FindAsync(parsed))!.Id));
        Assert.Equal("Nobodybay Unknown", Assert.Single(names).Reveal());
    }

    [PostgresFact]
    public async Task A_question_goes_to_the_reporter_and_the_answer_comes_back_and_neither_sees_the_other()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta Coordinator");
        var reporter = await ReportAsync(bot, "Nobodybay Unknown");
        var card = await coordinator.WaitForTextAsync("new report");

        coordinator.Press(card, "Ask reporter");
        await coordinator.WaitForTextAsync("what do you want to ask");
        await RunningBot.SayAsync(coordinator, "Was it <b>police</b>?");
        var question = await reporter.WaitForTextAsync("Was it <b>police</b>?");
        Assert.DoesNotContain("Marta", question.Text);

        reporter.Press(question, "Answer");
        await reporter.WaitForTextAsync("write your answer");
        await RunningBot.SayAsync(reporter, "No uniforms at all");

        var answer = await coordinator.WaitForTextAsync("the reporter answers");
        Assert.Contains("No uniforms at all", answer.Text);
        Assert.DoesNotContain("Witness", answer.Text);
    }

    [PostgresFact]
    public async Task Whoever_presses_correct_by_mistake_cancels_and_nothing_is_sent()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        await OpenAsync(bot, Name, advocate);
        await ReportAsync(bot, Name);
        var card = await coordinator.WaitForTextAsync("new report");
        await RunningBot.NoticeOfAsync(coordinator, card, "Verify & alert");
        var verified = await coordinator.WaitForMessageAsync(message => message.AllButtons.Any(button => button.Text == "Correct it"));

        coordinator.Press(verified, "Correct it");
        var question = await coordinator.WaitForTextAsync("what is right?");
        await RunningBot.PressAsync(coordinator, question, "Cancel");
        await RunningBot.SayAsync(coordinator, "see you tomorrow");

        await bot.SettleAsync();
        Assert.DoesNotContain(advocate.Messages, message => message.Text.Contains("see you tomorrow", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task A_correction_keeps_no_alert_from_going_out_that_still_waits()
    {
        await using var bot = await RunningBot.StartAsync();
        await bot.AddAsync(Role.Coordinator);
        var advocate = await bot.AddAsync(Role.Advocate);
        await OpenAsync(bot, Name, advocate);

        await bot.ActAsync(async session =>
        {
            var content = new ReportContent { Who = Name, Kind = ReportKind.Arrested, Words = ["they took him"] };
            var phone = (await session.Addresses.FindAsync(advocate.Address))!;
            var id = await session.Reports.BeginAsync(phone.Id, "en", content);
            await bot.Get<SendReport>().RunAsync(session, (await session.Reports.FindAsync(id))!, isIncomplete: false, CancellationToken.None);
            var incident = (await session.Incidents.OpenAsync())[0];
            return await bot.Get<Corrections>().SendAsync(session, incident, "it was at midnight");
        });

        Assert.Contains(Name, (await advocate.WaitForTextAsync("UNVERIFIED")).Text);
    }

    [PostgresFact]
    public async Task Whoever_asked_not_to_be_contacted_is_not_asked()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        await ReportAsync(bot, "Nobodybay Unknown", mayContact: false);
        var card = await coordinator.WaitForTextAsync("new report");

        coordinator.Press(card, "Ask reporter");

        await coordinator.WaitForTextAsync("asked not to be contacted");
    }

    [PostgresFact]
    public async Task A_flood_of_strangers_wakes_nobody_for_each_and_keeps_no_registered_person_waiting()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        var code = await OpenAsync(bot, Name, advocate);

        foreach (var name in UnlikeNames.All)
            await ReportAsync(bot, name);
        await ReportAsync(bot, Name);

        await advocate.WaitForTextAsync("UNVERIFIED");
        // Who may be registered is never held back; of each of the others they hear with sound within minutes.
        Assert.Contains($"{UnlikeNames.All.Count + 1} reports wait", (await RunningBot.SayAsync(coordinator, "/queue")).Text);
        var cards = coordinator.Messages.Where(message => message.Text.StartsWith("📥", StringComparison.Ordinal)).ToList();
        Assert.Equal((ReportFlood.OneByOne + 1, 1), (cards.Count, cards.Count(message => message.Text.Contains(code.Text))));
        for (var digest = 1; digest <= 3; digest++, bot.Clock.Advance(Duration.FromMinutes(2)))
            await bot.Get<HeldReports>().RunAsync(CancellationToken.None);
        await bot.SettleAsync();
        Assert.Equal(3, coordinator.Messages.Count(message => message.Text.Contains("within ten minutes", StringComparison.Ordinal)));
        Assert.All(UnlikeNames.All, name => Assert.Contains(coordinator.Messages, message => message.Text.Contains(name)));
    }

    // The phone still shows the old card.
    private static async Task<string?> LateAsync(SandboxPhone phone, SandboxMessage card, string button) =>
        await phone.PressData(card, card.AllButtons.First(one => one.Text == button).Data!).Answer.WaitAsync(TimeSpan.FromSeconds(10));

    private static string CodeIn(SandboxMessage card) => card.Text.Split(' ', ':').First(word => word.StartsWith("A-", StringComparison.Ordinal));

    private static async Task<Actor> ActorAsync(AlertBot.Postgres.Session session, SandboxPhone phone) =>
        Actor.Of((await session.People.FindAsync((await session.Addresses.FindAsync(phone.Address))!.Person!.Value))!);

    private static async Task<string> SignAsync(RunningBot bot, SandboxPhone phone) =>
        PersonSign.Of((await bot.ActAsync(session => ActorAsync(session, phone))).Id!.Value);

    private static Task<CaseCode> OpenAsync(RunningBot bot, string name, SandboxPhone follower) => bot.ActAsync(async session =>
    {
        var file = await bot.Get<OpenCase>().RunAsync(
            session.As(Actor.Operator), [new PersonName(name)], ["KZ"], DateTimeZoneProviders.Tzdb["Asia/Almaty"]);
        await session.Subscriptions.AddAsync(file!.Id, (await session.Addresses.FindAsync(follower.Address))!.Id, null);
        return file.Code;
    });

    private static async Task<SandboxPhone> ReportAsync(RunningBot bot, string who, string words = "they took him", bool? mayContact = null)
    {
        var phone = await bot.AddAsync(Role.Reporter, "Witness");
        await bot.ActAsync(async session =>
        {
            var content = new ReportContent { Who = who, Kind = ReportKind.Arrested, Words = [words], MayContact = mayContact };
            var id = await session.Reports.BeginAsync((await session.Addresses.FindAsync(phone.Address))!.Id, "en", content);
            return await bot.Get<SendReport>().RunAsync(session, (await session.Reports.FindAsync(id))!, isIncomplete: false, CancellationToken.None);
        });
        return phone;
    }
}
