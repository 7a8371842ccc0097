using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.Flows;

public sealed class A_place_cannot_be_used
{
    [PostgresFact]
    public async Task The_program_says_which_and_what_to_look_for()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var sandbox = await SandboxServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var file = directory["in-the-way"];
        await File.WriteAllTextAsync(file, "");
        var settings = ProgramSettings.For(database, directory, sandbox);
        settings["Encryption__KeyFile"] = Path.Combine(file, "master.key");

        var (exit, said) = await ProgramProcess.RunAsync(settings, "serve");

        Assert.Equal(1, exit);
        Assert.Contains("cannot be used:", said, StringComparison.Ordinal);
        Assert.Contains("Is the disk full, or the directory another user's?", said, StringComparison.Ordinal);
        Assert.DoesNotContain("something went wrong inside the program", said, StringComparison.Ordinal);
    }
}
