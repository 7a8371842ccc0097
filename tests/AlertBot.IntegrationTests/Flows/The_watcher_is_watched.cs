using System.Net;
using System.Text.Json;
using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Incidents;
using AlertBot.IntegrationTests.Support;
using AlertBot.Sandbox;
using AlertBot.Workflows.Overdue;
using Dapper;
using NodaTime;

namespace AlertBot.IntegrationTests.Flows;

public sealed class The_watcher_is_watched
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [PostgresFact]
    public async Task What_no_job_has_done_for_five_minutes_is_done_once_and_owners_hear_of_it()
    {
        await using var night = await IncidentNight.BeginAsync();
        var owner = await night.Bot.AddAsync(Role.Owner, "Olga");
        var auditor = night.Bot.Get<OverdueAuditor>();
        var told = night.CardsOf(night.Advocate).Count;

        // The engine is dead: time passes, and no job runs.
        night.Bot.Clock.Advance(Duration.FromMinutes(4));
        await auditor.RunAsync(CancellationToken.None);
        await night.Bot.SettleAsync();
        Assert.Equal(told, night.CardsOf(night.Advocate).Count);
        night.Bot.Clock.Advance(Duration.FromMinutes(5));
        await auditor.RunAsync(CancellationToken.None);
        await night.Bot.SettleAsync();

        Assert.True(night.CardsOf(night.Advocate).Count > told);
        var alert = await owner.WaitForTextAsync("more than five minutes ago");
        Assert.Contains("1 incident was to go on to the next people; 0 still wait.", alert.Text, StringComparison.Ordinal);
        Assert.Contains("reported-arrests has not been done in its time", alert.Text, StringComparison.Ordinal);

        await auditor.RunAsync(CancellationToken.None);
        await night.Bot.SettleAsync();
        Assert.Single(owner.Messages, message => message.Text.Contains("more than five minutes ago", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task After_the_clock_went_back_jobs_that_ran_in_its_future_are_done_too()
    {
        await using var bot = await RunningBot.StartAsync();
        var owner = await bot.AddAsync(Role.Owner, "Olga");
        var auditor = bot.Get<OverdueAuditor>();
        // While the clock was a day ahead all jobs ran, and the engine waits for the day after.
        await using (var connection = new Npgsql.NpgsqlConnection(bot.ConnectionString))
        {
            await connection.ExecuteAsync(
                "insert into job_run (name, last_succeeded) select unnest(@names), @then on conflict (name) do update set last_succeeded = @then",
                new { names = new[] { "reported-arrests", "check-ins" }, then = bot.Clock.Now });
        }

        bot.Clock.Advance(-Duration.FromDays(1));
        await auditor.RunAsync(CancellationToken.None);
        bot.Clock.Advance(Duration.FromMinutes(6));
        await auditor.RunAsync(CancellationToken.None);

        Assert.Contains("reported-arrests has not been done in its time", (await owner.WaitForTextAsync("has not been done")).Text);
    }

    [PostgresFact]
    public async Task What_is_late_is_told_also_where_a_clock_that_went_back_cannot_be_made_good()
    {
        await using var bot = await RunningBot.StartAsync();
        var owner = await bot.AddAsync(Role.Owner, "Olga");
        var auditor = bot.Get<OverdueAuditor>();
        await using (var connection = new Npgsql.NpgsqlConnection(bot.ConnectionString))
        {
            await connection.ExecuteAsync(
                "insert into job_run (name, last_succeeded) values ('check-ins', @then); alter table drill rename to drill_elsewhere",
                new { then = bot.Clock.Now });
        }

        bot.Clock.Advance(-Duration.FromDays(1));
        await auditor.RunAsync(CancellationToken.None);
        bot.Clock.Advance(Duration.FromMinutes(6));
        await auditor.RunAsync(CancellationToken.None);

        await owner.WaitForTextAsync("check-ins has not been done in its time");
    }

    [PostgresFact]
    public async Task An_owner_asks_how_the_bot_is_and_nobody_else_may()
    {
        await using var bot = await RunningBot.StartAsync();
        var owner = await bot.AddAsync(Role.Owner, "Olga");
        var coordinator = await bot.AddAsync(Role.Coordinator, "Marta");

        await bot.SettleAsync();
        Assert.Contains("checks", (await RunningBot.SayAsync(owner, "/doctor")).Text, StringComparison.Ordinal);
        Assert.Equal(
            (await RunningBot.SayAsync(coordinator, "/nonsense")).Text.Replace("nonsense", "doctor", StringComparison.Ordinal),
            (await RunningBot.SayAsync(coordinator, "/doctor")).Text);
    }

    [PostgresFact]
    public async Task A_watchdog_outside_is_called_while_all_is_well_and_not_while_nothing_can_be_sent()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var sandbox = await SandboxServer.StartAsync();
        using var directory = new TemporaryDirectory();
        using var watchdog = new Watchdog();
        var settings = ProgramSettings.For(database, directory, sandbox);
        settings["Monitoring__HeartbeatUrl"] = watchdog.Url + "ping/secret-path";
        sandbox.TakeTelegramDown();

        await using var bot = ProgramProcess.Start(settings, "serve");
        await ProgramProcess.HealthAsync(settings);
        using var http = new HttpClient { BaseAddress = new Uri(settings["Web__Url"]) };
        await Eventually.SaysAsync(http, "/health/ready", health => health.Contains("\"telegram\":\"unreachable\"", StringComparison.Ordinal));
        Assert.Equal(0, watchdog.Calls);
        sandbox.BringTelegramUp();
        await watchdog.CalledAsync(Patience);
        Assert.DoesNotContain("secret-path", bot.Said, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Doctor_says_as_data_what_is_well_and_what_is_not()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        using var directory = new TemporaryDirectory();
        var settings = ProgramSettings.For(database, directory);
        await ProgramProcess.RunAsync(settings, "migrate");

        var findings = await DoctorAsync(settings);
        Assert.True(findings["audit log"].IsWell);
        Assert.False(findings["backup"].IsWell);
        Assert.Contains("alertbot backup", findings["backup"].Sentence, StringComparison.Ordinal);
        Assert.Contains("alertbot keys split", findings["key parts"].Sentence, StringComparison.Ordinal);
        Assert.True(findings["key file"].IsWell);

        var (made, words) = await ProgramProcess.RunAsync(settings, "backup");
        Assert.True(made == 0, words);
        await ProgramProcess.RunAsync(settings, "keys", "split", "--out", directory["parts"]);
        findings = await DoctorAsync(settings);
        Assert.True(findings["backup"].IsWell, findings["backup"].Sentence);
        Assert.True(findings["key parts"].IsWell, findings["key parts"].Sentence);

        // The key is beside the backups, which are copied elsewhere.
        Directory.CreateDirectory(directory["backups"]);
        File.Move(directory["master.key"], Path.Combine(directory["backups"], "master.key"));
        settings["Encryption__KeyFile"] = Path.Combine(directory["backups"], "master.key");
        findings = await DoctorAsync(settings);
        Assert.False(findings["key file"].IsWell);
        Assert.Contains("whoever has a copy reads everything", findings["key file"].Sentence, StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, Finding>> DoctorAsync(IReadOnlyDictionary<string, string> settings)
    {
        var (_, said) = await ProgramProcess.RunAsync(settings, "doctor", "--json");
        var findings = JsonSerializer.Deserialize<List<Finding>>(said[said.IndexOf('[', StringComparison.Ordinal)..], JsonSerializerOptions.Web)!;
        return findings.ToDictionary(finding => finding.What);
    }

    /// <summary>Replaces healthchecks.io on this machine: it counts calls.</summary>
    private sealed class Watchdog : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _calls;

        public Watchdog()
        {
            Url = $"http://127.0.0.1:{ProgramSettings.FreePort()}/";
            _listener.Prefixes.Add(Url);
            _listener.Start();
            _ = AnswerAsync();
        }

        public string Url { get; }

        public int Calls => Volatile.Read(ref _calls);

        public Task CalledAsync(TimeSpan patience) => _called.Task.WaitAsync(patience);

        public void Dispose() => _listener.Close();

        private async Task AnswerAsync()
        {
            try
            {
                while (await _listener.GetContextAsync() is { } context)
                {
                    Interlocked.Increment(ref _calls);
                    context.Response.Close();
                    _called.TrySetResult();
                }
            }
            catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
