using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Subscribing;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>The way of an alert, tried with people who are told that it is a drill.</summary>
public sealed class A_drill_is_held
{
    [PostgresFact]
    public async Task Each_message_says_so_and_whoever_began_it_reads_who_answered_and_how_fast()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var (quick, silent) = (await bot.AddAsync(Role.Advocate, "Quick"), await bot.AddAsync(Role.Advocate, "Silent"));
        var outsider = await bot.AddAsync(Role.Advocate, "Outsider");
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(quick, file);
        await bot.FollowAsync(silent, file);

        var asked = await RunningBot.SayAsync(coordinator, $"/drill {file.Code}");
        var begun = await RunningBot.PressAsync(coordinator, asked, $"Whoever follows {file.Code}");
        Assert.Contains("People: 2", begun.Text, StringComparison.Ordinal);
        var told = await quick.WaitForTextAsync("DRILL. Nothing has happened");
        await silent.WaitForTextAsync("DRILL. Nothing has happened");
        bot.Clock.Advance(Duration.FromSeconds(20));
        await RunningBot.PressAsync(quick, told, "I read this");
        await bot.Get<DrillFigures>().RunAsync(CancellationToken.None);
        await bot.SettleAsync();
        Assert.DoesNotContain(coordinator.Messages, message => message.Text.Contains("The drill is over", StringComparison.Ordinal));

        bot.Clock.Advance(StartDrill.Lasts);
        await bot.Get<DrillFigures>().RunAsync(CancellationToken.None);
        await bot.Get<DrillFigures>().RunAsync(CancellationToken.None);
        await bot.SettleAsync();

        var over = Assert.Single(coordinator.Messages, message => message.Text.Contains("The drill is over", StringComparison.Ordinal));
        Assert.Contains("Told: 2. Answered: 1.", over.Text, StringComparison.Ordinal);
        var sign = PersonSign.Of((await bot.ActAsync(session => session.Addresses.FindAsync(silent.Address)))!.Person!.Value);
        Assert.Contains($"No answer from: {sign}", over.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(outsider.Messages, message => message.Text.Contains("DRILL", StringComparison.Ordinal));
        Assert.Equal("This drill is over.", await RunningBot.NoticeOfAsync(
            silent, silent.Messages.Last(message => message.AllButtons.Any(button => button.Text == "I read this")), "I read this"));
    }

    [PostgresFact]
    public async Task Only_coordinators_begin_one_and_none_goes_to_nobody()
    {
        await using var bot = await RunningBot.StartAsync();
        var (coordinator, advocate) = (await bot.AddAsync(Role.Coordinator), await bot.AddAsync(Role.Advocate));
        var file = await bot.OpenCaseAsync();

        Assert.Equal((await RunningBot.SayAsync(advocate, "/nonsense")).Text, (await RunningBot.SayAsync(advocate, "/drill")).Text);
        Assert.Contains("nobody follows", (await RunningBot.SayAsync(coordinator, $"/drill {file.Code}")).Text, StringComparison.Ordinal);
        var asked = await RunningBot.SayAsync(coordinator, "/drill");
        var forged = advocate.PressData(advocate.Messages[^1], "drill:go:advocates");
        Assert.NotNull(await forged.Answer.WaitAsync(TimeSpan.FromSeconds(10)));
        await RunningBot.PressAsync(coordinator, asked, "Only me");
        await coordinator.WaitForTextAsync("DRILL. Nothing has happened");
        await bot.SettleAsync();
        Assert.DoesNotContain(advocate.Messages, message => message.Text.Contains("DRILL", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task At_the_desk_a_group_is_tried_too_and_each_drill_is_seen_one_by_one()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var (quick, silent) = (await bot.AddAsync(Role.Advocate, "Quick"), await bot.AddAsync(Role.Advocate, "Silent"));
        using var browser = await desk.SignInAsync(coordinator);
        var file = await bot.OpenCaseAsync();
        await bot.FollowAsync(quick, file);
        await bot.FollowAsync(silent, file);
        var group = bot.Sandbox.AddGroup("Friends", [coordinator, quick]);
        await RunningBot.SayAsync(coordinator, group, "/link " + file.Code);
        const string Path = "/console/drills";

        var begun = await browser.PostAsync("/console/drills/start", await browser.GetAsync(Path), ("whom", file.Code.Text));
        Assert.Contains("The drill runs", begun.Text, StringComparison.Ordinal);
        var told = await quick.WaitForTextAsync("DRILL. Nothing has happened");
        await silent.WaitForTextAsync("DRILL. Nothing has happened");
        bot.Clock.Advance(Duration.FromSeconds(20));
        await RunningBot.PressAsync(quick, told, "I read this");
        await bot.SettleAsync();
        var first = await browser.GetAsync(Path);
        Assert.Contains("50 %", first.Text, StringComparison.Ordinal);
        Assert.Contains("no answer", first.Text, StringComparison.Ordinal);
        Assert.Contains("20 s", first.Text, StringComparison.Ordinal);

        bot.Clock.Advance(Duration.FromMinutes(1));
        var id = await bot.ActAsync(async session => (await session.Addresses.FindAsync(group.Address))!.Id);
        await browser.PostAsync("/console/drills/start", first, ("whom", StartDrill.Group + id.Value.ToString("N")));
        await group.WaitForMessageAsync(message => message.Text.Contains("DRILL", StringComparison.Ordinal));
        await bot.SettleAsync();
        var second = await browser.GetAsync(Path);
        Assert.Contains("Friends", second.Text[second.Text.IndexOf("id=\"one\"", StringComparison.Ordinal)..], StringComparison.Ordinal);

        // The first one is a link away, and a group that hears of nothing is none to try.
        var drills = await bot.ActAsync(session => session.Desk.DrillsAsync(10));
        Assert.Equal(2, drills.Count);
        var shown = (await browser.GetAsync($"{Path}?drill={drills[1].Alert.Value:N}")).Text;
        Assert.Contains("no answer", shown[shown.IndexOf("id=\"one\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("Nobody would be told", (await browser.PostAsync(
            "/console/drills/start", second, ("whom", StartDrill.Group + Guid.NewGuid().ToString("N")))).Text, StringComparison.Ordinal);
    }
}
