using System.Diagnostics.Metrics;
using AlertBot.Channels.Signal;
using AlertBot.Channels.Telegram;
using AlertBot.Domain.Jobs;
using AlertBot.Workflows.Configuration;
using AlertBot.Workflows.Overdue;
using NodaTime;

namespace AlertBot.Hosting;

/// <summary>Measures the work for OpenTelemetry. It holds only numbers: no id, no address, no text of anybody.</summary>
internal sealed class Metrics : IDisposable
{
    public const string MeterName = "AlertBot";

    private readonly IServiceProvider _services;
    private readonly Storage _storage;
    private readonly IClock _clock;
    private readonly Meter _meter = new(MeterName);
    private volatile IReadOnlyDictionary<string, List<Measurement<double>>> _read = new Dictionary<string, List<Measurement<double>>>();

    public Metrics(IServiceProvider services, Storage storage, IClock clock)
    {
        (_services, _storage, _clock) = (services, storage, clock);
        Gauge("alertbot_ready", "1 while the program can do its work");
        Gauge("alertbot_channel_up", "1 while a messenger is in reach, by messenger");
        Gauge("alertbot_outbox_waiting", "Messages that are due and not sent, by messenger and class");
        Gauge("alertbot_outbox_oldest_seconds", "How long the oldest of them has waited");
        Gauge("alertbot_deliveries", "Deliveries on file, by messenger and state");
        Gauge("alertbot_inbox_waiting", "Updates that nobody has handled");
        Gauge("alertbot_inbox_oldest_seconds", "How long the oldest of them has waited");
        Gauge("alertbot_incidents_untaken", "Incidents that nobody has");
        Gauge("alertbot_acknowledge_seconds", "Time until somebody had an incident, over the last day, by quantile");
        Gauge("alertbot_overdue", "What should have been done five minutes ago, by kind");
        Gauge("alertbot_job_late_seconds", "How long after its time a job has not succeeded, by job");
        Gauge("alertbot_disk_free_bytes", "Free space where backups go");
        Gauge("alertbot_backup_age_seconds", "Age of the newest backup that was tried out; absent while there is none");
    }

    /// <summary>Reads the database, so that the instruments show this moment.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        var read = new Dictionary<string, List<Measurement<double>>>(StringComparer.Ordinal);
        var health = await Health.ReadyAsync(_services, _storage, ct);
        Add("alertbot_ready", health.IsReady ? 1 : 0);
        if (_services.GetService<TelegramChannel>() is { } telegram)
            Add("alertbot_channel_up", telegram.State == TelegramState.Receiving ? 1 : 0, ("channel", "telegram"));
        if (_services.GetService<SignalChannel>() is { } signal)
            Add("alertbot_channel_up", signal.State == SignalState.Receiving ? 1 : 0, ("channel", "signal"));
        Add("alertbot_disk_free_bytes", MachineChecks.FreeBytes(_storage.Backups.Directory));
        if (health.Database == "ok")
            await ReadDatabaseAsync(Add, ct);
        _read = read;

        void Add(string name, double value, params (string Name, string Value)[] tags)
        {
            if (!read.TryGetValue(name, out var list))
                read[name] = list = [];
            list.Add(new Measurement<double>(value, tags.Select(tag => new KeyValuePair<string, object?>(tag.Name, tag.Value))));
        }
    }

    public void Dispose() => _meter.Dispose();

    private async Task ReadDatabaseAsync(Action<string, double, (string, string)[]> add, CancellationToken ct)
    {
        var now = _clock.GetCurrentInstant();
        await using var session = await _storage.Database.BeginAsync(ct);
        foreach (var waiting in await session.Vitals.WaitingAsync())
        {
            (string, string)[] tags = [("channel", Words.Snake(waiting.Channel.ToString())), ("class", Words.Snake(waiting.Class.ToString()))];
            add("alertbot_outbox_waiting", waiting.Count, tags);
            add("alertbot_outbox_oldest_seconds", (now - waiting.Oldest).TotalSeconds, tags);
        }

        foreach (var (channel, state, count) in await session.Vitals.DeliveriesAsync())
            add("alertbot_deliveries", count, [("channel", Words.Snake(channel.ToString())), ("state", Words.Snake(state.ToString()))]);
        var (updates, oldest) = await session.Vitals.InboxAsync();
        add("alertbot_inbox_waiting", updates, []);
        add("alertbot_inbox_oldest_seconds", oldest is { } since ? (now - since).TotalSeconds : 0, []);
        add("alertbot_incidents_untaken", await session.Vitals.UntakenAsync(), []);
        var (median, most) = await session.Vitals.AcknowledgedInAsync(now - Duration.FromDays(1));
        if (median is not null && most is not null)
        {
            add("alertbot_acknowledge_seconds", median.Value, [("quantile", "0.5")]);
            add("alertbot_acknowledge_seconds", most.Value, [("quantile", "0.95")]);
        }

        var overdue = await session.Vitals.OverdueAsync(now - OverdueAuditor.Patience);
        foreach (var (kind, count) in new[]
        {
            ("escalations", overdue.Escalations), ("reminders", overdue.Reminders), ("check_ins", overdue.CheckIns),
            ("messages", overdue.Messages), ("updates", overdue.Updates),
        })
            add("alertbot_overdue", count, [("kind", kind)]);
        if (await session.Backups.NewestAsync() is { VerifiedAt: not null } backup)
            add("alertbot_backup_age_seconds", (now - backup.MadeAt).TotalSeconds, []);

        var runs = (await session.JobRuns.AllAsync()).ToDictionary(run => run.Name, run => run.LastSucceeded);
        foreach (var job in _services.GetServices<IRecurringJob>())
        {
            if (job.Schedule is JobSchedule.Every every && runs.GetValueOrDefault(job.Name) is { } last)
                add("alertbot_job_late_seconds", Math.Max(0, (now - last - every.Interval).TotalSeconds), [("job", job.Name)]);
        }
    }

    private void Gauge(string name, string description) =>
        _meter.CreateObservableGauge(name, () => _read.GetValueOrDefault(name) ?? [], description: description);
}
