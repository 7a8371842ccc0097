using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AlertBot.Configuration;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using Xunit.Abstractions;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>The running program's metrics under a real Prometheus with the shipped rules.</summary>
public sealed partial class Prometheus_watches(ITestOutputHelper output)
{
    private static readonly string Rules = Path.Combine(Path.GetDirectoryName(ConfigFolder.Find())!, "docs", "monitoring", "alertbot.rules.yaml");

    [PrometheusFact]
    public async Task It_scrapes_the_rules_load_and_the_alert_for_nothing_can_be_sent_fires_when_Telegram_is_down()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var sandbox = await SandboxServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var settings = ProgramSettings.For(database, directory, sandbox);
        await using var bot = ProgramProcess.Start(settings, "serve");
        Assert.Contains("\"isReady\"", await ProgramProcess.HealthAsync(settings), StringComparison.Ordinal);

        // The metrics are well-formed, and reveal nothing about anybody.
        using var http = new HttpClient { BaseAddress = new Uri(settings["Web__Url"]) };
        var text = await http.GetStringAsync("/metrics");
        await RunAsync(PrometheusFactAttribute.Tool!, text, "check", "metrics");
        foreach (var name in new[]
        {
            "alertbot_ready", "alertbot_channel_up{", "alertbot_overdue{", "alertbot_disk_free_bytes", "alertbot_inbox_waiting",
        })
            Assert.Contains(name, text, StringComparison.Ordinal);
        Assert.DoesNotContain(sandbox.Token, text, StringComparison.Ordinal);
        await RunAsync(PrometheusFactAttribute.Tool!, null, "check", "rules", Rules);

        var port = ProgramSettings.FreePort();
        using var prometheus = StartPrometheus(directory, settings["Web__Url"], port);
        try
        {
            using var query = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await Eventually.SaysAsync(
                query, "/api/v1/query?query=alertbot_channel_up", answer => answer.Contains(",\"1\"]", StringComparison.Ordinal));
            await Eventually.SaysAsync(query, "/api/v1/alerts", answer => !answer.Contains("AlertBotCannotSend", StringComparison.Ordinal));

            sandbox.TakeTelegramDown();
            var began = Stopwatch.GetTimestamp();
            await Eventually.SaysAsync(query, "/api/v1/alerts", answer => answer.Contains("AlertBotCannotSend", StringComparison.Ordinal)
                && answer.Contains("\"state\":\"firing\"", StringComparison.Ordinal));
            output.WriteLine($"fires {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s after Telegram went (its 'for' left out)");
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync();
        }
    }

    [PostgresFact]
    public async Task Others_are_told_nothing()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var sandbox = await SandboxServer.StartAsync();
        using var directory = new TemporaryDirectory();
        var settings = ProgramSettings.For(database, directory, sandbox);
        await using (var bot = ProgramProcess.Start(settings, "serve"))
        {
            await ProgramProcess.HealthAsync(settings);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(settings));
            // Sent as a proxy on this machine would.
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(settings, ("X-Forwarded-For", "203.0.113.9")));
        }

        settings["Monitoring__MetricsToken"] = "abcdefgh-ijklmnop";
        await using var guarded = ProgramProcess.Start(settings, "serve");
        await ProgramProcess.HealthAsync(settings);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(settings));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(settings, ("Authorization", "Bearer abcdefgh-ijklmnoq")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(settings, ("Authorization", "Bearer abcdefgh-ijklmnop")));
    }

    private static async Task<HttpStatusCode> StatusAsync(Dictionary<string, string> settings, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, settings["Web__Url"] + "/metrics");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private static Process StartPrometheus(TemporaryDirectory directory, string target, int port)
    {
        // The same rules without the time for which they must hold, so that nobody waits for minutes.
        File.WriteAllText(directory["rules.yaml"], HoldingTime().Replace(File.ReadAllText(Rules), ""));
        File.WriteAllText(directory["prometheus.yaml"], $"""
            global: {"{"} scrape_interval: 1s, evaluation_interval: 1s {"}"}
            scrape_configs:
              - job_name: alertbot
                static_configs: [ {"{"} targets: ["{new Uri(target).Authority}"] {"}"} ]
            rule_files: ["{directory["rules.yaml"]}"]
            """);
        return Process.Start(new ProcessStartInfo(PrometheusFactAttribute.Server!, [
            $"--config.file={directory["prometheus.yaml"]}", $"--storage.tsdb.path={directory["tsdb"]}",
            $"--web.listen-address=127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", "--log.level=error",
        ]))!;
    }

    private static async Task RunAsync(string program, string? input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, said);
    }

    [GeneratedRegex(@"^ *for: .*\n", RegexOptions.Multiline)]
    private static partial Regex HoldingTime();
}
