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
/// The whole program with a private PostgreSQL of its usual durability, a Telegram without limits and delays, and registered
/// people, each with an advocate of their own: a chat takes one message a second, and no report is to wait for another's.
/// </summary>
internal sealed class HeadsUpBench : IAsyncDisposable
{
    /// <summary>What has not come by then counts as missing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Nobody presses sooner. Without it a report would wait for the bot's own pace, behind the message just read.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    private readonly string _directory;
    private readonly Server _server;
    private readonly SandboxServer _sandbox;
    private readonly HttpClient _http = new();
    private readonly string _send;
    private readonly IReadOnlyList<Registered> _registered;

    private HeadsUpBench(string directory, Server server, SandboxServer sandbox, string send, IReadOnlyList<Registered> registered) =>
        (_directory, _server, _sandbox, _send, _registered) = (directory, server, sandbox, send, registered);

    public static async Task<HeadsUpBench> StartAsync(int cases)
    {
        // Not there yet: the database's own user must be able to enter it.
        var directory = Path.Combine(Path.GetTempPath(), $"alertbot-bench-{Guid.NewGuid():N}"[..24]);
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions());
        var ground = Ground.Load();
        var server = await Server.StartAsync(
            ground with
            {
                Settings = ground.Settings with
                {
                    ConnectionString = null,
                    KeyFile = null,
                    Signal = null,
                    Telegram = new TelegramSettings(sandbox.Token) { ApiUrl = sandbox.Url },
                    Web = new WebSettings { Url = "http://127.0.0.1:0" },
                    LogLevel = LogLevel.Error,
                },
                // Nobody takes anything here: what is repeated to all of them is another measurement.
                Policies = ground.Policies with
                {
                    Incidents = ground.Policies.Incidents with { NextStepAfter = Duration.FromHours(1), TellFullyAfter = Duration.FromHours(1) },
                },
            },
            CancellationToken.None,
            directory);
        var registered = await FillAsync(server.Services.GetRequiredService<Database>(), sandbox, cases);
        return new HeadsUpBench(directory, server, sandbox, ground.Texts.Plain("en", "report.send"), registered);
    }

    /// <summary>One witness tells of one registered person and presses [Send now] when it is offered.</summary>
    /// <param name="number">Of the registered person; each is reported once.</param>
    public async Task<Way> ReportAsync(int number)
    {
        var (name, advocate) = _registered[number];
        var reporter = _sandbox.AddPerson("Reporter");
        try
        {
            var began = Stopwatch.GetTimestamp();
            reporter.SendText(UnlikeNames.Sentence(name));
            var offer = await reporter.WaitForMessageAsync(
                message => message.IsFromBot && message.AllButtons.Any(button => button.Text == _send), Patience);
            var offered = ArrivalIn(reporter);
            await Task.Delay(Breath);
            var pressed = Stopwatch.GetTimestamp();
            reporter.Press(offer, _send);
            await advocate.WaitForMessageAsync(message => message.IsFromBot, Patience);
            var told = ArrivalIn(advocate);
            // The next one begins when all of this one is over.
            await reporter.WaitForMessageAsync(message => message.IsFromBot && !message.AllButtons.Any(), Patience);
            await Task.Delay(Breath);
            return new Way(Milliseconds(began, offered), Milliseconds(pressed, told));
        }
        catch (TimeoutException)
        {
            return Way.Missing;
        }
    }

    /// <summary>What one message takes from here to Telegram and back, without any bot.</summary>
    public async Task<double> BareAsync()
    {
        var began = Stopwatch.GetTimestamp();
        using var response = await _http.PostAsJsonAsync(
            new Uri(_sandbox.Url, $"/bot{_sandbox.Token}/sendMessage"), new { chat_id = _registered[0].Advocate.Id, text = "bare" });
        await response.Content.ReadAsStringAsync();
        response.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    public void ForgetCalls() => _sandbox.ClearCalls();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        await _sandbox.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    // As Telegram's side saw it. Of the first: a card is changed afterwards.
    private long ArrivalIn(SandboxPhone phone) => _sandbox.Calls.First(call => call.IsSend && call.ChatId == phone.Id).At;

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    private static async Task<IReadOnlyList<Registered>> FillAsync(Database database, SandboxServer sandbox, int cases)
    {
        await using var session = await database.BeginAsync(CancellationToken.None);
        var registered = new List<Registered>();
        foreach (var name in UnlikeNames.Make(cases))
        {
            var phone = sandbox.AddPerson("Advocate");
            var person = new Person(PersonId.New(), Role.Advocate, "en", DateTimeZone.Utc, IsFrozen: false);
            await session.People.AddAsync(person);
            var address = await session.Addresses.EnsureAsync(phone.Address, person.Id, isGroup: false, "en");
            var file = await new OpenCase().RunAsync(
                session, [new PersonName(name)], ["KZ"], DateTimeZoneProviders.Tzdb["Asia/Almaty"], Actor.Operator);
            await session.Subscriptions.AddAsync(file!.Id, address.Id, null);
            registered.Add(new Registered(name, phone));
        }

        await session.CommitAsync(CancellationToken.None);
        return registered;
    }

    private sealed record Registered(string Name, SandboxPhone Advocate);
}

/// <summary>The two halves of a report's way, without the time in which a person reads and presses.</summary>
/// <param name="Offered">From the witness's message to [Send now], in milliseconds.</param>
/// <param name="Told">From the press to the heads-up at Telegram, in milliseconds.</param>
internal readonly record struct Way(double Offered, double Told)
{
    public static Way Missing { get; } = new(double.NaN, double.NaN);

    public bool IsMissing => double.IsNaN(Told);

    public double Whole => Offered + Told;
}
