using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using AlertBot.Configuration;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Workflows.Monitoring;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>Existing monitoring pages those who are on call here: Prometheus' Alertmanager, with its own webhook.</summary>
public sealed class Alertmanager_pages_the_rota
{
    private const string Path = "/api/v1/alertmanager";

    [PostgresFact]
    public async Task What_is_told_again_pages_nobody_unless_it_gets_worse_and_what_is_over_is_said()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var (anna, berik) = (await bot.AddAsync(Role.Coordinator), await OnCallAsync(bot));
        using var browser = await desk.SignInAsync(anna);
        using var monitor = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Monitoring));

        var first = await monitor.PostTextAsync(Path, Body("firing", "warning", "The disk is nearly full"));
        Assert.Equal((HttpStatusCode.OK, "1", "0"), (first.Status, first["paged"], first["over"]));
        await berik.WaitForTextAsync("DiskFull: The disk is nearly full");
        Assert.Equal("0", (await monitor.PostTextAsync(Path, Body("firing", "warning", "The disk is nearly full")))["paged"]);
        Assert.Equal("1", (await monitor.PostTextAsync(Path, Body("firing", "critical", "The disk is full")))["paged"]);
        await berik.WaitForTextAsync("The disk is full");
        await bot.SettleAsync();
        Assert.Equal(2, Pages(berik));
        Assert.Equal(0, Pages(anna));

        Assert.Equal("1", (await monitor.PostTextAsync(Path, Body("resolved", "critical", "The disk is full")))["over"]);
        await berik.WaitForTextAsync("Monitoring, over:");
        Assert.Equal("0", (await monitor.PostTextAsync(Path, Body("resolved", "critical", "The disk is full")))["over"]);
        // The end of the last time was told; and where it was not, a later beginning tells that there was one.
        Assert.Equal("1", (await monitor.PostTextAsync(Path, Body("firing", "warning", "Again", hour: 10)))["paged"]);
        Assert.Equal("1", (await monitor.PostTextAsync(Path, Body("firing", "warning", "And again", hour: 11)))["paged"]);
        await bot.SettleAsync();
        // The card of the first page that ended says so; of what got worse the later page tells.
        Assert.Equal(3, Pages(berik));

        var strange = await monitor.PostTextAsync(Path, """{ "version": "3", "groupKey": "a", "alerts": [] }""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, strange.Status);
    }

    [PostgresFact]
    public async Task Nobody_takes_it_and_it_goes_on_until_somebody_does()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var anna = await bot.AddAsync(Role.Coordinator);
        var (berik, second) = (await OnCallAsync(bot), await OnCallAsync(bot));
        using var browser = await desk.SignInAsync(anna);
        using var monitor = new ApiProgram(desk.Url, await ApiProgram.TokenAsync(browser, ApiScope.Monitoring));
        await monitor.PostTextAsync(Path, Body("firing", "critical", "The disk is full"));
        await berik.WaitForTextAsync("The disk is full");
        await bot.SettleAsync();
        Assert.Equal((1, 0, 0), (Pages(berik), Pages(second), Pages(anna)));

        await PassAsync(bot);
        Assert.Equal((2, 1, 0), (Pages(berik), Pages(second), Pages(anna)));
        await PassAsync(bot);
        Assert.Equal((2, 1, 1), (Pages(berik), Pages(second), Pages(anna)));

        var page = second.Messages.Last(message => message.Text.Contains("The disk is full", StringComparison.Ordinal));
        var has = await RunningBot.PressAsync(second, page, "I'm on it");
        Assert.Contains("has it", has.Text, StringComparison.Ordinal);
        await bot.SettleAsync();
        Assert.Contains(anna.Messages, message => message.Text.Contains("has it", StringComparison.Ordinal));
        for (var time = 0; time < 4; time++)
            await PassAsync(bot);
        Assert.Equal((0, 0, 0), (Pages(berik), Pages(second), Pages(anna)));
    }

    [AlertmanagerFact]
    public async Task A_real_Alertmanager_with_the_shipped_configuration_does()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var desk = await OpenDesk.StartAsync(bot);
        var (anna, berik) = (await bot.AddAsync(Role.Coordinator), await OnCallAsync(bot));
        using var browser = await desk.SignInAsync(anna);
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["token"], await ApiProgram.TokenAsync(browser, ApiScope.Monitoring));
        var shipped = await File.ReadAllTextAsync(
            System.IO.Path.Combine(System.IO.Path.GetDirectoryName(ConfigFolder.Find())!, "docs", "monitoring", "alertmanager.yaml"));
        await File.WriteAllTextAsync(directory["alertmanager.yaml"], shipped
            .Replace("http://127.0.0.1:5080/", desk.Url.AbsoluteUri, StringComparison.Ordinal)
            .Replace("/etc/alertmanager/alertbot-token", directory["token"], StringComparison.Ordinal)
            // Nobody waits for what may still come.
            .Replace("group_wait: 10s", "group_wait: 0s", StringComparison.Ordinal)
            .Replace("group_interval: 1m", "group_interval: 1s", StringComparison.Ordinal));
        var port = ProgramSettings.FreePort();
        using var alertmanager = Process.Start(new ProcessStartInfo(AlertmanagerFactAttribute.Server!, [
            $"--config.file={directory["alertmanager.yaml"]}", $"--storage.path={directory["data"]}",
            string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"), "--cluster.listen-address=", "--log.level=error",
        ])
        {
            WorkingDirectory = Directory.Exists(AlertmanagerFactAttribute.Tools) ? AlertmanagerFactAttribute.Tools : directory.Path,
        })!;
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
            await Eventually.SaysAsync(http, "/-/ready", answer => answer.Contains("OK", StringComparison.Ordinal));
            await RaiseAsync(http, endsAt: null);
            await berik.WaitForTextAsync("DiskFull: Four per cent are free");
            await RaiseAsync(http, endsAt: "2020-01-01T00:00:00Z");
            await berik.WaitForTextAsync("Monitoring, over:");
            Assert.DoesNotContain(anna.Messages, message => message.Text.Contains("DiskFull", StringComparison.Ordinal));
        }
        finally
        {
            alertmanager.Kill();
            await alertmanager.WaitForExitAsync();
        }
    }

    private static async Task RaiseAsync(HttpClient http, string? endsAt)
    {
        var ends = endsAt is null ? "" : $"""
            , "startsAt": "2019-12-31T23:00:00Z", "endsAt": "{endsAt}"
            """;
        using var content = new StringContent(
            $$"""
            [{
              "labels": { "alertname": "DiskFull", "severity": "critical", "instance": "db1" },
              "annotations": { "summary": "Four per cent are free" } {{ends}}
            }]
            """,
            Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync("/api/v2/alerts", content);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task PassAsync(RunningBot bot)
    {
        bot.Clock.Advance(Duration.FromMinutes(3));
        await bot.Get<UntakenPages>().RunAsync(CancellationToken.None);
        bot.Get<Postgres.Wakeups>().Raise(Postgres.Wakeups.Outbox);
        await bot.SettleAsync();
    }

    private static async Task<SandboxPhone> OnCallAsync(RunningBot bot)
    {
        var phone = await bot.AddAsync(Role.Advocate);
        await bot.ActAsync(async session =>
        {
            var person = (await session.Addresses.FindAsync(phone.Address))!.Person!.Value;
            await session.OnCall.SaveAsync((await session.OnCall.TakeRotaAsync()).Join(person));
            return true;
        });
        return phone;
    }

    private static int Pages(SandboxPhone phone) =>
        phone.Messages.Count(message => message.Text.Contains("DiskFull:", StringComparison.Ordinal));

    // As Alertmanager 0.25 sends it.
    private static string Body(string status, string severity, string summary, int hour = 8) => $$"""
        {
          "receiver": "alertbot", "status": "{{status}}", "version": "4", "groupKey": "{}:{alertname=\"DiskFull\"}", "truncatedAlerts": 0,
          "alerts": [{
            "status": "{{status}}", "labels": { "alertname": "DiskFull", "severity": "{{severity}}", "instance": "db1:9100" },
            "annotations": { "summary": "{{summary}}" }, "startsAt": "2026-03-02T{{hour:00}}:00:00.017+05:00", "endsAt": "0001-01-01T00:00:00Z",
            "generatorURL": "http://prometheus:9090/graph", "fingerprint": "9a9e8f1f3d3c5f7d"
          }],
          "groupLabels": { "alertname": "DiskFull" }, "commonLabels": {}, "commonAnnotations": {}, "externalURL": "http://alertmanager:9093"
        }
        """;
}
