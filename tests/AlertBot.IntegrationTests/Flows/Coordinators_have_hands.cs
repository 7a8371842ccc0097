using AlertBot.Domain.Incidents;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Incidents;
using AlertBot.IntegrationTests.Support;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>What coordinators do by hand: attach, say, unlink, mute, look up.</summary>
public sealed class Coordinators_have_hands
{
    [PostgresFact]
    public async Task A_report_is_attached_by_hand_and_parted_again()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        await night.ReportAsync("somebody was led away at the bazaar", "Another Unknown");
        var told = night.Advocate.Messages.Count;

        await RunningBot.SayAsync(night.Coordinator, $"/attach {night.Incident.Code} {night.Case.Code}");
        await night.Bot.SettleAsync();
        Assert.Contains(night.Coordinator.Messages, message => message.Text.StartsWith("Done.", StringComparison.Ordinal));
        Assert.True(night.Advocate.Messages.Count > told);
        Assert.Equal(night.Case.Id, (await night.NowAsync()).Case);

        await RunningBot.SayAsync(night.Coordinator, "/detach " + night.Incident.Code);
        await night.Bot.SettleAsync();
        Assert.Contains(night.Coordinator.Messages, message => message.Text.StartsWith("Done. It goes on without a case", StringComparison.Ordinal));
        Assert.Contains($"is NOT about {night.Case.Code} after all", night.Advocate.Messages[^1].Text, StringComparison.Ordinal);
        Assert.Equal((null, Handling.Open), ((await night.NowAsync()).Case, (await night.NowAsync()).Handling));
        Assert.StartsWith("It is attached to no case", (await RunningBot.SayAsync(night.Coordinator, "/detach " + night.Incident.Code)).Text);
    }

    [PostgresFact]
    public async Task What_is_said_to_many_is_shown_first_with_how_many_will_read_it()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        var outsider = await night.Bot.AddAsync(Role.Advocate, "Outsider");
        var group = night.Bot.Sandbox.AddGroup("Friends", [night.Coordinator]);
        group.AddBot(night.Coordinator);
        await RunningBot.SayAsync(night.Coordinator, group, $"/link {night.Case.Code}");

        var preview = await RunningBot.SayAsync(night.Coordinator, $"/say {night.Case.Code} The hearing moved to 15:00");
        Assert.StartsWith("People: 1. Groups: 1. They will read:", preview.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(night.Advocate.Messages, message => message.Text.Contains("15:00", StringComparison.Ordinal));
        await RunningBot.PressAsync(night.Coordinator, preview, "📣 Send");
        await night.Bot.SettleAsync();
        Assert.Contains("15:00", night.Advocate.Messages[^1].Text, StringComparison.Ordinal);
        Assert.Contains(group.Messages, message => message.Text.Contains("15:00", StringComparison.Ordinal));
        Assert.DoesNotContain(outsider.Messages, message => message.Text.Contains("15:00", StringComparison.Ordinal));

        preview = await RunningBot.SayAsync(night.Coordinator, "/say advocates Call at nine");
        await RunningBot.PressAsync(night.Coordinator, preview, "Cancel");
        await night.Bot.SettleAsync();
        Assert.DoesNotContain(outsider.Messages, message => message.Text.Contains("nine", StringComparison.Ordinal));
        Assert.StartsWith("To whom?", (await RunningBot.SayAsync(night.Coordinator, "/say K-2222 hello")).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Groups_are_listed_and_unlinked_from_there()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        var group = night.Bot.Sandbox.AddGroup("Friends", [night.Coordinator]);
        group.AddBot(night.Coordinator);
        await RunningBot.SayAsync(night.Coordinator, group, $"/link {night.Case.Code}");

        var list = await RunningBot.SayAsync(night.Coordinator, "/groups");
        Assert.Contains($"1. Friends · {night.Case.Code}", list.Text, StringComparison.Ordinal);
        Assert.StartsWith("No group hears", (await RunningBot.PressAsync(night.Coordinator, list, "✕ 1")).Text, StringComparison.Ordinal);
        await night.ReportAsync();
        Assert.DoesNotContain(group.Messages, message => message.Text.Contains(night.Incident.Code.Text, StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Whoever_is_muted_is_kept_counted_and_listed()
    {
        await using var night = await IncidentNight.BeginAsync(reportAtOnce: false);
        var second = await night.Bot.AddAsync(Role.Coordinator, "Second");
        await night.ReportAsync("nonsense", "Nobody Atall");
        night.Bot.Clock.Advance(NodaTime.Duration.FromMinutes(1));
        var asked = await RunningBot.SayAsync(night.Coordinator, "/mute " + night.Incident.Code);
        await RunningBot.PressAsync(night.Coordinator, asked, "🔕 Mute");
        await night.Bot.SettleAsync();
        Assert.Contains("muted whoever sent", second.Messages[^1].Text, StringComparison.Ordinal);

        await night.ReportAsync("more nonsense", "Somebody Else Entirely");
        Assert.Empty(night.CardsOf(second));
        Assert.Contains(night.Incident.Code.Text, (await RunningBot.SayAsync(second, "/queue")).Text, StringComparison.Ordinal);
        var list = await RunningBot.SayAsync(second, "/mute");
        Assert.Contains("Reports since: 1", list.Text, StringComparison.Ordinal);
        Assert.StartsWith("Nobody is muted", (await RunningBot.PressAsync(second, list, "🔔 1 may ring again")).Text, StringComparison.Ordinal);
        await night.ReportAsync("they took him", "Third Person Again");
        Assert.NotEmpty(night.CardsOf(second));
    }

    [PostgresFact]
    public async Task Colleagues_have_names_that_only_colleagues_read_and_every_look_is_on_file()
    {
        await using var night = await IncidentNight.BeginAsync();
        var group = night.Bot.Sandbox.AddGroup("Friends", [night.Coordinator]);
        group.AddBot(night.Coordinator);
        await RunningBot.SayAsync(night.Coordinator, group, $"/link {night.Case.Code}");
        Assert.StartsWith("Dana of ENK ·", (await RunningBot.SayAsync(night.Advocate, "/me Dana of ENK")).Text, StringComparison.Ordinal);
        Assert.StartsWith("Please send one line", (await RunningBot.SayAsync(night.Advocate, "/me <b>")).Text, StringComparison.Ordinal);

        await night.PressAsync(night.Advocate, "I'm on it");
        Assert.Contains("Taken by Dana of ENK.", night.CardsOf(night.Coordinator)[0].Text, StringComparison.Ordinal);
        await night.PressAsync(night.Coordinator, "Verify & alert");
        Assert.DoesNotContain(group.Messages, message => message.Text.Contains("Dana", StringComparison.Ordinal));
        Assert.DoesNotContain(night.Reporter.Messages, message => message.Text.Contains("Dana", StringComparison.Ordinal));

        await RunningBot.SayAsync(night.Advocate, $"/case {night.Case.Code}");
        var audit = await RunningBot.SayAsync(night.Coordinator, $"/audit {night.Case.Code}");
        Assert.Contains("case.read", audit.Text, StringComparison.Ordinal);
        Assert.Contains("case.link", audit.Text, StringComparison.Ordinal);
        night.Advocate.BlockBot();
        await RunningBot.SayAsync(night.Coordinator, $"/event {night.Case.Code} detention_start 2026-03-01 10:00");
        await night.Coordinator.WaitForTextAsync("We cannot reach Dana of ENK (advocate)");
    }
}
