using AlertBot.Domain.Cases;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>Whoever opens a case for a report is offered the law of the place that the report names first, and the case goes by its clock.</summary>
public sealed class A_new_case_takes_the_place_of_its_report
{
    [PostgresTheory]
    [InlineData("Almaty", "Kazakhstan", "Asia/Almaty")]
    [InlineData("Aktobe", "Kazakhstan", "Asia/Aqtobe")]
    [InlineData("Tashkent", "Uzbekistan", "Asia/Tashkent")]
    public async Task First_stands_the_State_where_it_happened(string city, string state, string zone)
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        bot.Sandbox.AddPerson("Witness").SendText($"Two men took my brother from his flat in {city} this morning");
        var card = await coordinator.WaitForTextAsync("new report");

        var asked = await RunningBot.AnswerToAsync(coordinator, card, "Open a case");
        Assert.Equal(state, asked.AllButtons.First().Text);
        coordinator.Press(asked, state);

        var opened = await coordinator.WaitForTextAsync("is open");
        Assert.True(CaseCode.TryParse(opened.Text.Split(' ').First(word => word.StartsWith("K-", StringComparison.Ordinal)), out var code));
        Assert.Equal(zone, (await bot.ActAsync(session => session.Cases.FindAsync(code)))!.Zone.Id);
    }
}
