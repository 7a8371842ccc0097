using AlertBot.Channels.Telegram;
using AlertBot.Domain.Jobs;
using Npgsql;

namespace AlertBot.Hosting;

/// <summary>Whether the program can do its work now: for load balancers and <c>doctor</c>.</summary>
/// <param name="Database"><c>ok</c> or <c>unreachable</c>.</param>
/// <param name="Telegram">Where receiving stands; null where there is no bot on Telegram.</param>
/// <param name="Jobs"><c>running</c> or <c>stopped</c>.</param>
public sealed record Health(bool IsReady, string Database, string? Telegram, string Jobs)
{
    public static async Task<Health> ReadyAsync(IServiceProvider services, Storage storage, CancellationToken ct)
    {
        var telegram = services.GetService<TelegramChannel>()?.State;
        try
        {
            await using var session = await storage.Database.BeginAsync(ct);
            await session.Inbox.WaitingAsync();
            var jobs = services.GetService<IJobEngine>() is not { } engine || await engine.IsRunningAsync(ct);

            // With Telegram out of reach messages are kept and sent later: the program itself is well.
            return new Health(jobs && telegram != TelegramState.TokenRefused, "ok", telegram?.ToString().ToLowerInvariant(), jobs ? "running" : "stopped");
        }
        catch (Exception outage) when (outage is NpgsqlException or IOException or InvalidOperationException or TimeoutException)
        {
            return new Health(false, "unreachable", telegram?.ToString().ToLowerInvariant(), "stopped");
        }
    }
}
