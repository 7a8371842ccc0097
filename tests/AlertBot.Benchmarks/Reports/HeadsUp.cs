using System.Diagnostics;
using System.Net.Http.Json;
using AlertBot.Channels.Telegram;
using AlertBot.Configuration;
using AlertBot.Domain.People;
using AlertBot.Hosting;
using AlertBot.Postgres;
using AlertBot.Sandbox;
using AlertBot.Workflows.Cases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Benchmarks.Reports;

/// <summary>
/// From the reporter's message to the heads-up on its way to Telegram: the whole program between the moment in which Telegram has
/// the message for the bot and the moment in which it has the bot's message for the advocate. Beside it, what one bare sendMessage
/// takes on the same machine in the same run.
/// </summary>
internal static class HeadsUp
{
    private const int Reports = 500;
    private const int WarmUp = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync()
    {
        Console.WriteLine($"{Reports} reports, each of another registered person; {Machine.Load()}");
        // Not there yet: the database's own user must be able to enter it.
        var directory = Path.Combine(Path.GetTempPath(), $"alertbot-bench-{Guid.NewGuid():N}"[..24]);
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions());
        var advocate = sandbox.AddPerson("Advocate");
        var ground = Ground.Load();
        var server = await Server.StartAsync(
            ground with
            {
                Settings = ground.Settings with
                {
                    ConnectionString = null,
                    KeyFile = null,
                    Signal = null,
                    Telegram = new TelegramSettings(sandbox.Token) { ApiUrl = sandbox.Url, MessagesPerSecond = 1000 },
                    Web = new WebSettings { Url = "http://127.0.0.1:0" },
                    LogLevel = LogLevel.Error,
                },
            },
            CancellationToken.None,
            directory);
        var codes = await FillAsync(server.Services.GetRequiredService<Database>(), advocate);

        var send = ground.Texts.Plain("en", "report.send");
        var (told, bare) = (new List<double>(), new List<double>());
        using var http = new HttpClient();
        for (var number = 0; number < WarmUp + Reports; number++)
        {
            var told1 = await ReportAsync(sandbox, advocate, NameOf(number), codes[number], send);
            var bare1 = await BareAsync(http, sandbox, advocate.Id);
            if (number >= WarmUp)
                (told, bare) = ([.. told, told1], [.. bare, bare1]);
        }

        new Table("milliseconds", "p50", "p90", "p99", "slowest")
            .Add(Row("report to heads-up", told))
            .Add(Row("one bare sendMessage", bare))
            .Print();
        Console.WriteLine($"{Machine.Load()}; noisy: two processors for the bot, PostgreSQL with fsync, the sandbox and this program");
        await server.DisposeAsync();
        Directory.Delete(directory, recursive: true);
        return 0;
    }

    private static async Task<double> ReportAsync(SandboxServer sandbox, SandboxPhone advocate, string name, string code, string send)
    {
        var reporter = sandbox.AddPerson("Reporter");
        reporter.SendText($"they took {name}");
        var draft = await reporter.WaitForMessageAsync(message => message.IsFromBot && message.AllButtons.Any(button => button.Text == send), Patience);
        var arrived = advocate.WaitForMessageAsync(message => message.IsFromBot && message.Text.Contains(code, StringComparison.Ordinal), Patience);
        var start = Stopwatch.GetTimestamp();
        reporter.Press(draft, send);
        await arrived;
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task<double> BareAsync(HttpClient http, SandboxServer sandbox, long chat)
    {
        var start = Stopwatch.GetTimestamp();
        using var response = await http.PostAsJsonAsync(new Uri(sandbox.Url, $"/bot{sandbox.Token}/sendMessage"), new { chat_id = chat, text = "bare" });
        await response.Content.ReadAsStringAsync();
        response.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task<IReadOnlyList<string>> FillAsync(Database database, SandboxPhone advocate)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        await using var session = await database.BeginAsync(CancellationToken.None);
        var person = new Person(PersonId.New(), Role.Advocate, "en", DateTimeZone.Utc, IsFrozen: false);
        await session.People.AddAsync(person, now);
        var address = await session.Addresses.EnsureAsync(advocate.Address, person.Id, isGroup: false, "en", now);
        var codes = new List<string>();
        for (var number = 0; number < WarmUp + Reports; number++)
        {
            var file = await OpenCase.RunAsync(
                session, [new PersonName(NameOf(number))], ["KZ"], DateTimeZoneProviders.Tzdb["Asia/Almaty"], Actor.Operator, now);
            await session.Subscriptions.AddAsync(file!.Id, address.Id, null, now);
            codes.Add(file.Code.Text);
        }

        await session.CommitAsync(CancellationToken.None);
        return codes;
    }

    // Invented people with names as people there have them: neighbours share a given name or a family name.
    private static string NameOf(int number)
    {
        string[] given =
        [
            "Aybek", "Berdakh", "Dauletbay", "Erkin", "Farkhad", "Gulnara", "Islam", "Jumabek", "Kamila", "Laylo", "Maksud", "Nurlan", "Orazbay",
            "Perdebay", "Rustem", "Salamat", "Timur", "Umida", "Venera", "Yuldash", "Zarina", "Azamat", "Bakhtiyar", "Gulshat", "Tolegen", "Madina",
        ];
        string[] family = ["Sarsenbaev", "Allamuratov", "Kosbergenov", "Utegenov", "Embergenov", "Nadirov", "Pirnazarov", "Reymov", "Seytov", "Tanirbergenov",
            "Uzakbaev", "Khojametov", "Yakubov", "Zaripov", "Bekmuratov", "Dosumov", "Ermanov", "Ganiev", "Ibragimov", "Kalbaev"];
        return $"{given[number % given.Length]} {family[number / given.Length]}";
    }

    private static string[] Row(string what, List<double> times)
    {
        var sorted = times.Order().ToList();
        string At(double share) => sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))].ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
        return [what, At(0.5), At(0.9), At(0.99), At(1)];
    }
}
