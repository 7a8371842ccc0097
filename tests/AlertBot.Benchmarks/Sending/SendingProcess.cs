using System.Diagnostics;
using System.Globalization;
using AlertBot.Channels.Signal;
using AlertBot.Channels.Telegram;
using AlertBot.Configuration;
using AlertBot.Domain.Channels;
using AlertBot.Postgres;
using AlertBot.Postgres.Vaults;
using AlertBot.Workflows;
using AlertBot.Workflows.Sending;
using AlertBot.Workflows.Texts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AlertBot.Benchmarks.Sending;

/// <summary>The sending side alone in its own process, so that it can be killed like a program on a failing machine.</summary>
internal sealed class SendingProcess : IDisposable
{
    public const string Verb = "sending";

    private const string Prefix = "ALERTBOT_BENCH_";

    private readonly Process _process;

    private SendingProcess(Process process) => _process = process;

    /// <param name="token">The bot's token, or its number on Signal.</param>
    /// <param name="perSecond">The pace on Telegram; 0: it sends by Signal.</param>
    /// <param name="patience">How long it waits for an answer; null: as long as usual.</param>
    public static SendingProcess Start(
        string connectionString, string keyFile, Uri api, string token, double perSecond, TimeSpan? patience = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(SendingProcess).Assembly.Location, Verb]);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) != "dotnet")
            start.ArgumentList.RemoveAt(0);
        // Not on the command line, which everybody on the machine can read.
        start.Environment[Prefix + "DB"] = connectionString;
        start.Environment[Prefix + "KEYS"] = keyFile;
        start.Environment[Prefix + "API"] = api.AbsoluteUri;
        start.Environment[Prefix + "TOKEN"] = token;
        start.Environment[Prefix + "RATE"] = perSecond.ToString(CultureInfo.InvariantCulture);
        if (patience is { } wait)
            start.Environment[Prefix + "PATIENCE"] = wait.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return new SendingProcess(Process.Start(start)!);
    }

    /// <summary>How much processor time it has used.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>SIGKILL: no handler runs, and nothing is flushed.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGSTOP: like a paused virtual machine, or one whose disk does not answer.</summary>
    public void Freeze() => Signals.Send(_process, "STOP");

    /// <summary>SIGCONT.</summary>
    public void Wake() => Signals.Send(_process, "CONT");

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    /// <summary>The process's work.</summary>
    public static async Task<int> RunAsync()
    {
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Error)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        using var vault = Vault.FromKeyFile(Given("KEYS"));
        await using var source = DatabaseSource.Of(Given("DB"));
        await using var quick = DatabaseSource.Quick(Given("DB"));
        var rate = double.Parse(Given("RATE"), CultureInfo.InvariantCulture);
        var settings = new TelegramSettings(Given("TOKEN")) { ApiUrl = new Uri(Given("API")), MessagesPerSecond = rate };
        if (Environment.GetEnvironmentVariable(Prefix + "PATIENCE") is { Length: > 0 } seconds)
            settings = settings with { RequestTimeout = TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)) };
        using var telegram = rate == 0 ? null : new TelegramChannel(settings, loggers.CreateLogger<TelegramChannel>());
        using var signal = rate > 0 ? null : new SignalChannel(
            new SignalSettings(new Uri(Given("API")), Given("TOKEN")), loggers.CreateLogger<SignalChannel>());
        await SendAsync(
            new Database(source, vault, SystemClock.Instance, quick: quick), telegram is not null ? telegram : signal!, SystemClock.Instance, loggers,
            CancellationToken.None);
        return 0;
    }

    /// <summary>Sends as a node does, until it is cancelled.</summary>
    /// <param name="clock">The clock of the database too.</param>
    public static async Task SendAsync(Database database, IChannel channel, IClock clock, ILoggerFactory loggers, CancellationToken stop)
    {
        var wakeups = new Wakeups(database.Source, TimeProvider.System, loggers.CreateLogger<Wakeups>());
        var texts = TextCatalog.Load(Path.Combine(ConfigFolder.Find(), "texts"));
        await using var acts = new ServiceCollection().AddWorkflows().AddSingleton(database).AddSingleton(texts).BuildServiceProvider();
        var dispatcher = new Dispatcher(
            database, channel, acts.GetRequiredService<RecordOutcome>(), texts, wakeups, clock, TimeProvider.System,
            loggers.CreateLogger<Dispatcher>());
        await Task.WhenAll(wakeups.RunAsync(stop), dispatcher.RunAsync(stop));
    }

    private static string Given(string name) =>
        Environment.GetEnvironmentVariable(Prefix + name) ?? throw new InvalidOperationException($"{Prefix}{name} is missing.");
}
