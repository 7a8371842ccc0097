using AlertBot.IntegrationTests.Incidents;
using AlertBot.IntegrationTests.Support;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public sealed class A_discreet_person_is_alerted
{
    [PostgresFact]
    public async Task The_message_says_nothing_until_it_is_opened_and_can_be_hidden_again()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        await DiscreetAsync(night);
        await night.ReportAsync();

        var hidden = night.Advocate.Messages[^1];
        Assert.Equal("You have a message.", hidden.Text);
        Assert.Equal(["Show"], hidden.AllButtons.Select(button => button.Text));
        var shown = await RunningBot.PressAsync(night.Advocate, hidden, "Show");
        Assert.Contains("Testbay Invented", shown.Text);
        Assert.Contains(shown.AllButtons, button => button.Text == "I'm on it");
        Assert.Equal("You have a message.", (await RunningBot.PressAsync(night.Advocate, shown, "Hide")).Text);
    }

    [PostgresFact]
    public async Task What_changes_while_it_is_hidden_stays_hidden_and_what_is_shown_stays_shown()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        await DiscreetAsync(night);
        await night.ReportAsync();
        var first = night.Advocate.Messages[^1].Id;
        await night.PassAsync(Duration.FromMinutes(3));
        var again = night.Advocate.Messages[^1];
        Assert.NotEqual(first, again.Id);
        Assert.Equal("You have a message.", again.Text);
        await RunningBot.PressAsync(night.Advocate, again, "Show");

        await night.PressAsync(night.Coordinator, "I'm on it");

        Assert.Equal("You have a message.", night.Advocate.Messages.Single(message => message.Id == first).Text);
        Assert.Contains("Taken by", night.Advocate.Messages.Single(message => message.Id == again.Id).Text);
    }

    [PostgresFact]
    public async Task It_is_switched_on_and_off_under_privacy_and_reporters_are_not_asked()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        await DiscreetAsync(night);
        var page = await RunningBot.SayAsync(night.Advocate, "/privacy");
        await RunningBot.PressAsync(night.Advocate, page, "Show my alerts at once");
        await night.ReportAsync();

        Assert.Contains("Testbay Invented", night.Advocate.Messages[^1].Text);
        Assert.Empty((await RunningBot.SayAsync(night.Reporter, "/privacy")).AllButtons);
    }

    private static async Task DiscreetAsync(IncidentNight night) => Assert.Contains(
        "You have a message",
        (await RunningBot.PressAsync(night.Advocate, await RunningBot.SayAsync(night.Advocate, "/privacy"), "Hide my alerts")).Text);
}
