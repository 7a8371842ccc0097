using AlertBot.Domain.Cases;
using AlertBot.Domain.Deadlines;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Workflows.Cases;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>A filing ends the clock of one decision before one body. If several are possible, the bot asks.</summary>
public class A_filing_says_what_it_is_about
{
    [PostgresFact]
    public async Task An_appeal_that_could_mean_two_decisions_is_asked_about_and_ends_one_clock()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 8, 12, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync(jurisdictions: ["KZ", "UN"]);
        await PutOnFileAsync(bot, coordinator, $"/event {file.Code} asylum_refused 2026-07-31 known=2026-07-31");
        await PutOnFileAsync(bot, coordinator, $"/event {file.Code} administrative_arrest_ordered 2026-08-10");

        var asked = await RunningBot.SayAsync(coordinator, $"/event {file.Code} appeal_filed 2026-08-12");

        Assert.StartsWith("More than one decision could be meant", asked.Text, StringComparison.Ordinal);
        Assert.Contains(asked.AllButtons, button => button.Text.StartsWith("asylum refused", StringComparison.Ordinal));
        var arrest = asked.AllButtons.Single(button => button.Text.StartsWith("administrative arrest", StringComparison.Ordinal));
        var filed = await RunningBot.PressAsync(coordinator, asked, arrest.Text);
        Assert.StartsWith("On file", filed.Text, StringComparison.Ordinal);

        var states = await StatesAsync(bot, file);
        Assert.Equal(DeadlineState.Met, states["KZ-CAO-APPEAL-10D"]);
        Assert.NotEqual(DeadlineState.Met, states["KZ-ADM-COMPLAINT-3M"]);
        var stored = (await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Events;
        Assert.Equal(stored[1].Id, stored[2].About);
    }

    [PostgresFact]
    public async Task Where_nobody_knows_which_is_meant_every_clock_goes_on()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 8, 12, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync(jurisdictions: ["KZ", "UN"]);
        await PutOnFileAsync(bot, coordinator, $"/event {file.Code} asylum_refused 2026-07-31 known=2026-07-31");
        await PutOnFileAsync(bot, coordinator, $"/event {file.Code} administrative_arrest_ordered 2026-08-10");

        var asked = await RunningBot.SayAsync(coordinator, $"/event {file.Code} appeal_filed 2026-08-12");
        await RunningBot.PressAsync(coordinator, asked, "Nobody knows: all of them go on");

        Assert.All(
            (await StatesAsync(bot, file)).Where(pair => pair.Key is "KZ-CAO-APPEAL-10D" or "KZ-ADM-COMPLAINT-3M"),
            pair => Assert.NotEqual(DeadlineState.Met, pair.Value));
    }

    [PostgresFact]
    public async Task An_application_is_asked_to_which_court_or_committee_it_went()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 6, 1, 9, 0));
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var file = await bot.OpenCaseAsync(jurisdictions: ["AT", "EU", "ECHR", "UN"], zone: "Europe/Vienna");
        await PutOnFileAsync(bot, coordinator, $"/event {file.Code} appeal_decided 2026-05-10");

        var asked = await RunningBot.SayAsync(coordinator, $"/event {file.Code} application_filed 2026-06-01");
        Assert.StartsWith("Which court or committee?", asked.Text, StringComparison.Ordinal);
        var step = await RunningBot.PressAsync(coordinator, asked, "UN Human Rights Committee");
        step = await RunningBot.PressAsync(coordinator, step, "That is all");
        Assert.Contains("Before: UN Human Rights Committee", step.Text, StringComparison.Ordinal);
        await RunningBot.PressAsync(coordinator, step, "Put it on file");
        await bot.SettleAsync();
        Assert.NotEqual(DeadlineState.Met, (await StatesAsync(bot, file))["ECHR-4M"]);

        await PutOnFileAsync(bot, coordinator, $"/event {file.Code} application_filed 2026-06-01 body=ECHR");
        Assert.Equal(DeadlineState.Met, (await StatesAsync(bot, file))["ECHR-4M"]);
        Assert.Contains(
            "Before: European Court of Human Rights", (await RunningBot.SayAsync(coordinator, "/case " + file.Code)).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_file_names_both_and_keeps_them_when_it_is_taken_out()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 8, 12, 9, 0));
        const string Json = """
            {"names": ["Invented Person"], "zone": "Asia/Almaty", "jurisdictions": ["KZ", "UN"], "events": [
              {"kind": "asylum_refused", "at": "2026-07-31", "known": "2026-07-31"},
              {"kind": "administrative_arrest_ordered", "at": "2026-08-10"},
              {"kind": "appeal_filed", "at": "2026-08-12", "about": 2},
              {"kind": "application_filed", "at": "2026-08-12", "body": "hrc"}]}
            """;
        var (file, problem) = await ImportAsync(bot, Json);

        Assert.Null(problem);
        Assert.Equal(DeadlineState.Met, (await StatesAsync(bot, file!))["KZ-CAO-APPEAL-10D"]);
        Assert.NotEqual(DeadlineState.Met, (await StatesAsync(bot, file!))["KZ-ADM-COMPLAINT-3M"]);
        var written = CaseDocument.Write((await bot.ActAsync(session => session.Cases.FindAsync(file!.Id)))!, [new PersonName("Invented Person")]);
        Assert.Contains("\"about\": 2", written, StringComparison.Ordinal);
        Assert.Contains("\"body\": \"HRC\"", written, StringComparison.Ordinal);
    }

    [PostgresTheory]
    [InlineData("""{"kind": "release", "at": "2026-08-13"}""", "'at' lies ahead")]
    [InlineData("""{"kind": "asylum_refused", "at": "2026-08-01", "known": "2027-08-01"}""", "'known' lies ahead")]
    [InlineData("""{"kind": "detention_start", "at": "1926-08-01"}""", "'at' lies before 1990")]
    [InlineData("""{"kind": "hearing_set", "at": "2026-08-01", "sets": "2006-09-01"}""", "'sets' lies before the event")]
    public async Task A_file_whose_dates_look_like_slips_is_refused_with_the_place(string @event, string says)
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 8, 12, 9, 0));

        var (file, problem) = await ImportAsync(
            bot, $$"""{"names": ["Invented Person"], "zone": "Asia/Almaty", "jurisdictions": ["KZ"], "events": [{{@event}}]}""");

        Assert.Null(file);
        Assert.Contains("event 1: " + says, problem, StringComparison.Ordinal);
        if (problem!.Contains("sure", StringComparison.Ordinal))
        {
            var sure = @event.Replace("{", """{"sure": true, """, StringComparison.Ordinal);
            Assert.Null((await ImportAsync(
                bot, $$"""{"names": ["Invented Person"], "zone": "Asia/Almaty", "jurisdictions": ["KZ"], "events": [{{sure}}]}""")).Problem);
        }
    }

    // Waits for the alerts too, or the next answer would be looked for among them.
    private static async Task PutOnFileAsync(RunningBot bot, SandboxPhone phone, string line)
    {
        var last = phone.SendText(line).Id;
        await phone.WaitForMessageAsync(message => message.Id > last && message.Text.StartsWith("On file", StringComparison.Ordinal));
        await bot.SettleAsync();
    }

    private static Task<(CaseFile? File, string? Problem)> ImportAsync(RunningBot bot, string json) => bot.ActAsync(session =>
        bot.Get<ImportCase>().RunAsync(session.As(Actor.Operator), CaseDocument.Parse(json).Document!));

    private static async Task<Dictionary<string, DeadlineState>> StatesAsync(RunningBot bot, CaseFile file) =>
        (await bot.ActAsync(session => session.Deadlines.OfAsync([file.Id])))[file.Id]
        .Where(stored => stored.Deadline.Key.Count(c => c == ':') == 1)
        .GroupBy(stored => stored.Deadline.RuleId).ToDictionary(group => group.Key, group => group.First().Deadline.State);
}
