using System.Globalization;
using AlertBot.Channels.Signal;
using AlertBot.Channels.Telegram;
using AlertBot.Hosting;
using AlertBot.Workflows.Overdue;
using NodaTime;

namespace AlertBot.Cli;

/// <summary>Checks the messengers from a process that neither receives nor sends.</summary>
internal static class MessengerChecks
{
    /// <summary>A clock that is further off breaks links and sign-ins, and tells of a limit in hours too late.</summary>
    private static readonly Duration MostDrift = Duration.FromSeconds(30);

    public static async Task<IReadOnlyList<Finding>> AskAsync(Ground ground, CancellationToken ct)
    {
        var findings = new List<Finding> { await TelegramAsync(ground, ct) };
        if (ground.Settings.Signal is { } signal)
            findings.Add(await SignalAsync(signal, ct));
        if (ground.Settings.Telegram is { } telegram && await DriftAsync(telegram.ApiUrl, ct) is { } drift)
            findings.Add(drift);
        return findings;
    }

    private static async Task<Finding> TelegramAsync(Ground ground, CancellationToken ct)
    {
        if (ground.Settings.Telegram is not { } settings)
            return new Finding("telegram", ground.Settings.Signal is not null, "no token is set: Telegram__Token, or Telegram__TokenFile");

        using var log = Output.QuietLog();
        using var channel = new TelegramChannel(settings, log.CreateLogger<TelegramChannel>());
        return await channel.IdentifyAsync(ct) is { } me
            ? new Finding("telegram", true, $"the token is that of @{me.Username}")
            : new Finding("telegram", false, channel.State == TelegramState.TokenRefused
                ? "Telegram refuses the token: ask BotFather for a new one"
                : $"Telegram cannot be reached at {settings.ApiUrl}");
    }

    private static async Task<Finding> SignalAsync(SignalSettings settings, CancellationToken ct)
    {
        using var log = Output.QuietLog();
        using var channel = new SignalChannel(settings, log.CreateLogger<SignalChannel>());
        var state = await channel.ProbeAsync(ct);
        return new Finding("signal", state == SignalState.Receiving, state switch
        {
            SignalState.Receiving => $"signal-cli answers at {settings.ApiUrl}",
            SignalState.NotSignalCli => $"what answers at {settings.ApiUrl} is no 'signal-cli daemon --http'",
            SignalState.NameRefused => $"signal-cli does not go by the name in {settings.ApiUrl}: bind it to that name, or to 0.0.0.0",
            SignalState.TooOld => $"signal-cli is older than {SignalSettings.OldestDaemon}: Signal turns away what is old, update it",
            SignalState.AccountUnknown => "signal-cli has no account of the number in Signal__Account, or it is registered no more",
            _ => $"signal-cli cannot be reached at {settings.ApiUrl}: is 'signal-cli daemon --http' running?",
        });
    }

    // Every answer of a web server carries its time.
    private static async Task<Finding?> DriftAsync(Uri server, CancellationToken ct)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, server);
            using var answer = await http.SendAsync(request, ct);
            if (answer.Headers.Date is not { } theirs)
                return null;
            var drift = SystemClock.Instance.GetCurrentInstant() - Instant.FromDateTimeOffset(theirs);
            var seconds = Math.Abs(drift.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
            return Duration.Max(drift, -drift) < MostDrift
                ? new Finding("clock", true, "as that of the messenger's server")
                : new Finding(
                    "clock", false,
                    $"{seconds} s off that of the messenger's server: switch on time synchronisation (timedatectl set-ntp true)");
        }
        catch (Exception outage) when (outage is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            // Another check reports that the server is unreachable.
            return null;
        }
    }
}
