using System.Security.Cryptography;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Postgres.Vaults;
using AlertBot.Replaying;
using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>The histories of <c>config/scenarios</c>, each on a clock of its own: each date and each message that it demands.</summary>
public class Histories_of_years_are_played
{
    public static TheoryData<string> Names => [.. Scenarios.Load(Shipped.Ground, "all").Select(one => one.Name)];

    [Fact]
    public void None_of_them_is_left_out() => Assert.True(Names.Count >= 16, $"{Names.Count}");

    [PostgresTheory]
    [MemberData(nameof(Names))]
    public async Task Every_expectation_of_a_history_is_met(string name)
    {
        var ground = Shipped.Ground;
        var histories = Scenarios.Load(ground, name);
        var clock = new ReplayClock(ReplayRunner.StartOf(histories));
        await using var database = await TestDatabase.CreateAsync();
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock });
        using var key = new VaultKey(RandomNumberGenerator.GetBytes(VaultKey.Size));
        await using var stage = await Stage.SetAsync(
            ground, new Database(database.Source, new Vault(key), clock), sandbox, Replaying.Cast.On(sandbox), clock, CancellationToken.None);

        var played = Assert.Single(await new ReplayRunner(ground, stage, histories).RunAsync(null, CancellationToken.None));

        Assert.NotEmpty(played.Checks);
        Assert.Empty(played.Checks.Where(check => !check.Passed).Select(
            check => $"line {check.Expectation.Line}: {check.Expectation.Text}: {check.Found}"));

        // What nobody reads saves nobody: 199 alerts in a year were too many.
        if (name != "04-almaty-february-2024")
            return;
        Assert.InRange(played.Timeline.Count(moment => moment.Kind == ReplayMomentKind.Alert), 20, 59);

        // What each advocate read in the first week stands in the documentation as it is.
        var table = string.Join('\n', FirstDays.Table(stage.Cast, ReplayRunner.StartOf(histories), days: 8, histories[0].Zone));
        Assert.Contains(table, await File.ReadAllTextAsync(Path.Combine(ground.Config, "..", "docs", "reminders.md")), StringComparison.Ordinal);
    }
}
