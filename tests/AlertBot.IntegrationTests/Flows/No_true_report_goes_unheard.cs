using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.IntegrationTests.Incidents;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Workflows.Incidents;
using AlertBot.Workflows.Reports;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>News comes as a message with sound to coordinators and to the person who took the incident; an edit alone does not count.</summary>
public class No_true_report_goes_unheard
{
    [PostgresFact]
    public async Task Words_added_to_a_taken_incident_reach_whoever_has_it()
    {
        await using var night = await IncidentNight.BeginAsync();
        await night.PressAsync(night.Advocate, "I'm on it");

        await RunningBot.SayAsync(night.Reporter, "/add They are taking him to the airport now!");

        Assert.Contains("airport", (await night.Advocate.WaitForTextAsync("the reporter adds")).Text);
        Assert.Contains("airport", (await night.Coordinator.WaitForTextAsync("the reporter adds")).Text);
    }

    [PostgresFact]
    public async Task Words_after_closing_open_it_again()
    {
        await using var night = await IncidentNight.BeginAsync();
        await night.PressAsync(night.Coordinator, "False alarm");
        Assert.Equal(Handling.Closed, (await night.NowAsync()).Handling);

        await RunningBot.SayAsync(night.Reporter, "/add They are taking him to the airport now!");

        await night.Coordinator.WaitForTextAsync("the reporter adds");
        Assert.Equal((Handling.Open, Standing.Unverified), ((await night.NowAsync()).Handling, (await night.NowAsync()).Standing));
        await night.PassAsync(Duration.FromMinutes(10));
        Assert.Contains(night.Advocate.Messages, one => one.Text.Contains("NOBODY HAS THIS YET", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task A_true_report_ten_hours_after_a_false_one_that_somebody_has_is_asked_about_and_then_told_in_full()
    {
        await using var night = await IncidentNight.BeginAsync();
        await night.PressAsync(night.Advocate, "I'm on it");
        night.Bot.Clock.Advance(Duration.FromHours(10));
        var witness = await night.Bot.AddAsync(Role.Reporter, "Second Witness");
        var before = night.Advocate.Messages.Count(one => one.Text.Contains("UNVERIFIED", StringComparison.Ordinal));

        await A_witness_reports.SendAsync(witness, "Four men dragged Invented Testbay out of his car at the bazaar, one had a gun");

        Assert.Contains("had a gun", (await night.Advocate.WaitForTextAsync("The same, or something new?")).Text);
        await night.Coordinator.WaitForTextAsync("The same, or something new?");
        night.Bot.Clock.Advance(Duration.FromMinutes(5));
        await night.Bot.Get<SameQuestions>().RunAsync(CancellationToken.None);
        await night.Bot.SettleAsync();
        Assert.Equal(before + 1, night.Advocate.Messages.Count(one => one.Text.Contains("UNVERIFIED", StringComparison.Ordinal)));
        Assert.Equal(2, (await night.Bot.ActAsync(session => session.Incidents.OpenAsync())).Count);
    }

    [PostgresFact]
    public async Task Whoever_says_that_it_is_the_same_keeps_it_one_incident()
    {
        await using var night = await IncidentNight.BeginAsync();
        night.Bot.Clock.Advance(Duration.FromHours(2));
        var witness = await night.Bot.AddAsync(Role.Reporter, "Second Witness");
        await A_witness_reports.SendAsync(witness, "Four men dragged Invented Testbay out of his car at the bazaar");
        var question = await night.Coordinator.WaitForTextAsync("The same, or something new?");

        Assert.Contains("belongs to the same", await RunningBot.NoticeOfAsync(night.Coordinator, question, "The same"));
        night.Bot.Clock.Advance(Duration.FromMinutes(6));
        await night.Bot.Get<SameQuestions>().RunAsync(CancellationToken.None);

        Assert.Single(await night.Bot.ActAsync(session => session.Incidents.OpenAsync()));
    }

    [PostgresFact]
    public async Task A_silence_and_who_may_be_registered_are_not_held_back_by_a_flood()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        await bot.OpenCaseAsync("Testbay Inventedov");
        var flooder = await bot.AddAsync(Role.Reporter);
        for (var number = 0; number < 12; number++)
            await ReportAsync(bot, flooder, $"they took {(char)('B' + number)}ulk{number} Madeup{number}", null);

        var other = await bot.AddAsync(Role.Reporter);
        await ReportAsync(bot, other, "two men took my neighbour Orazbay Pirnazarov from the market", "Orazbay Pirnazarov");

        // One account fills only its own allowance: another witness still gets a card.
        await coordinator.WaitForTextAsync("Orazbay Pirnazarov");
        await ReportAsync(bot, flooder, "they took Inventedov", "Inventedov");
        await coordinator.WaitForTextAsync("they took Inventedov");
        await bot.Get<HeldReports>().RunAsync(CancellationToken.None);
        var digest = await coordinator.WaitForTextAsync("within ten minutes");
        Assert.Contains("ulk11", digest.Text);
        // Every report in it was told with sound, once.
        await bot.Get<HeldReports>().RunAsync(CancellationToken.None);
        await bot.SettleAsync();
        Assert.Single(coordinator.Messages, one => one.Text.Contains("within ten minutes", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task What_was_not_meant_is_heard_and_left_to_coordinators()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        var answer = await RunningBot.SayAsync(witness, "they took my brother");

        var taken = await RunningBot.PressAsync(witness, answer, "It was not meant");

        Assert.Contains("told that it was not meant", taken.Text);
        await coordinator.WaitForTextAsync("NOT MEANT");
        Assert.Contains("they took my brother", (await coordinator.WaitForTextAsync("new report")).Text);
        Assert.Single(await bot.ActAsync(session => session.Incidents.OpenAsync()));
    }

    [PostgresFact]
    public async Task A_reporter_hears_three_times_and_may_say_that_the_end_is_wrong()
    {
        await using var night = await IncidentNight.BeginAsync();
        async Task HearAsync()
        {
            await night.Bot.Get<HearBack>().RunAsync(CancellationToken.None);
            await night.Bot.SettleAsync();
        }

        await RunningBot.AnswerToAsync(night.Coordinator, night.CardsOf(night.Coordinator)[0], "Details");
        await HearAsync();
        await night.Reporter.WaitForTextAsync("A person has read");
        await night.PressAsync(night.Advocate, "I'm on it");
        await HearAsync();
        await night.Reporter.WaitForTextAsync("Somebody is dealing with it");
        await night.Bot.ActAsync(session =>
            night.Bot.Get<CloseIncident>().RunAsync(session.As(Actor.Operator), night.Incident.Id, Outcome.FalseAlarm));
        await HearAsync();
        var ended = await night.Reporter.WaitForTextAsync("It is closed: false alarm");
        Assert.DoesNotContain("Testbay", ended.Text);

        Assert.Contains("open again", (await RunningBot.PressAsync(night.Reporter, ended, "That is wrong")).Text);

        await night.Coordinator.WaitForTextAsync("how this ended is WRONG");
        Assert.Equal(Handling.Open, (await night.NowAsync()).Handling);
        // Running the job again says nothing again.
        var before = night.Reporter.Messages.Count;
        await HearAsync();
        Assert.Equal(before, night.Reporter.Messages.Count);
    }

    [PostgresFact]
    public async Task Verifying_what_nobody_follows_asks_whom_to_tell()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        await A_witness_reports.SendAsync(witness, "they took Orazbay Pirnazarov");
        var card = await coordinator.WaitForTextAsync("new report");

        Assert.Contains("NOBODY follows it yet", await RunningBot.NoticeOfAsync(coordinator, card, "Verify & alert"));
        var whom = await coordinator.WaitForTextAsync("Tell whom?");
        Assert.Contains("told now: 1", (await RunningBot.PressAsync(coordinator, whom, "All advocates (1)")).Text);

        var told = await advocate.WaitForTextAsync("🔴");
        await coordinator.Chat.WaitForMessageAsync(one => one.Id == card.Id && one.Text.Contains("1 advocate", StringComparison.Ordinal));
        await bot.SettleAsync();
        Assert.Contains("You have it now", await RunningBot.NoticeOfAsync(advocate, told, "I'm on it"));
    }

    [PostgresFact]
    public async Task In_a_group_that_a_coordinator_chose_whoever_is_an_advocate_takes_it_and_the_file_stays_closed()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        var passer = await night.Bot.AddAsync(Role.Advocate, "Passer");
        var stranger = await night.Bot.AddAsync(Role.Reporter, "Stranger");
        var other = await night.Bot.OpenCaseAsync("Another Devised");
        var group = night.Bot.Sandbox.AddGroup("Rapid response", [night.Coordinator, passer, stranger]);
        await RunningBot.SayAsync(night.Coordinator, group, "/link " + other.Code);
        // Of somebody whom nobody registered: there is no case to follow.
        await night.ReportAsync("they took Orazbay", "Orazbay Pirnazarov");
        await night.PressAsync(night.Coordinator, "Verify & alert");
        var whom = await night.Coordinator.WaitForTextAsync("Tell whom?");
        await RunningBot.PressAsync(night.Coordinator, whom, "Rapid response");
        var card = await group.WaitForTextAsync("🔴");

        Assert.Contains("follow this case", await RunningBot.NoticeOfAsync(stranger, card, "I'm on it"));
        Assert.Contains("You have it now", await RunningBot.NoticeOfAsync(passer, card, "I'm on it"));

        Assert.Contains("Orazbay", (await passer.WaitForTextAsync(night.Incident.Code.Text)).Text);
        Assert.Equal(await night.PersonAsync(passer), (await night.NowAsync()).TakenBy);
        await night.Bot.SettleAsync();
        Assert.Contains("There is no case", (await RunningBot.SayAsync(passer, $"/case {night.Case.Code}")).Text);
    }

    [PostgresFact]
    public async Task An_advocate_who_does_not_follow_may_follow_and_take_it_and_coordinators_hear_that()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        var passer = await night.Bot.AddAsync(Role.Advocate, "Passer");
        var group = night.Bot.Sandbox.AddGroup("Rapid response", [night.Coordinator, passer]);
        await RunningBot.SayAsync(night.Coordinator, group, "/link " + night.Case.Code);
        await night.ReportAsync();
        var card = await group.WaitForTextAsync("UNVERIFIED");

        Assert.Contains("private chat", await RunningBot.NoticeOfAsync(passer, card, "I'm on it"));
        var offer = await passer.WaitForTextAsync("you do not follow its case yet");
        Assert.Contains("and have it", (await RunningBot.PressAsync(passer, offer, "Follow and take it")).Text);

        await night.Coordinator.WaitForTextAsync("follows its case from now on");
        Assert.Equal(await night.PersonAsync(passer), (await night.NowAsync()).TakenBy);
    }

    [PostgresFact]
    public async Task Two_accounts_of_seconds_with_like_words_are_one_voice_and_it_is_said()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        var file = await bot.OpenCaseAsync("Testbay Invented");
        await RunningBot.SayAsync(advocate, "/subscribe " + file.Code);

        await A_witness_reports.SendAsync(bot.Sandbox.AddPerson("One", "en"), "Two men in plain clothes took Testbay Invented from his house");
        await A_witness_reports.SendAsync(bot.Sandbox.AddPerson("Two", "en"), "Two men in plain cloths took Testbay Invented from his house!");

        await coordinator.WaitForTextAsync("2 accounts, new today, words alike");
        await bot.SettleAsync();
        Assert.DoesNotContain(advocate.Messages, one => one.Text.StartsWith("🔴", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task The_answer_comes_in_the_language_of_the_words_and_when_and_where_are_read_from_them()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 15, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var witness = bot.Sandbox.AddPerson("Witness", "en");

        witness.SendText("Брат задержан милицией сегодня в 18:00 в Нукусе");

        await witness.WaitForTextAsync("Передано координаторам");
        var card = await coordinator.WaitForTextAsync("new report: arrested");
        Assert.Contains("read from the words", card.Text);
        Assert.Contains("2026-03-02 18:00) · Samarkand", card.Text);
        Assert.Contains("Where: Нукусе", card.Text);
    }

    private static Task<Receipt?> ReportAsync(RunningBot bot, SandboxPhone phone, string words, string? who) => bot.ActAsync(async session =>
    {
        var content = new ReportContent { Who = who, Kind = ReportKind.Arrested, Words = [words] };
        var id = await session.Reports.BeginAsync((await session.Addresses.FindAsync(phone.Address))!.Id, "en", content);
        return await bot.Get<SendReport>().RunAsync(session, (await session.Reports.FindAsync(id))!, isIncomplete: false, CancellationToken.None);
    });
}
