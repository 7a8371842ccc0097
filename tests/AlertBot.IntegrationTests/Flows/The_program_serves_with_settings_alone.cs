using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>
/// The released program on an empty database, against a Bot API server unknown to it: it gets only the settings of config/alertbot.yaml, through the
/// environment.
/// </summary>
public sealed class The_program_serves_with_settings_alone
{
    // A process must start, migrate and connect, which takes long on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [PostgresFact]
    public async Task The_first_owner_comes_in_opens_a_case_and_is_alerted_even_after_a_kill()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var sandbox = await SandboxServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var settings = SettingsFor(database, sandbox, directory);
        var owner = sandbox.AddPerson("Marta", hasStarted: false);

        await using var bot = ProgramProcess.Start(settings, "serve");
        var (invited, code) = await ProgramProcess.RunAsync(settings, "invite", "--role", "owner");
        Assert.True(invited == 0, code);
        var start = code.Split('\n').Single(line => line.StartsWith("/start ", StringComparison.Ordinal)).Trim();
        Assert.Contains($"https://t.me/{sandbox.Bot.Username}?start={start["/start ".Length..]}", code, StringComparison.Ordinal);

        owner.SendText(start);
        try
        {
            await owner.WaitForTextAsync("owner", Patience);
        }
        catch (TimeoutException silent)
        {
            throw new TimeoutException($"{silent.Message} The program said: {bot.Said}");
        }

        var (imported, caseCode) = await ProgramProcess.RunAsync(settings, "case", "import", CaseFile(directory));
        Assert.Equal(0, imported);

        // The program dies in the middle of the night. An alert raised meanwhile is sent when it is back.
        await bot.KillAsync();
        var (sent, id) = await ProgramProcess.RunAsync(
            settings, "alert", "send", "--case", caseCode.Trim(), "--kind", "notice", "--severity",
            "critical", "--text", "The hearing moved to 15:00");
        Assert.Equal(0, sent);
        await using var again = ProgramProcess.Start(settings, "serve");
        await owner.WaitForTextAsync("The hearing moved to 15:00", Patience);

        Assert.DoesNotContain(sandbox.Token, bot.Said + again.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(owner.Id.ToString(CultureInfo.InvariantCulture), bot.Said + again.Said, StringComparison.Ordinal);
        var (_, status) = await ProgramProcess.RunAsync(settings, "alert", "status", id.Trim(), "--json");
        Assert.Contains("\"sent\":1", status, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task On_Signal_alone_it_needs_an_address_and_a_number()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var sandbox = await SandboxServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var settings = SettingsFor(database, directory);
        settings["Signal__ApiUrl"] = sandbox.Url.AbsoluteUri;
        settings["Signal__Account"] = sandbox.Signal.Account;
        var owner = sandbox.AddSignalPhone("Marta");

        await using var bot = ProgramProcess.Start(settings, "serve");
        var (invited, code) = await ProgramProcess.RunAsync(settings, "invite", "--role", "owner");
        Assert.True(invited == 0, code);
        owner.SendText(code.Split('\n').Single(line => line.StartsWith("/start ", StringComparison.Ordinal)).Trim());
        try
        {
            await owner.WaitForTextAsync("owner", Patience);
        }
        catch (TimeoutException silent)
        {
            throw new TimeoutException($"{silent.Message} The program said: {bot.Said}");
        }

        Assert.Contains("\"signal\":\"receiving\"", await ProgramProcess.HealthAsync(settings), StringComparison.Ordinal);
        Assert.Contains("signal-cli answers", (await ProgramProcess.RunAsync(settings, "doctor")).Said, StringComparison.Ordinal);
        sandbox.Signal.Version = "0.13.0";
        Assert.Contains("signal-cli is older than 0.13.12", (await ProgramProcess.RunAsync(settings, "doctor")).Said, StringComparison.Ordinal);
        foreach (var secret in new[] { sandbox.Signal.Account, owner.Number, owner.Uuid.ToString() })
            Assert.DoesNotContain(secret, bot.Said, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_mistyped_setting_is_named_with_the_one_that_was_meant()
    {
        var (code, said) = await ProgramProcess.RunAsync(new Dictionary<string, string> { ["Telegram__Tokn"] = "1:x" }, "serve");

        Assert.Equal(1, code);
        Assert.Contains("Telegram__Token", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_port_that_is_taken_is_said_with_the_setting_that_names_another()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var sandbox = await SandboxServer.StartAsync();
        using var directory = new TemporaryDirectory();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var settings = SettingsFor(database, sandbox, directory);
        settings["Web__Url"] = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var (code, said) = await ProgramProcess.RunAsync(settings, "serve");

        Assert.Equal(1, code);
        Assert.Contains("Is another AlertBot running? Web__Url names another address.", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> SettingsFor(TestDatabase database, SandboxServer sandbox, TemporaryDirectory directory)
    {
        var settings = SettingsFor(database, directory);
        settings["Telegram__Token"] = sandbox.Token;
        settings["Telegram__ApiUrl"] = sandbox.Url.AbsoluteUri;
        return settings;
    }

    private static Dictionary<string, string> SettingsFor(TestDatabase database, TemporaryDirectory directory) => new()
    {
        ["ConnectionStrings__AlertBot"] = database.ConnectionString,
        ["Encryption__KeyFile"] = directory["master.key"],
        ["Data__Directory"] = directory.Path,
        ["Web__Url"] = $"http://127.0.0.1:{FreePort()}",
        ["Log__Level"] = "Trace",
    };

    private static string CaseFile(TemporaryDirectory directory)
    {
        var path = directory["case.json"];
        File.WriteAllText(path, """
            {
              "names": ["Invented Person"], "zone": "Asia/Almaty", "jurisdictions": ["KZ"],
              "events": [{ "kind": "status_note", "at": "2024-01-01" }]
            }
            """);
        return path;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
