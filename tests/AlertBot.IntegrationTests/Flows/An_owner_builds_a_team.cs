using System.Text.RegularExpressions;
using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Workflows.People;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public partial class An_owner_builds_a_team
{
    [PostgresFact]
    public async Task The_first_owner_comes_in_by_a_code_of_the_command_line_and_lets_others_in()
    {
        await using var bot = await RunningBot.StartAsync();
        var owner = bot.Sandbox.AddPerson("Owner");
        Assert.Contains("owner", (await RunningBot.SayAsync(owner, "/start " + await bot.InviteAsync(Role.Owner))).Text, StringComparison.Ordinal);

        var invite = await RunningBot.SayAsync(owner, "/invite coordinator 24");
        Assert.Contains("https://t.me/", invite.Text, StringComparison.Ordinal);
        Assert.Contains("24 hours", invite.Text, StringComparison.Ordinal);
        var coordinator = bot.Sandbox.AddPerson("Coordinator", "ru");
        Assert.Contains("координатор", (await RunningBot.SayAsync(coordinator, "/start " + CodeIn(invite))).Text, StringComparison.Ordinal);
        await owner.WaitForTextAsync("a new coordinator is here");

        Assert.Contains("только владелец", (await RunningBot.SayAsync(coordinator, "/invite owner")).Text, StringComparison.Ordinal);
        var asked = await RunningBot.SayAsync(coordinator, "/invite");
        Assert.Equal(["invite:reporter", "invite:advocate"], asked.AllButtons.Select(button => button.Data));
        var advocate = bot.Sandbox.AddPerson("Advocate");
        await RunningBot.SayAsync(advocate, "/start " + CodeIn(await RunningBot.SayAsync(coordinator, "/invite advocate 24 Dana")));

        await bot.SettleAsync();
        var people = await RunningBot.SayAsync(owner, "/people");
        Assert.Equal(
            ["owner (you) · en · active · 0 cases", "coordinator · ru · active · 0 cases", "• Dana · advocate · en · active · 0 cases"],
            Lines(people, but: 2));
    }

    [PostgresFact]
    public async Task Whom_an_operator_brought_in_counts_once_they_answered_and_how_many_wait_is_said()
    {
        var plain = new ScriptedSignal();
        await using var bot = await RunningBot.StartAsync(
            second: new ScriptedSignal { Capabilities = plain.Capabilities with { NewPeople = SignalPolicy.Usual.BudgetOf(20) } });
        var owner = await bot.AddAsync(Role.Owner);
        await bot.ActAsync(session => bot.Get<ImportPeople>().LineAsync(
            session.As(Actor.Operator), ["advocate", "signal", Guid.NewGuid().ToString(), "en"]));

        var people = await RunningBot.SayAsync(owner, "/people");

        Assert.Equal(
            ["owner (you) · en · active · 0 cases", "advocate · en · not confirmed yet · 0 cases",
             "Signal: 0 of 20 new people today, 5 kept for critical alerts, 0 waiting"],
            Lines(people));
    }

    [PostgresFact]
    public async Task The_menu_of_a_chat_follows_the_role()
    {
        await using var bot = await RunningBot.StartAsync();
        var advocate = await bot.AddAsync(Role.Advocate);
        // The menu is set once the answer is on its way.
        var menu = await RunningBot.EventuallyAsync(() => bot.Sandbox.Bot.Commands
            .FirstOrDefault(pair => pair.Key.Contains(advocate.Address.Value, StringComparison.Ordinal)).Value);

        Assert.Contains(menu, command => command.Contains("cases", StringComparison.Ordinal));
        Assert.DoesNotContain(menu, command => command.Contains("newcase", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task An_invitation_works_once()
    {
        await using var bot = await RunningBot.StartAsync();
        var code = await bot.InviteAsync(Role.Advocate);
        await RunningBot.SayAsync(bot.Sandbox.AddPerson("One"), "/start " + code);

        Assert.StartsWith(
            "This invite was used already", (await RunningBot.SayAsync(bot.Sandbox.AddPerson("Two"), "/start " + code)).Text,
            StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task An_invitation_works_in_its_time()
    {
        await using var bot = await RunningBot.StartAsync();
        var code = await bot.InviteAsync(Role.Advocate, Duration.FromHours(1));
        bot.Clock.Advance(Duration.FromHours(1));

        Assert.StartsWith(
            "This invite is too old", (await RunningBot.SayAsync(bot.Sandbox.AddPerson("Late"), "/start " + code)).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task An_invitation_takes_no_role_away_and_stays_good_for_another()
    {
        await using var bot = await RunningBot.StartAsync();
        var owner = await bot.AddAsync(Role.Owner);
        var code = await bot.InviteAsync(Role.Advocate);

        Assert.StartsWith("You already work here as: owner", (await RunningBot.SayAsync(owner, "/start " + code)).Text, StringComparison.Ordinal);
        Assert.Contains("advocate", (await RunningBot.SayAsync(bot.Sandbox.AddPerson("Other"), "/start " + code)).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Whoever_guesses_codes_is_not_even_listened_to()
    {
        await using var bot = await RunningBot.StartAsync();
        var code = await bot.InviteAsync(Role.Owner);
        var guesser = bot.Sandbox.AddPerson("Guesser");
        var answers = new List<string>();
        for (var guess = 0; guess < 5; guess++)
            answers.Add((await RunningBot.SayAsync(guesser, "/start 0000000000000000000000000" + guess)).Text);

        answers.Add((await RunningBot.SayAsync(guesser, "/start " + code)).Text);
        Assert.Single(answers.Distinct());

        bot.Clock.Advance(Duration.FromMinutes(61));
        Assert.Contains("owner", (await RunningBot.SayAsync(guesser, "/start " + code)).Text, StringComparison.Ordinal);
    }

    // Without the signs, which are random.
    private static IEnumerable<string> Lines(SandboxMessage message, int but = -1) => message.Text.Split('\n')[1..].Select(
        (line, at) => at == but || line[0] != '•' ? line : line[(line.IndexOf(" · ", StringComparison.Ordinal) + 3)..]);

    private static string CodeIn(SandboxMessage message) => Code().Match(message.Text).Groups[1].Value;

    [GeneratedRegex("/start ([0-9a-z]{26})")]
    private static partial Regex Code();
}
