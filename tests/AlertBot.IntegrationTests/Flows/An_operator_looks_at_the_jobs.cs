using System.Text.Json;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.Flows;

public sealed class An_operator_looks_at_the_jobs
{
    [PostgresFact]
    public async Task By_their_names_before_and_after_a_run_by_hand()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        using var directory = new TemporaryDirectory();
        await using var sandbox = await SandboxServer.StartAsync();
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__AlertBot"] = database.ConnectionString,
            ["Data__Directory"] = directory.Path,
            ["Telegram__Token"] = sandbox.Token,
            ["Telegram__ApiUrl"] = sandbox.Url.AbsoluteUri,
        };

        var (listed, before) = await ProgramProcess.RunAsync(settings, "jobs", "list");
        Assert.True(listed == 0, before);
        foreach (var job in new[] { "release-deadlines", "hearings", "no-next-date", "other-deadlines", "reported-arrests", "check-ins", "digests" })
            Assert.Contains(job, before, StringComparison.Ordinal);

        var (unknown, hint) = await ProgramProcess.RunAsync(settings, "jobs", "run", "release-deadline");
        Assert.Equal(2, unknown);
        Assert.Contains("did you mean 'release-deadlines'?", hint, StringComparison.Ordinal);
        Assert.Equal(2, (await ProgramProcess.RunAsync(settings, "jobs", "run")).Code);

        var (ran, said) = await ProgramProcess.RunAsync(settings, "jobs", "run", "release-deadlines");
        Assert.True(ran == 0, said);

        var (_, json) = await ProgramProcess.RunAsync(settings, "jobs", "list", "--json");
        using var jobs = JsonDocument.Parse(json);
        var release = jobs.RootElement.EnumerateArray().Single(job => job.GetProperty("name").GetString() == "release-deadlines");
        Assert.True(release.GetProperty("watchesPeople").GetBoolean());
        Assert.Equal("every 30 s", release.GetProperty("schedule").GetString());
        Assert.NotNull(release.GetProperty("lastSucceeded").GetString());
        Assert.Equal(0, release.GetProperty("failuresInARow").GetInt32());

        // Of a failing job the bot shows the fault code, under which the log has more, but not the message.
        await using (var connection = await database.Source.OpenConnectionAsync())
            await Dapper.SqlMapper.ExecuteAsync(connection, "alter table deadline rename to deadline_gone");
        var (failed, why) = await ProgramProcess.RunAsync(settings, "jobs", "run", "release-deadlines");
        Assert.Equal(1, failed);
        Assert.Matches("failed.*code [0-9a-f]{8}", why);
        Assert.Contains("search the log for", (await ProgramProcess.RunAsync(settings, "jobs", "list")).Said, StringComparison.Ordinal);
        Assert.Contains("search the log for", (await ProgramProcess.RunAsync(settings, "doctor")).Said, StringComparison.Ordinal);
    }
}
