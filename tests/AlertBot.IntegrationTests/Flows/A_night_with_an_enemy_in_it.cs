using System.Security.Cryptography;
using AlertBot.IntegrationTests.Support;
using AlertBot.Postgres;
using AlertBot.Postgres.Vaults;
using AlertBot.Replaying;
using AlertBot.Replaying.Chats;
using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>Nights in which somebody wants that a true report is not heard, played to their end: who heard what, and when.</summary>
public class A_night_with_an_enemy_in_it
{
    [PostgresTheory]
    [InlineData("20-night-with-an-advocate-who-closes", 15)]
    [InlineData("21-raid-beside-a-flood", 40)]
    public async Task Everybody_hears_what_they_must(string name, int checks)
    {
        var ground = Shipped.Ground;
        var night = Assert.Single(Scenarios.LoadChats(ground, name));
        var clock = new ReplayClock(night.Zone.AtLeniently(night.Steps[0].At).ToInstant());
        await using var database = await TestDatabase.CreateAsync();
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock });
        using var key = new VaultKey(RandomNumberGenerator.GetBytes(VaultKey.Size));
        await using var stage = await Stage.SetAsync(
            ground, new Database(database.Source, new Vault(key), clock), sandbox, Replaying.Cast.On(sandbox), clock, CancellationToken.None);

        var played = await new ChatRunner(ground, stage, night).RunAsync((_, _) => Task.CompletedTask, CancellationToken.None);

        Assert.Empty(played.Checks.Where(check => !check.Passed).Select(check => $"{check.Step.At:HH:mm} {check.Step}: {check.Found}"));
        Assert.True(played.Checks.Count >= checks);
    }
}
