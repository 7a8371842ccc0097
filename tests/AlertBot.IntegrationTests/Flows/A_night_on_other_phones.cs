using System.Security.Cryptography;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Postgres.Vaults;
using AlertBot.Replaying;
using AlertBot.Replaying.Chats;
using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>The night of 13-14 September 2022 until its flood, which the replay plays. The same must be seen on any messenger.</summary>
public class A_night_on_other_phones
{
    [PostgresTheory]
    [InlineData("13-night-half-on-signal")]
    [InlineData("14-night-without-telegram")]
    public async Task It_is_told_taken_and_taken_back(string name)
    {
        var ground = Shipped.Ground;
        var night = Assert.Single(Scenarios.LoadChats(ground, name));
        night = night with
        {
            Steps = night.Steps.TakeWhile(step => step is not ChatStep.Flood).ToList(),
            Until = new NodaTime.LocalDateTime(2022, 9, 14, 0, 50),
        };
        var clock = new ReplayClock(night.Zone.AtLeniently(night.Steps[0].At).ToInstant());
        await using var database = await TestDatabase.CreateAsync();
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock });
        using var key = new VaultKey(RandomNumberGenerator.GetBytes(VaultKey.Size));
        await using var stage = await Stage.SetAsync(
            ground, new Database(database.Source, new Vault(key), clock), sandbox, Replaying.Cast.On(sandbox), clock, CancellationToken.None);

        var played = await new ChatRunner(ground, stage, night).RunAsync((_, _) => Task.CompletedTask, CancellationToken.None);

        Assert.All(played.Checks, check => Assert.True(check.Passed, $"{check.Step}: {check.Found}"));
        Assert.True(played.Checks.Count > 15);
    }
}
