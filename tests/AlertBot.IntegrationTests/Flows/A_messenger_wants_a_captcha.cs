using AlertBot.Domain.Channels;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.Messengers;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public sealed class A_messenger_wants_a_captcha
{
    private const string Token = "signalcaptcha://signal-hcaptcha.5fad97ac.challenge.P1_solved";

    [PostgresFact]
    public async Task A_coordinator_solves_it_and_hears_what_the_messenger_says()
    {
        var signal = new ScriptedSignal { Accepts = () => false };
        await using var bot = await RunningBot.StartAsync(second: signal);
        var coordinator = await bot.AddAsync(Role.Coordinator);
        Assert.Contains("No messenger is asking", (await RunningBot.SayAsync(coordinator, "/captcha")).Text, StringComparison.Ordinal);
        await ChallengeAsync(bot);
        await coordinator.WaitForTextAsync("wants proof that we are people");

        Assert.Contains("I hand it over", (await RunningBot.SayAsync(coordinator, "/captcha " + Token)).Text, StringComparison.Ordinal);
        await coordinator.WaitForTextAsync("has not accepted it");
        signal.Accepts = () => true;
        // The command alone and then the link alone, as people copy things on a phone.
        await RunningBot.SayAsync(coordinator, "/captcha");
        Assert.Contains("not the link of a solved puzzle", (await RunningBot.SayAsync(coordinator, "what link?")).Text, StringComparison.Ordinal);
        await RunningBot.SayAsync(coordinator, Token);
        await coordinator.WaitForTextAsync("has accepted it");
        await bot.SettleAsync();

        Assert.Equal(2, signal.Answers.Count);
        Assert.Contains(coordinator.Messages, message => message.Text.StartsWith("✅ Signal is sending again: coordinator", StringComparison.Ordinal));
        Assert.DoesNotContain("P1_solved", bot.Log.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Nobody_else_can_answer_it()
    {
        var signal = new ScriptedSignal();
        await using var bot = await RunningBot.StartAsync(second: signal);
        var advocate = await bot.AddAsync(Role.Advocate);
        await ChallengeAsync(bot);

        Assert.Equal((await RunningBot.SayAsync(advocate, "/nonsense")).Text, (await RunningBot.SayAsync(advocate, "/captcha " + Token)).Text);
        await bot.Get<ChannelErrands>().RunAsync(CancellationToken.None);

        Assert.Empty(signal.Answers);
    }

    private static Task<int> ChallengeAsync(RunningBot bot) => bot.ActAsync(async session =>
    {
        await bot.Get<ChannelChallenges>().HeardAsync(session, ChannelKind.Signal, "challenge-1", bot.Clock.Now + Duration.FromHours(24), false);
        return 0;
    });
}
