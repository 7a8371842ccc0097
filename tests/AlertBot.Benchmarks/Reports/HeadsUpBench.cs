using System.Diagnostics;
using System.Net.Http.Json;
using AlertBot.Channels.Telegram;
using AlertBot.Configuration;
using AlertBot.Domain.People;
using AlertBot.Hosting;
using AlertBot.Postgres;
using AlertBot.Sandbox;
using AlertBot.Workflows.Cases;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;

namespace AlertBot.Benchmarks.Reports;

/// <summary>
/// The whole program with a private PostgreSQL of its usual durability and a Telegram without limits and delays. Each registered person has an
/// advocate of their own, because a chat takes one message a second and no report should wait for another's.
/// </summary>
internal sealed partial class HeadsUpBench : IAsyncDisposable
{
    /// <summary>A message that has not come by then counts as missing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Nobody presses sooner. Without this pause a report would wait for the bot's own pace, behind the message just read.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    private readonly string _directory;
    private readonly Server _server;
    private readonly SandboxServer _sandbox;
    private readonly HttpClient _http = new();
    private readonly string _send;
    private List<Registered> _registered = [];

    private HeadsUpBench(string directory, Server server, SandboxServer sandbox, string send) =>
        (_directory, _server, _sandbox, _send) = (directory, server, sandbox, send);

    /// <param name="limits">Telegram's limits; null: none.</param>
    /// <param name="coordinators">Each hears of every report, beside the advocate of its person.</param>
    public static async Task<HeadsUpBench> StartAsync(int cases, SandboxLimits? limits = null, int coordinators = 0)
    {
        // The directory does not exist yet, since the database's own user must be able to enter it.
        var directory = Path.Combine(Path.GetTempPath(), $"alertbot-bench-{Guid.NewGuid():N}"[..24]);
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Limits = limits });
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
                // Nobody takes an incident here, and the repeated alerts would disturb the measurement.
                Policies = ground.Policies with
                {
                    Incidents = ground.Policies.Incidents with { NextStepAfter = Duration.FromHours(1), TellFullyAfter = Duration.FromHours(1) },
                },
            },
            CancellationToken.None,
            directory);
        var bench = new HeadsUpBench(directory, server, sandbox, ground.Texts.Plain("en", "report.send"));
        await bench.AddCoordinatorsAsync(coordinators);
        await bench.FillAsync(cases);
        return bench;
    }

    /// <summary>Registers so many people, with an advocate each.</summary>
    public async Task FillAsync(int cases)
    {
        await using var session = await Database.BeginAsync(CancellationToken.None);
        var registered = new List<Registered>();
        foreach (var name in UnlikeNames.Make(cases))
        {
            var (phone, address) = await AddAsync(session, Role.Advocate);
            var file = await new OpenCase().RunAsync(
                session.As(Actor.Operator), [new PersonName(name)], ["KZ"], DateTimeZoneProviders.Tzdb["Asia/Almaty"]);
            await session.Subscriptions.AddAsync(file!.Id, address, null);
            registered.Add(new Registered(name, phone));
        }

        await session.CommitAsync(CancellationToken.None);
        _registered = registered;
    }

    private async Task AddCoordinatorsAsync(int count)
    {
        await using var session = await Database.BeginAsync(CancellationToken.None);
        for (var number = 0; number < count; number++)
            await AddAsync(session, Role.Coordinator);
        await session.CommitAsync(CancellationToken.None);
    }

    private async Task<(SandboxPhone Phone, AddressId Address)> AddAsync(Session session, Role role)
    {
        var phone = _sandbox.AddPerson(role.ToString());
        var person = new Person(PersonId.New(), role, "en", DateTimeZone.Utc, IsFrozen: false);
        await session.People.AddAsync(person);
        return (phone, (await session.Addresses.EnsureAsync(phone.Address, person.Id, isGroup: false, "en")).Id);
    }

    /// <summary>One witness reports one registered person, and then presses "that is all".</summary>
    /// <param name="number">The number of the registered person; each is reported once.</param>
    /// <param name="isAlone">True: nothing is left to send when it ends.</param>
    public async Task<Way> ReportAsync(int number, bool isAlone = false)
    {
        var (name, advocate) = _registered[number];
        var reporter = _sandbox.AddPerson("Reporter");
        try
        {
            var began = Stopwatch.GetTimestamp();
            reporter.SendText(UnlikeNames.Sentence(name));
            var answer = reporter.WaitForMessageAsync(
                message => message.IsFromBot && message.AllButtons.Any(button => button.Text == _send), Patience);
            await advocate.WaitForMessageAsync(message => message.IsFromBot, Patience);
            var told = ArrivalIn(advocate);
            var offer = await answer;
            var answered = ArrivalIn(reporter);
            await Task.Delay(Breath);
            reporter.Press(offer, _send);
            await reporter.WaitForMessageAsync(message => message.IsFromBot && !message.AllButtons.Any(), Patience);
            // The next report begins when this one is completely over: the advocate's card is changed after the answer.
            if (isAlone)
                await UntilSentAsync();
            await Task.Delay(Breath);
            return new Way(Milliseconds(began, answered), Milliseconds(began, told)) { ToldAt = told, AnsweredAt = answered };
        }
        catch (TimeoutException)
        {
            return Way.Missing;
        }
    }

    /// <summary>Accounts that have never written.</summary>
    public IReadOnlyList<SandboxPhone> AddStrangers(int count) =>
        Enumerable.Range(0, count).Select(number => _sandbox.AddPerson($"Stranger {number}")).ToList();

    /// <summary>How many messages the bot has sent.</summary>
    public int Sent => _sandbox.Calls.Count(call => call.IsSend);

    /// <summary>How often Telegram demanded a wait.</summary>
    public int Refused => _sandbox.Calls.Count(call => call.Status == 429);

    /// <summary>The time of one message to Telegram and back, without any bot.</summary>
    public async Task<double> BareAsync()
    {
        var began = Stopwatch.GetTimestamp();
        using var response = await _http.PostAsJsonAsync(
            new Uri(_sandbox.Url, $"/bot{_sandbox.Token}/sendMessage"), new { chat_id = _registered[0].Advocate.Id, text = "bare" });
        await response.Content.ReadAsStringAsync();
        response.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>The time of one commit, which is one write to the disk. A heads-up takes three of them, one after the other.</summary>
    public async Task<double> CommitAsync()
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        await using var write = new NpgsqlCommand("select pg_logical_emit_message(true, 'bench', '')", connection);
        var began = Stopwatch.GetTimestamp();
        await write.ExecuteNonQueryAsync();
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

    // The arrival of the first message at Telegram, since a card is edited afterwards.
    private long ArrivalIn(SandboxPhone phone) => _sandbox.Calls.First(call => call.IsSend && call.ChatId == phone.Id).At;

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    private sealed record Registered(string Name, SandboxPhone Advocate);
}

/// <summary>The times of a report's way to the advocate, and of the answer to its reporter.</summary>
/// <param name="Answered">From the witness's message to the answer, in milliseconds.</param>
/// <param name="Told">From the witness's message to the heads-up at Telegram, in milliseconds.</param>
internal readonly record struct Way(double Answered, double Told)
{
    public long ToldAt { get; init; }

    public long AnsweredAt { get; init; }

    public static Way Missing { get; } = new(double.NaN, double.NaN);

    public bool IsMissing => double.IsNaN(Told);
}
