using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AlertBot.Postgres;

/// <summary>
/// Wakes those who wait for work, on every node, when the work is committed. A lost connection loses no work: all are woken once it is back, and all
/// look by themselves now and then.
/// </summary>
public sealed partial class Wakeups(NpgsqlDataSource source, TimeProvider time, ILogger<Wakeups> logger)
{
    public const string Outbox = "alertbot_outbox";
    public const string Inbox = "alertbot_inbox";
    public const string Cases = "alertbot_cases";
    public const string Imports = "alertbot_imports";
    public const string Webhooks = "alertbot_webhooks";

    /// <summary>More waits at a messenger than it gives at once.</summary>
    public const string Crowd = "alertbot_crowd";

    /// <summary>Something changed that pages of the desk show. The tables themselves raise it.</summary>
    public const string Desk = "alertbot_desk";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly string[] All = [Outbox, Inbox, Cases, Crowd, Desk, Imports, Webhooks];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskCompletionSource> _next = All.ToDictionary(name => name, _ => NewPromise(), StringComparer.Ordinal);

    /// <summary>By which a node knows its own wakeups, when they come back from the server: it was awake at once.</summary>
    internal string Node { get; } = RandomNumberGenerator.GetHexString(16);

    /// <summary>Completes at the next wakeup of that name. Take it before looking for work, so that no wakeup is missed.</summary>
    public Task Next(string name)
    {
        lock (_gate)
            return _next[name].Task;
    }

    /// <summary>Wakes this node only.</summary>
    public void Raise(string name)
    {
        lock (_gate)
        {
            var promise = _next[name];
            _next[name] = NewPromise();
            promise.TrySetResult();
        }
    }

    /// <summary>Listens until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await ListenAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception outage) when (outage is NpgsqlException or IOException or InvalidOperationException)
            {
                LogLost(outage.GetType().Name);
                await Task.Delay(Pause, time, CancellationToken.None);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        connection.Notification += (_, notice) =>
        {
            if (_next.ContainsKey(notice.Channel) && notice.Payload != Node)
                Raise(notice.Channel);
        };

        await using (var listen = new NpgsqlCommand(string.Join(';', All.Select(name => "listen " + name)), connection))
            await listen.ExecuteNonQueryAsync(ct);

        // Wakes them for work that was committed while nobody listened.
        foreach (var name in All.Where(name => name != Crowd))
            Raise(name);
        while (true)
            await connection.WaitAsync(ct);
    }

    private static TaskCompletionSource NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "The connection that brings wakeups was lost ({Failure}); listening again")]
    private partial void LogLost(string failure);
}
