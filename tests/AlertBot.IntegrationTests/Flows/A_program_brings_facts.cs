using System.Net;
using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Reports;
using AlertBot.Workflows.Retention;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>A script reports, puts facts on file and reads dates, by the rules that hold for people.</summary>
public sealed class A_program_brings_facts
{
    [PostgresFact]
    public async Task Its_reports_are_gathered_like_any_other_and_are_one_voice()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var (anna, other) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Coordinator));
        var file = await bot.OpenCaseAsync("Azamat Invented");
        using var browser = await desk.SignInAsync(anna);
        using var program = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Reports));
        using var second = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Reports));

        var first = await program.PostAsync("/api/v1/reports", new
        {
            text = "Men in plain clothes took him out of the house",
            kind = "arrested",
            who = "Azamat Invented",
            when = "yesterday at 22:00",
            where = "Almaty",
            byWhom = "plain_clothes",
            witness = "saw",
        });
        Assert.Equal(HttpStatusCode.Created, first.Status);
        await other.WaitForTextAsync(first["incident"]!);
        var report = Assert.Single(await ReportsAsync(bot, first));
        Assert.Equal(
            (ReportKind.Arrested, "Azamat Invented", "2026-03-01T22:00", TakenBy.PlainClothes, Witness.Saw),
            (report.Content!.Kind, report.Content.Who, report.Content.WhenRead, report.Content.ByWhom, report.Content.Witness));

        // Another token of the same maker, other words, the same event: no second witness.
        var again = await second.PostAsync(
            "/api/v1/reports", new { text = "I saw the police arrest him, they beat him too", who = "Azamat Invented", kind = "arrested" });
        Assert.Equal(first["incident"], again["incident"]);
        var both = await ReportsAsync(bot, first);
        Assert.Equal((2, 1), (both.Count, Independence.Count(both)));
        var incident = (await bot.ActAsync(session => session.Incidents.FindAsync(both[0].Incident!.Value)))!;
        Assert.Equal((Standing.Unverified, file.Id), (incident.Standing, incident.Case!.Value));

        // What its maker writes in the chat meanwhile does not belong to it: they are asked, as ever.
        var asked = await RunningBot.SayAsync(anna, "I have to go, see you tomorrow at the office");
        Assert.NotEmpty(asked.AllButtons);
        Assert.Equal(2, (await ReportsAsync(bot, first)).Count);
        Assert.DoesNotContain(
            await ReportsAsync(bot, first), one => one.Content!.Words.Any(words => words.Contains("office", StringComparison.Ordinal)));
        var told = (await bot.ActAsync(async session =>
            await session.Reports.LatestOfAsync((await session.Addresses.FindAsync(anna.Address))!.Id)));
        Assert.Equal((null, null), told);

        var wrong = await program.PostAsync("/api/v1/reports", new { text = "x", kind = "abducted" });
        Assert.Contains("taken_unknown", wrong["detail"], StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Its_facts_start_clocks_and_wait_for_a_second_person()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var (anna, other) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Coordinator));
        var file = await bot.OpenCaseAsync();
        using var browser = await desk.SignInAsync(anna);
        using var program = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Events, ApiScope.Dates));
        var path = $"/api/v1/cases/{file.Code.Text}/events";

        var arrest = new { kind = "detention_start", at = "2026-03-01T14:00", place = "Almaty", source = "the family" };
        var answer = await program.PostAsync(path, arrest, key: "arrest-1");
        Assert.Equal((HttpStatusCode.Created, "False"), (answer.Status, answer["confirmed"]));
        Assert.NotNull(answer["dates.0.earliest.instant"]);
        await other.WaitForTextAsync(file.Code.Text);
        await program.PostAsync(path, arrest, key: "arrest-1");
        var kept = Assert.Single((await bot.ActAsync(session => session.Cases.FindAsync(file.Code)))!.Events);
        Assert.Equal((answer["id"], true), (kept.Id.Value.ToString(), kept.RecordedBy is not null && kept.ConfirmedBy is null));

        var dates = await program.GetAsync($"/api/v1/cases/{file.Code.Text}/dates");
        Assert.Equal((answer["dates.0.kind"], answer["dates.0.latest.instant"]), (dates["dates.0.kind"], dates["dates.0.latest.instant"]));
        Assert.Equal("Asia/Almaty", dates["zone"]);
        var list = await program.GetAsync("/api/v1/cases?limit=1");
        Assert.Equal((file.Code.Text, answer["dates.0.kind"], "False"), (list["cases.0.code"], list["cases.0.nextKind"], list["more"]));
        Assert.DoesNotContain("Invented", dates.Text + list.Text + answer.Text, StringComparison.Ordinal);
        await program.GetAsync($"/api/v1/cases/{file.Code.Text}/dates");
        Assert.Single(await bot.ActAsync(session => session.Audit.OfAsync(file.Id.Value)), entry => entry.Act.Code == "case.dates");

        foreach (var (body, says) in new (object, string)[]
        {
            (new { kind = "detention_strat" }, "'detention_start'"), (new { kind = "detention_start", at = "tomorrow" }, "2024-03-26"),
            (new { kind = "detention_start", at = "2026-04-01" }, "lies ahead"),
            (new { kind = "detention_start", about = Guid.NewGuid() }, "'about'"),
            (new { kind = "identity_merge" }, "no such kind"), (new { kind = "detention_start", jurisdiction = "XX" }, "known are"),
        })
        {
            var refused = await program.PostAsync(path, body);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains(says, refused["detail"], StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync("/api/v1/cases/K-2222/dates")).Status);
        Assert.Single((await bot.ActAsync(session => session.Cases.FindAsync(file.Code)))!.Events);
    }

    [PostgresFact]
    public async Task What_it_was_answered_is_forgotten_with_the_report_and_in_any_case_after_two_days()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        using var browser = await desk.SignInAsync(anna);
        using var program = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Reports));
        var one = new { text = "Men in plain clothes took him out of the house", kind = "arrested", who = "Azamat Invented" };
        var other = new { text = "They searched the office of the lawyers", kind = "searched", who = "Bolat Madeupov" };
        var answer = await program.PostAsync("/api/v1/reports", one, key: "one");
        bot.Clock.Advance(Duration.FromMinutes(1));
        var kept = await program.PostAsync("/api/v1/reports", other, key: "other");
        Assert.NotNull(answer["receipt"]);

        var report = Assert.Single(await ReportsAsync(bot, answer));
        await bot.ActAsync(async session =>
        {
            await bot.Get<ForgetReports>().OneAsync(session, report.Id);
            return true;
        });

        // Asked once more it does nothing once more, and says nothing.
        var again = await program.PostAsync("/api/v1/reports", one, key: "one");
        Assert.Equal((HttpStatusCode.Created, "{}"), (again.Status, again.Text));
        Assert.Equal(kept.Text, (await program.PostAsync("/api/v1/reports", other, key: "other")).Text);
        // No other request comes that would delete it.
        bot.Clock.Advance(Duration.FromDays(3));
        await bot.Get<RetentionJob>().RunAsync(CancellationToken.None);
        await using var connection = new NpgsqlConnection(bot.ConnectionString);
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*)::int from api_answer"));
    }

    private static async Task<IReadOnlyList<Report>> ReportsAsync(RunningBot bot, ApiReply answer) => await bot.ActAsync(async session =>
        IncidentCode.TryParse(answer["incident"], out var code) && await session.Incidents.FindAsync(code) is { } incident
            ? await session.Reports.OfAsync(incident.Id)
            : []);
}
