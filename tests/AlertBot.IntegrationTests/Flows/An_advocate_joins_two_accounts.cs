using System.Text.RegularExpressions;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>One person, two accounts: joined by a code and a confirmation, treated alike, separated again.</summary>
public sealed partial class An_advocate_joins_two_accounts
{
    [PostgresFact]
    public async Task A_code_and_a_yes_make_them_one_person()
    {
        await using var bot = await RunningBot.StartAsync();
        var coordinator = await bot.AddAsync(Role.Coordinator);
        var first = await bot.AddAsync(Role.Advocate);
        var second = await bot.AddAsync(Role.Reporter);

        var code = await CodeAsync(first);
        var asked = await RunningBot.SayAsync(second, "/start " + code);
        Assert.Contains("first account", asked.Text, StringComparison.Ordinal);
        Assert.Contains("do not know this command", (await RunningBot.SayAsync(second, "/channels")).Text, StringComparison.OrdinalIgnoreCase);

        var question = await first.WaitForMessageAsync(message => message.Text.Contains("Is that you?", StringComparison.Ordinal));
        await RunningBot.PressAsync(first, question, "Yes, that is me");
        await second.WaitForMessageAsync(message => message.Text.Contains("Your role: advocate", StringComparison.Ordinal));

        await coordinator.WaitForMessageAsync(message => message.Text.Contains("joined a Telegram account", StringComparison.Ordinal));
        var accounts = (await RunningBot.SayAsync(second, "/channels")).Text;
        Assert.Equal(2, accounts.Split("Telegram").Length - 1);
        Assert.Contains("(this chat)", accounts, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_no_keeps_the_stranger_out()
    {
        await using var bot = await RunningBot.StartAsync();
        var first = await bot.AddAsync(Role.Advocate);
        var second = await bot.AddAsync(Role.Reporter);
        await RunningBot.SayAsync(second, "/start " + await CodeAsync(first));

        var question = await first.WaitForMessageAsync(message => message.Text.Contains("Is that you?", StringComparison.Ordinal));
        Assert.Contains("gets nothing", (await RunningBot.PressAsync(first, question, "No")).Text, StringComparison.Ordinal);

        Assert.Contains("do not know this command", (await RunningBot.SayAsync(second, "/cases")).Text, StringComparison.OrdinalIgnoreCase);
    }

    [PostgresFact]
    public async Task A_code_works_once_and_not_for_whoever_has_a_role()
    {
        await using var bot = await RunningBot.StartAsync();
        var first = await bot.AddAsync(Role.Advocate);
        var colleague = await bot.AddAsync(Role.Advocate);
        var second = await bot.AddAsync(Role.Reporter);
        var third = await bot.AddAsync(Role.Reporter);
        var code = await CodeAsync(first);

        Assert.Contains("role of its own", (await RunningBot.SayAsync(colleague, "/start " + code)).Text, StringComparison.Ordinal);
        await RunningBot.SayAsync(second, "/start " + code);
        Assert.Contains("do not know this code", (await RunningBot.SayAsync(third, "/start " + code)).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_code_that_is_too_old_is_none()
    {
        await using var bot = await RunningBot.StartAsync();
        var first = await bot.AddAsync(Role.Advocate);
        var second = await bot.AddAsync(Role.Reporter);
        var code = await CodeAsync(first);

        bot.Clock.Advance(NodaTime.Duration.FromMinutes(16));

        Assert.Contains("do not know this code", (await RunningBot.SayAsync(second, "/start " + code)).Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Whoever_has_one_phone_adds_an_account_to_nobody_behind_their_back()
    {
        await using var bot = await RunningBot.StartAsync();
        var first = await bot.AddAsync(Role.Advocate);
        var second = await bot.AddAsync(Role.Reporter);
        var third = await bot.AddAsync(Role.Reporter);
        await JoinAsync(first, second);

        await JoinAsync(first, third);

        await second.WaitForMessageAsync(message => message.Text.Contains("If that was not you", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task An_account_that_is_removed_is_a_strangers()
    {
        await using var bot = await RunningBot.StartAsync();
        var first = await bot.AddAsync(Role.Advocate);
        var second = await bot.AddAsync(Role.Reporter);
        await RunningBot.SayAsync(second, "/start " + await CodeAsync(first));
        var question = await first.WaitForMessageAsync(message => message.Text.Contains("Is that you?", StringComparison.Ordinal));
        await RunningBot.PressAsync(first, question, "Yes, that is me");

        var page = await RunningBot.SayAsync(first, "/channels");
        await RunningBot.PressAsync(first, page, "Remove Telegram");
        await second.WaitForMessageAsync(message => message.Text.Contains("was removed from yours", StringComparison.Ordinal));

        Assert.Contains("do not know this command", (await RunningBot.SayAsync(second, "/cases")).Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(
            "Remove", string.Concat((await RunningBot.SayAsync(first, "/channels")).AllButtons.Select(button => button.Text)),
            StringComparison.Ordinal);
    }

    private static async Task JoinAsync(SandboxPhone first, SandboxPhone other)
    {
        await RunningBot.SayAsync(other, "/start " + await CodeAsync(first));
        var question = await first.WaitForMessageAsync(message =>
            message.Text.Contains("Is that you?", StringComparison.Ordinal) && message.AllButtons.Any(button => button.Text == "Yes, that is me"));
        await RunningBot.PressAsync(first, question, "Yes, that is me");
    }

    private static async Task<string> CodeAsync(SandboxPhone phone)
    {
        var page = await RunningBot.SayAsync(phone, "/channels");
        return Code().Match((await RunningBot.PressAsync(phone, page, "Add an account")).Text).Groups[1].Value;
    }

    [GeneratedRegex("/start ([0-9a-z]{5}-[0-9a-z]{5})")]
    private static partial Regex Code();
}
