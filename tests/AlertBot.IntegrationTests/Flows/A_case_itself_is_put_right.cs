using AlertBot.Domain.Cases;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>
/// What a case was opened with is changed in chat: names, place, laws, code; and two cases of one person are joined, and parted again.
/// </summary>
public class A_case_itself_is_put_right
{
    [PostgresFact]
    public async Task A_spelling_is_added_and_a_wrong_one_taken_away_and_no_group_reads_either()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, advocate, file) = await CaseAsync(bot, "Wrongly Spelled");

        var asked = await PartAsync(coordinator, file.Code, "Add a spelling");
        Assert.StartsWith("I see no letters", (await RunningBot.SayAsync(coordinator, "12345")).Text, StringComparison.Ordinal);
        var preview = await RunningBot.SayAsync(coordinator, "Qudaybergen Inventov");
        Assert.Contains("No date changes", preview.Text, StringComparison.Ordinal);
        var saved = await RunningBot.PressAsync(coordinator, preview, "Save");
        await bot.SettleAsync();
        Assert.DoesNotContain("Inventov", saved.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Inventov", (await advocate.WaitForTextAsync("how the name is spelled was put right")).Text, StringComparison.Ordinal);
        Assert.Contains(file.Code.Text, (await RunningBot.SayAsync(coordinator, "/find Qudaybergen Inventov")).Text, StringComparison.Ordinal);

        asked = await PartAsync(coordinator, file.Code, "Take a spelling away");
        preview = await RunningBot.PressAsync(coordinator, asked, "Wrongly Spelled");
        await RunningBot.PressAsync(coordinator, preview, "Save");
        await bot.SettleAsync();
        Assert.DoesNotContain(file.Code.Text, (await RunningBot.SayAsync(coordinator, "/find Wrongly Spelled")).Text, StringComparison.Ordinal);

        // The last one stays: a case without a name is found by nobody.
        var list = await ListAsync(coordinator, file.Code);
        Assert.DoesNotContain(list.AllButtons, button => button.Text == "Take a spelling away");
        Assert.Contains("names-gone", (await RunningBot.SayAsync(coordinator, $"/audit {file.Code}")).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Another_place_reads_the_hours_on_file_by_its_clock_and_whoever_follows_is_told_the_dates_of_now()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, advocate, file) = await CaseAsync(bot);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-02 10:00");
        await bot.SettleAsync();

        await PartAsync(coordinator, file.Code, "Place and time");
        var preview = await RunningBot.SayAsync(coordinator, "Aqtobe is wrong");
        Assert.StartsWith("I do not know this place", preview.Text, StringComparison.Ordinal);
        preview = await RunningBot.SayAsync(coordinator, "Europe/Istanbul");
        Assert.Contains("told by the old clock", preview.Text, StringComparison.Ordinal);
        await RunningBot.PressAsync(coordinator, preview, "Save, and the hours on file by the new clock");
        await bot.SettleAsync();

        var now = (await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!;
        Assert.Equal(("Europe/Istanbul", "Europe/Istanbul"), (now.Zone.Id, now.Events[0].When!.Zone.Id));
        Assert.Equal(new LocalTime(10, 0), now.Events[0].When!.Time);
        await advocate.WaitForTextAsync("the place of this case");
    }

    [PostgresFact]
    public async Task Other_laws_move_its_dates_and_an_advocate_may_not_choose_them()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, advocate, file) = await CaseAsync(bot);
        await RunningBot.SayAsync(coordinator, $"/event {file.Code} detention_start 2026-03-01 10:00");
        await bot.SettleAsync();

        var asked = await PartAsync(coordinator, file.Code, "Whose law applies");
        Assert.Contains(asked.AllButtons, button => button.Text.StartsWith('✓')
            && button.Text.Contains("Kazakhstan", StringComparison.Ordinal));
        Assert.Contains("I have no laws for", (await RunningBot.SayAsync(coordinator, "Atlantis")).Text, StringComparison.Ordinal);
        var preview = await RunningBot.SayAsync(coordinator, "Uzbekistan");
        Assert.Contains("Law of: Uzbekistan", preview.Text, StringComparison.Ordinal);
        Assert.Contains("These dates change", preview.Text, StringComparison.Ordinal);
        Assert.Equal(["KZ"], (await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Jurisdictions);
        var save = preview.AllButtons.Single(button => button.Text == "Save").Data!;
        await RunningBot.PressAsync(coordinator, preview, "Save");
        await bot.SettleAsync();

        Assert.Equal(["UZ"], (await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Jurisdictions);
        await advocate.WaitForTextAsync("whose law applies to it, was put right");
        var own = await RunningBot.SayAsync(advocate, "/case " + file.Code);
        foreach (var data in new[] { save, $"change:l:{file.Code}", $"change:p:{file.Code}:code" })
        {
            Assert.StartsWith(
                "This is out of date", await advocate.PressData(own, data).Answer.WaitAsync(TimeSpan.FromSeconds(10)),
                StringComparison.Ordinal);
        }
    }

    [PostgresFact]
    public async Task A_code_that_the_wrong_people_know_is_changed_and_the_old_one_still_finds_the_case()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, advocate, file) = await CaseAsync(bot);

        var preview = await PartAsync(coordinator, file.Code, "Another code");
        var saved = await RunningBot.PressAsync(coordinator, preview, "Save");
        await bot.SettleAsync();

        var now = (await bot.ActAsync(session => session.Cases.FindAsync(file.Id)))!.Code;
        Assert.NotEqual(file.Code, now);
        Assert.Contains(now.Text, saved.Text, StringComparison.Ordinal);
        Assert.Contains(now.Text, (await advocate.WaitForTextAsync($"{file.Code} is now called")).Text, StringComparison.Ordinal);
        var shown = await RunningBot.SayAsync(advocate, "/case " + file.Code);
        Assert.StartsWith(now.Text, shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(file.Code.Text, shown.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Two_cases_of_one_person_become_one_with_all_that_was_in_both_and_part_again_by_one_press()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, advocate, kept) = await CaseAsync(bot);
        var other = await bot.OpenCaseAsync("Another Spelling", ["KZ", "CIS"]);
        var second = await bot.AddAsync(Role.Advocate, "Second");
        await bot.FollowAsync(second, other);
        foreach (var code in new[] { kept.Code, other.Code })
            await RunningBot.SayAsync(coordinator, $"/event {code} detention_start 2026-03-01 10:00");
        await RunningBot.SayAsync(coordinator, $"/event {other.Code} asylum_registered 2026-02-10");
        await bot.SettleAsync();
        var before = await DatesAsync(bot, other.Id);

        // Its word on the timeline of a case asks of which other one.
        var asked = await RunningBot.SayAsync(coordinator, $"/event {kept.Code} found to be the same person");
        Assert.StartsWith("Which other case", asked.Text, StringComparison.Ordinal);
        Assert.Contains("There is no case", (await RunningBot.SayAsync(coordinator, kept.Code.Text)).Text, StringComparison.Ordinal);
        var preview = await RunningBot.SayAsync(coordinator, other.Code.Text);
        Assert.Contains("facts (2)", preview.Text, StringComparison.Ordinal);
        var joined = await RunningBot.PressAsync(coordinator, preview, "Yes, one person");
        await bot.SettleAsync();

        foreach (var phone in new[] { advocate, second })
            await phone.WaitForTextAsync($"{kept.Code} and {other.Code} are the same person");
        var shown = await RunningBot.SayAsync(second, "/case " + other.Code);
        Assert.StartsWith(kept.Code.Text, shown.Text, StringComparison.Ordinal);
        Assert.Contains("Another Spelling", shown.Text, StringComparison.Ordinal);
        var one = (await bot.ActAsync(session => session.Cases.FindAsync(other.Code)))!;
        Assert.Equal((kept.Id, 4), (one.Id, one.Events.Count));
        Assert.Equal(["KZ", "CIS"], one.Jurisdictions);
        // Both told of the same detention: one account of it, whose clocks run once.
        Assert.Single(await DatesAsync(bot, kept.Id), date => date.StartsWith("KZ-DET-72H", StringComparison.Ordinal));
        Assert.Contains(kept.Code.Text, (await RunningBot.SayAsync(coordinator, "/find Another Spelling")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Code.Text, (await RunningBot.SayAsync(coordinator, "/cases")).Text, StringComparison.Ordinal);

        var parted = await RunningBot.PressAsync(coordinator, joined, "They are two people");
        await bot.SettleAsync();
        Assert.Contains("are two people after all", parted.Text, StringComparison.Ordinal);
        foreach (var phone in new[] { advocate, second })
            await phone.WaitForTextAsync("are two people after all");
        Assert.StartsWith(other.Code.Text, (await RunningBot.SayAsync(second, "/case " + other.Code)).Text, StringComparison.Ordinal);
        Assert.StartsWith("There is no case", (await RunningBot.SayAsync(second, "/case " + kept.Code)).Text, StringComparison.Ordinal);
        Assert.StartsWith("There is no case", (await RunningBot.SayAsync(advocate, "/case " + other.Code)).Text, StringComparison.Ordinal);
        Assert.Equal(before, await DatesAsync(bot, other.Id));
        Assert.Equal(["KZ"], (await bot.ActAsync(session => session.Cases.FindAsync(kept.Code)))!.Jurisdictions);
        Assert.StartsWith(
            "This can no longer be taken back",
            await coordinator.PressData(parted, joined.AllButtons.Single(button => button.Text == "They are two people").Data!).Answer
                .WaitAsync(TimeSpan.FromSeconds(10)), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_report_by_the_joined_name_reaches_whoever_follows_the_one_case()
    {
        await using var bot = await RunningBot.StartAsync(Instant.FromUtc(2026, 3, 2, 9, 0));
        var (coordinator, advocate, kept) = await CaseAsync(bot);
        var other = await bot.OpenCaseAsync("Qudaybergen Inventov");
        await RunningBot.SayAsync(coordinator, $"/event {kept.Code} identity_merge {other.Code}");
        await RunningBot.PressAsync(coordinator, coordinator.Messages[^1], "Yes, one person");
        await bot.SettleAsync();

        var witness = await bot.AddAsync(Role.Reporter);
        await RunningBot.SayAsync(witness, "Qudaybergen Inventov was arrested today, they took him from his home");

        Assert.Contains(kept.Code.Text, (await advocate.WaitForTextAsync("UNVERIFIED")).Text, StringComparison.Ordinal);
        var incident = (await bot.ActAsync(session => session.Incidents.OpenAsync())).Single();
        Assert.Equal(kept.Id, incident.Case);
        Assert.Equal(Standing.Unverified, incident.Standing);

        // For a day whoever was told undoes it by one press.
        var said = await advocate.WaitForTextAsync($"{kept.Code} and {other.Code} are the same person");
        Assert.Contains(
            "are two people after all", (await RunningBot.PressAsync(advocate, said, "They are two people")).Text, StringComparison.Ordinal);
    }

    private static async Task<(SandboxPhone Coordinator, SandboxPhone Advocate, CaseFile File)> CaseAsync(
        RunningBot bot, string name = "Invented Person")
    {
        var coordinator = await bot.AddAsync(Role.Coordinator, "Coordinator");
        var advocate = await bot.AddAsync(Role.Advocate, "Advocate");
        var file = await bot.OpenCaseAsync(name);
        await bot.FollowAsync(advocate, file);
        return (coordinator, advocate, file);
    }

    private static async Task<SandboxMessage> ListAsync(SandboxPhone phone, CaseCode code) =>
        await RunningBot.PressAsync(phone, await RunningBot.SayAsync(phone, "/correct " + code), "The case itself");

    private static async Task<SandboxMessage> PartAsync(SandboxPhone phone, CaseCode code, string part) =>
        await RunningBot.PressAsync(phone, await ListAsync(phone, code), part);

    private static async Task<List<string>> DatesAsync(RunningBot bot, CaseId @case) =>
        (await bot.ActAsync(session => session.Deadlines.OfAsync([@case])))[@case].Where(one => one.Deadline.IsOpen)
        .Select(one => one.Deadline.RuleId + " " + one.Deadline.Limit.Earliest.LocalText).Order(StringComparer.Ordinal).ToList();
}
