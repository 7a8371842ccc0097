using System.CommandLine;
using AlertBot.Channels.Signal;
using AlertBot.Channels.Telegram;
using AlertBot.Domain.Alerts;
using AlertBot.Hosting;
using AlertBot.Workflows.Configuration;
using NodaTime;

namespace AlertBot.Cli;

/// <summary><c>doctor</c>: what is well, what is not, and what to do about it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("doctor", "Checks the configuration, the database, the jobs, the outbox, the bot's token and signal-cli.") { json };
        command.SetAction(async (parsed, ct) => await Output.WithStorageAsync(async (ground, storage) =>
        {
            var findings = new List<Finding> { Configuration(ground), Place(storage) };
            findings.AddRange(await JobsAsync(ground, storage, ct));
            await using (var session = await storage.Database.BeginAsync(ct))
            {
                findings.Add(Outbox(await session.Outbox.CountAsync()));
                findings.Add(Inbox(await session.Inbox.WaitingAsync(), await session.Inbox.CountSetAsideAsync()));
            }

            findings.Add(await TelegramAsync(ground, ct));
            if (ground.Settings.Signal is { } signal)
                findings.Add(await SignalAsync(signal, ct));
            if (parsed.GetValue(json))
                Output.Json(findings);
            else
                findings.ForEach(one => Output.Line($"{(one.IsWell ? "ok " : "BAD")}  {one.What,-22} {one.Sentence}"));
            return findings.All(one => one.IsWell) ? CommandLine.Done : CommandLine.Failed;
        }, ct));
        return command;
    }

    private static Finding Configuration(Ground ground)
    {
        Output.Report(ground.Problems);
        return new Finding("configuration", ground.Problems.Count == 0, ground.Problems.Count == 0
            ? $"{ground.Law.Rules.Count} rules, {ground.Law.Calendars.Count} calendars, {ground.Texts.Languages.Count} languages"
            : $"{ground.Problems.Count} mistakes, listed above");
    }

    private static Finding Place(Storage storage) => new(
        "database", true, storage.PrivateVersion is { } version
            ? $"private PostgreSQL {version}, up to date"
            : "the server of the connection string, up to date");

    private static async Task<IEnumerable<Finding>> JobsAsync(Ground ground, Storage storage, CancellationToken ct)
    {
        await using var jobs = JobsHere.Of(ground, storage);
        var now = SystemClock.Instance.GetCurrentInstant();
        var lines = await jobs.Board.ReadAsync(ct);
        if (lines.All(line => line.Run is null))
            return [new Finding("jobs", false, "no job has run yet: is 'alertbot serve' running?")];

        return lines.Select(line => new Finding("job " + line.Job.Name, !line.IsFailing && !line.IsLateAt(now), line switch
        {
            { IsFailing: true } => JobWords.Failure(line),
            _ when line.IsLateAt(now) => $"last succeeded {JobWords.At(line.Run?.LastSucceeded)}: is 'alertbot serve' running?",
            _ => $"last succeeded {JobWords.At(line.Run?.LastSucceeded)}, in {line.Run?.LastTookMs} ms; next {JobWords.At(line.Next)}",
        }));
    }

    private static Finding Outbox(IReadOnlyDictionary<DeliveryState, int> counts)
    {
        var failed = counts.GetValueOrDefault(DeliveryState.Failed) + counts.GetValueOrDefault(DeliveryState.Expired);
        var text = counts.Count == 0 ? "empty" : string.Join(
            ", ", counts.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} {Words.Snake(pair.Key.ToString())}"));
        // The coordinators were told what failed. The operator sees it here too.
        return new Finding("outbox", true, failed == 0 ? text : text + " (coordinators were told of what failed)");
    }

    private static Finding Inbox(int waiting, int setAside) => new("inbox", true, $"{waiting} updates wait to be handled" + (setAside == 0
        ? ""
        : $", {setAside} could not be stored or handled and are set aside: the log has a code and a cause for each (coordinators were told)"));

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
}

/// <summary>The result of one check.</summary>
internal sealed record Finding(string What, bool IsWell, string Sentence);
