using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres.Vaults;
using AlertBot.Tests.Support;
using AlertBot.Workflows.Reports;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class A_witness_is_forgotten
{
    [PostgresFact]
    public async Task With_all_they_said_and_that_they_were_ever_here()
    {
        // Nothing is encrypted, so that the search finds whatever is left.
        await using var bot = await RunningBot.StartAsync(vault: Vault.WithoutEncryption);
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        await A_witness_reports.SendAsync(witness, "They took Quixotic Invented");
        var card = await coordinator.WaitForTextAsync("Quixotic");
        await RunningBot.SayAsync(witness, "It was near Zanzibar");
        witness.SendPhoto(SamplePictures.JpegWithPlace(), "a Jabberwocky van");
        await coordinator.WaitForTextAsync("Jabberwocky");
        await bot.Get<FetchFiles>().RunAsync(CancellationToken.None);
        // The answer to a coordinator's question is in the incident's history.
        await bot.ActAsync(async session =>
        {
            var report = (await session.Reports.LastSentOfAsync((await session.Addresses.FindAsync(witness.Address))!.Id))!;
            await session.Incidents.NoteAsync(report.Incident!.Value, null, IncidentAct.Answer, "by the Vespucci gate");
            return true;
        });
        bot.Clock.Advance(Duration.FromMinutes(20));
        // A draft in the middle of its conversation.
        await RunningBot.SayAsync(witness, "Also they took Wolfram");
        await bot.SettleAsync();
        string[] secrets = ["Quixotic", "Zanzibar", "Jabberwocky", "Wolfram", "Vespucci", witness.Address.Value];
        var before = await DatabaseDump.OfAsync(bot.ConnectionString);
        Assert.All(secrets, secret => Assert.True(before.Has(secret), $"{secret} was never there"));

        var asked = await RunningBot.SayAsync(witness, "/forget");
        Assert.Contains("Delete everything", asked.Text);
        Assert.Contains("Everything you sent me is deleted", (await RunningBot.PressAsync(witness, asked, "Yes, delete it")).Text);
        await coordinator.Chat.WaitForMessageAsync(message => message.Id == card.Id && !message.Text.Contains("Quixotic"));
        Assert.Contains("DELETED what they told", (await coordinator.WaitForTextAsync("The phone may be in other hands")).Text);
        await bot.SettleAsync();
        Assert.DoesNotContain(coordinator.Messages, message => secrets[..4].Any(message.Text.Contains));
        await bot.Get<ForgetReporters>().RunAsync(CancellationToken.None);

        var after = await DatabaseDump.OfAsync(bot.ConnectionString);
        Assert.All(secrets, secret => Assert.False(after.Has(secret), $"{secret} is still there"));
        Assert.Null(await bot.ActAsync(session => session.Addresses.FindAsync(witness.Address)));
        // A witness who returns is treated like a stranger.
        Assert.Contains("Passed on to the coordinators", (await RunningBot.SayAsync(witness, "They took somebody")).Text);
    }

    [PostgresFact]
    public async Task In_one_report_only_from_any_account_that_has_its_receipt()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var witness = bot.Sandbox.AddPerson("Witness", "en");
        var receipt = await A_witness_reports.SendAsync(witness, "They took Quixotic Invented");
        var card = await coordinator.WaitForTextAsync("Quixotic");
        var other = bot.Sandbox.AddPerson("Other Phone", "en");

        var asked = await RunningBot.SayAsync(other, $"/forget {receipt}");
        Assert.Contains("Nothing was deleted", (await RunningBot.PressAsync(other, asked, "No")).Text);
        asked = await RunningBot.SayAsync(other, $"/forget {receipt}");
        Assert.Contains("This report is deleted", (await RunningBot.PressAsync(other, asked, "Yes, delete it")).Text);

        await coordinator.Chat.WaitForMessageAsync(message => message.Id == card.Id && !message.Text.Contains("Quixotic"));
        Assert.Contains("a report with this number", (await RunningBot.SayAsync(witness, $"/status {receipt}")).Text);
        Assert.Contains("not sent a report", (await RunningBot.SayAsync(witness, "/status")).Text);
    }
}
