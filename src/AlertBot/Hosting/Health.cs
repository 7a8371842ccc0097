using AlertBot.Channels.Signal;
using AlertBot.Channels.Telegram;
using AlertBot.Jobs;
using AlertBot.Postgres.Vaults;
using AlertBot.Workflows.Configuration;
using Npgsql;

namespace AlertBot.Hosting;

/// <summary>Whether the program can work now, for load balancers and <c>doctor</c>.</summary>
/// <param name="Database"><c>ok</c> or <c>unreachable</c>.</param>
/// <param name="Telegram">The state of receiving; null without a Telegram bot.</param>
/// <param name="Signal">The same for Signal.</param>
/// <param name="Jobs"><c>running</c> or <c>stopped</c>.</param>
/// <param name="Keys"><c>ok</c>, <c>missing</c> (the key file is gone) or <c>wrong</c> (it does not belong to this database).</param>
public sealed record Health(bool IsReady, string Database, string? Telegram, string? Signal, string Jobs, string Keys)
{
    public static async Task<Health> ReadyAsync(IServiceProvider services, Storage storage, CancellationToken ct)
    {
        var telegram = services.GetService<TelegramChannel>()?.State;
        var signal = services.GetService<SignalChannel>()?.State;
        Health With(bool isReady, string database, string jobs, string keys) => new(
            isReady, database, telegram?.ToString().ToLowerInvariant(), signal is { } known ? Words.Snake(known.ToString()) : null, jobs, keys);

        try
        {
            await using var session = await storage.Database.BeginAsync(ct);
            await session.Inbox.WaitingAsync();
            var jobs = services.GetService<JobEngine>() is not { } engine || await engine.IsRunningAsync(ct);

            // While a messenger is unreachable, messages wait in the outbox and the program counts as well. A problem that only an operator can solve
            // does not.
            var isWell = telegram != TelegramState.TokenRefused
                && signal is not (SignalState.TooOld or SignalState.AccountUnknown or SignalState.NameRefused or SignalState.NotSignalCli);
            var keys = await KeysAsync(storage, ct);
            return With(jobs && isWell && keys == "ok", "ok", jobs ? "running" : "stopped", keys);
        }
        catch (Exception outage) when (outage is NpgsqlException or IOException or InvalidOperationException or TimeoutException)
        {
            return With(false, "unreachable", "stopped", "ok");
        }
    }

    // The running program has its keys in memory. It could not restart without the file, and could not read its data with another one.
    private static async Task<string> KeysAsync(Storage storage, CancellationToken ct) => storage.Database.Vault switch
    {
        { KeyFile: { } file } when !File.Exists(file) => "missing",
        var vault when vault.Refresh() is not null || await VaultCanary.CompareAsync(storage.Database.Source, vault, ct) is not null => "wrong",
        _ => "ok",
    };
}
