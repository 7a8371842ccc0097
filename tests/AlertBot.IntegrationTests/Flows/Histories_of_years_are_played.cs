using System.Security.Cryptography;
using AlertBot.Hosting;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Postgres.Vaults;
using AlertBot.Replaying;
using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>The histories of <c>config/scenarios</c>, side by side on one clock: each date and each message that they demand.</summary>
public class Histories_of_years_are_played
{
    [PostgresFact]
    public async Task Every_expectation_of_every_history_is_met()
    {
        var ground = Ground.Load();
        var histories = Scenarios.Load(ground, "all");
        var clock = new ReplayClock(ReplayRunner.StartOf(histories));
        await using var database = await TestDatabase.CreateAsync();
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock });
        using var key = new VaultKey(RandomNumberGenerator.GetBytes(VaultKey.Size));
        await using var stage = await Stage.SetAsync(
            ground, new Database(database.Source, new Vault(key), clock), sandbox, Replaying.Cast.On(sandbox), clock, CancellationToken.None);

        var played = await new ReplayRunner(ground, stage, histories).RunAsync(null, CancellationToken.None);

        Assert.Empty(played.SelectMany(one => one.Checks.Where(check => !check.Passed).Select(
            check => $"{one.Scenario.Name}, line {check.Expectation.Line}: {check.Expectation.Text}: {check.Found}")));
        Assert.True(played.Count >= 16);

        // What nobody reads saves nobody: 199 alerts in a year were too many.
        var almaty = played.Single(one => one.Scenario.Name == "04-almaty-february-2024");
        Assert.InRange(
            almaty.Timeline.Count(moment => moment.Kind == ReplayMomentKind.Alert && moment.Local.Date <= almaty.Scenario.Until), 20, 59);
    }
}
