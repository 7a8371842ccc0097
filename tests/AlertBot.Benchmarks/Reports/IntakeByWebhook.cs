using System.Diagnostics;
using System.Globalization;
using System.Text;
using AlertBot.Channels.Telegram;
using AlertBot.Postgres;
using AlertBot.Sandbox;
using AlertBot.Workflows.Chat;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.Benchmarks.Reports;

/// <summary>
/// Telegram delivers by itself, over the hundred connections that it opens at most: the time until each is answered, that is stored.
/// </summary>
internal static class IntakeByWebhook
{
    private const int Connections = 100;

    /// <returns>For each update the milliseconds from when it was due until it was confirmed, and how many a second were stored.</returns>
    public static async Task<(List<double> Waits, double PerSecond)> RunAsync(Database database, int updates, int perSecond)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions());
        var settings = new TelegramSettings(sandbox.Token)
        {
            // The sandbox has nothing to deliver: what comes is posted below.
            ApiUrl = sandbox.Url,
            Mode = TelegramMode.Webhook,
            WebhookUrl = new Uri("http://127.0.0.1:9"),
        };
        using var channel = new TelegramChannel(settings, NullLogger<TelegramChannel>.Instance);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Logging.ClearProviders();
        await using var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapTelegramWebhook(channel);
        await server.StartAsync();
        using var stop = new CancellationTokenSource();
        var receiving = new Receiver(database, channel, TimeProvider.System, NullLogger<Receiver>.Instance).RunAsync(stop.Token);

        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections });
        http.DefaultRequestHeaders.Add("X-Telegram-Bot-Api-Secret-Token", settings.EffectiveSecret);
        var address = new Uri(new Uri(server.Urls.First()), TelegramSettings.WebhookPath);
        await PostAsync(http, address, 0);

        var waits = new double[updates];
        var next = 0;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) - 1 is var number && number < updates)
            {
                var due = TimeSpan.FromSeconds((double)number / perSecond);
                if (due - Stopwatch.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
                    await Task.Delay(left);
                await PostAsync(http, address, number + 1);
                waits[number] = (Stopwatch.GetElapsedTime(began) - due).TotalMilliseconds;
            }
        })));
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await stop.CancelAsync();
        await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ([.. waits.Order()], updates / took);
    }

    private static async Task PostAsync(HttpClient http, Uri address, int number)
    {
        var from = (1_000_000 + (number / 10)).ToString(CultureInfo.InvariantCulture);
        var id = number.ToString(CultureInfo.InvariantCulture);
        var update =
            $$$"""
            {"update_id":{{{id}}},"message":{"message_id":{{{id}}},"date":1790000000,"chat":{"id":{{{from}}},"type":"private","first_name":"P"},
            "from":{"id":{{{from}}},"is_bot":false,"first_name":"P","language_code":"en"},"text":"they took my brother"}}
            """;
        using var content = new StringContent(update, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(address, content);
        answer.EnsureSuccessStatusCode();
    }
}
