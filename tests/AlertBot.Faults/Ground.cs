using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AlertBot.Benchmarks.Sending;
using AlertBot.Domain.Alerts;
using AlertBot.Faults.Checking;
using AlertBot.Sandbox;
using Dapper;
using NodaTime;
using Npgsql;

namespace AlertBot.Faults;

/// <summary>Where faults happen: a database with its real durability, a messenger, people with phones, and a record of all that was raised.</summary>
internal sealed partial class Ground : IAsyncDisposable
{
    /// <summary>After the last fault, everything must have arrived within this time.</summary>
    public static readonly TimeSpan Promised = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly List<Fact> _facts = [];
    private readonly Dictionary<Guid, Fact> _alerts = [];
    private readonly ConcurrentQueue<Disturbance> _disturbances = new();
    private readonly long _began = Stopwatch.GetTimestamp();

    private Ground(SendingBench bench) => Bench = bench;

    public SendingBench Bench { get; }

    public IReadOnlyList<long> Chats => Bench.Chats;

    /// <param name="perSecond">The pace of the bot, and what the messenger allows.</param>
    /// <param name="clock">By which alerts are raised; null: the machine's.</param>
    public static async Task<Ground> StartAsync(int chats, int perSecond, IClock? clock = null)
    {
        // A chat's pace is no subject here, and would make most of the time.
        var limits = new SandboxLimits(perSecond * 2, PerChatPerSecond: 100, ChatBurst: 100);
        var ground = new Ground(await SendingBench.StartAsync(
            chats, 0, new SandboxOptions { Limits = limits, Latency = SandboxLatency.Milliseconds(2, 10) }, perSecond, clock));
        await ground.Bench.AddCoordinatorAsync();
        return ground;
    }

    /// <summary>Writes an alert, also while the database comes and goes.</summary>
    /// <param name="to">Null: to everybody.</param>
    public async Task<Fact> RaiseAsync(Severity severity = Severity.Critical, IReadOnlyCollection<long>? to = null)
    {
        var number = _facts.Count;
        var fact = new Fact(string.Create(CultureInfo.InvariantCulture, $"[f{number}]"), number, severity, to ?? Chats);
        var id = AlertId.New();
        _facts.Add(fact);
        _alerts[id.Value] = fact;
        await PersistAsync(() => Bench.RaiseAsync(id, fact.Chats, severity, $"words {fact.Mark}"));
        return fact;
    }

    /// <summary>Something that this chat must show, for another reason than an alert, and in any order.</summary>
    public Fact Expect(long chat)
    {
        var fact = new Fact(string.Create(CultureInfo.InvariantCulture, $"[f{_facts.Count}]"), 0, Severity.Critical, [chat]);
        _facts.Add(fact);
        return fact;
    }

    /// <summary>Notes that from now on nobody can know of what is on its way.</summary>
    public void Disturb(long? chat = null) => _disturbances.Enqueue(new Disturbance(Now, chat));

    public bool IsShown(Fact fact) => fact.Chats.All(
        chat => Bench.ShownIn(chat).Any(message => message.Text.Contains(fact.Mark, StringComparison.Ordinal)));

    public TimeSpan Now => Stopwatch.GetElapsedTime(_began);

    /// <summary>Waits until the outbox has an outcome for everything, at most that long.</summary>
    /// <returns>How many have none.</returns>
    public async Task<int> SettleAsync(TimeSpan? within = null)
    {
        var patience = Stopwatch.GetTimestamp();
        while (true)
        {
            var open = 0;
            await PersistAsync(async () =>
            {
                await using var connection = await Bench.Source.OpenConnectionAsync();
                open = await connection.ExecuteScalarAsync<int>(
                    "select count(*)::int from delivery where state not in ('sent', 'failed', 'superseded', 'expired')");
            });
            if (open == 0 || Stopwatch.GetElapsedTime(patience) > (within ?? Promised))
                return open;
            await Task.Delay(Pause);
        }
    }

    /// <summary>Checks all that was raised so far.</summary>
    public async Task<Findings> CheckAsync()
    {
        var open = await SettleAsync();
        var at = Bench.Sandbox.Calls.Where(call => call is { IsSend: true, Status: 200 })
            .ToLookup(call => (call.ChatId, call.MessageId), call => Stopwatch.GetElapsedTime(_began, call.At));
        var note = Bench.Texts.Say("en", "alert.repeat").Plain;
        var showings = Chats.SelectMany(
            chat => Bench.ShownIn(chat).SelectMany(message => ShowingsIn(chat, message, note, at[(chat, message.Id)].FirstOrDefault()))).ToList();
        var findings = Checker.Check(_facts, showings, [.. _disturbances], await GivenUpAsync());
        return open == 0 ? findings : findings.With($"{open} deliveries have no outcome {Promised.TotalSeconds:0} s after the last fault");
    }

    /// <summary>Tries again while the database is away. What is tried may be done twice.</summary>
    public static async Task PersistAsync(Func<Task> act)
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                await act();
                return;
            }
            catch (Exception outage) when (outage is NpgsqlException or IOException && Stopwatch.GetElapsedTime(began) < Promised)
            {
                await Task.Delay(Pause);
            }
        }
    }

    public ValueTask DisposeAsync() => Bench.DisposeAsync();

    private async Task<List<GivenUp>> GivenUpAsync()
    {
        await using var connection = await Bench.Source.OpenConnectionAsync();
        return (await connection.QueryAsync<(Guid Alert, Guid Address, bool IsTold)>(
            """
            select d.alert_id, d.address_id, exists (select from alert a where a.dedup_key = 'undelivered:' || replace(d.id::text, '-', ''))
            from   delivery d
            where  d.state in ('failed', 'expired') and d.alert_id is not null and d.edits is null
            """)).Where(row => _alerts.ContainsKey(row.Alert) && Bench.ChatOf(row.Address) is not null)
            .Select(row => new GivenUp(Bench.ChatOf(row.Address)!.Value, _alerts[row.Alert].Mark, row.IsTold)).ToList();
    }

    // Several alerts may share a message. The note stands before the words of the one that it is about.
    private static IEnumerable<Showing> ShowingsIn(long chat, SandboxMessage message, string note, TimeSpan at)
    {
        var from = 0;
        foreach (Match mark in Marks().Matches(message.Text))
        {
            yield return new Showing(
                chat, mark.Value, message.Id, at, message.Text[from..mark.Index].Contains(note, StringComparison.Ordinal));
            from = mark.Index + mark.Length;
        }
    }

    [GeneratedRegex(@"\[f\d+\]")]
    private static partial Regex Marks();
}
