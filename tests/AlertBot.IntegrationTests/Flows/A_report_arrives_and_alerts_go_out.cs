using AlertBot.Domain.People;
using AlertBot.Domain.Reports;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Cases;
using AlertBot.Workflows.Reports;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public class A_report_arrives_and_alerts_go_out
{
    [PostgresFact]
    public async Task Those_who_follow_the_case_hear_of_it_and_one_of_them_takes_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");
        var advocate = await bot.AddAsync(Role.Advocate, "Dana");
        var reporter = await bot.AddAsync(Role.Reporter, "Witness");
        var code = await bot.ActAsync(async session =>
        {
            var file = await bot.Get<OpenCase>().RunAsync(
                session.As(Actor.Operator), [new PersonName("Testbay Invented")], ["KZ"], DateTimeZoneProviders.Tzdb["Asia/Almaty"]);
            var address = (await session.Addresses.FindAsync(advocate.Address))!;
            await session.Subscriptions.AddAsync(file!.Id, address.Id, null);
            return file.Code;
        });

        var receipt = await bot.ActAsync(async session =>
        {
            var from = (await session.Addresses.FindAsync(reporter.Address))!;
            var content = new ReportContent { Who = "Invented Testbay", Kind = ReportKind.Arrested, Where = "Almaty", Words = ["they took Testbay"] };
            var id = await session.Reports.BeginAsync(from.Id, "en", content);
            var report = (await session.Reports.FindAsync(id))!;
            return await bot.Get<SendReport>().RunAsync(session, report, isIncomplete: false, CancellationToken.None);
        });

        Assert.NotNull(receipt);
        var card = await advocate.WaitForMessageAsync(message => message.IsFromBot && message.Text.Contains("UNVERIFIED"));
        Assert.Contains(code.Text, card.Text);
        Assert.Contains("Testbay Invented", card.Text);
        var triage = await coordinator.WaitForMessageAsync(message => message.IsFromBot && message.Text.Contains("new report"));
        Assert.Contains("they took Testbay", triage.Text);

        await bot.SettleAsync();
        var taken = await RunningBot.PressAsync(advocate, card, "I'm on it");
        Assert.Contains("Taken by", taken.Text);
        await coordinator.Chat.WaitForMessageAsync(message => message.Id == triage.Id && message.Text.Contains("Taken by"));
    }
}
