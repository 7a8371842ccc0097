using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using AlertBot.Benchmarks.Sending;

namespace AlertBot.Faults.Steps;

/// <summary>A sending process with lines of its own to the database and to the messenger, on which each of its steps is seen.</summary>
internal sealed class Node : IDisposable
{
    private readonly DatabaseLine _database;
    private readonly Wire _messenger;
    private readonly SendingProcess _process;
    private readonly ConditionalWeakTable<Wire.Connection, StepNames> _names = [];
    private readonly ConcurrentQueue<(string Step, TimeSpan At)> _seen = new();
    private readonly Ground _ground;
    private int _isDead;

    private Node(Ground ground, TimeSpan patience)
    {
        _ground = ground;
        _database = new DatabaseLine(ground.Bench.ConnectionString);
        _messenger = new Wire(new IPEndPoint(IPAddress.Loopback, 0), IPEndPoint.Parse(ground.Bench.Sandbox.Url.Authority));
        _database.Wire.Judge = piece => Judge(piece, piece.IsRequest ? NamesOn(piece.On).OfDatabase(piece.Bytes.Span) : null);
        _messenger.Judge = piece => Judge(piece, StepNames.OfMessenger(piece.Bytes.Span));
        var port = ((IPEndPoint)_messenger.At).Port.ToString(CultureInfo.InvariantCulture);
        _process = ground.Bench.NewSender(_database.ConnectionString, new Uri($"http://127.0.0.1:{port}/"), patience);
    }

    /// <summary>All steps so far that change something or ask for it.</summary>
    public IReadOnlyList<(string Step, TimeSpan At)> Seen => [.. _seen];

    /// <summary>Decides on each piece, with the step that it belongs to; null: all pass.</summary>
    public Func<Wire.Piece, Asking, Wire.Verdict>? OnStep { get; set; }

    /// <param name="patience">How long it waits for an answer of the messenger.</param>
    public static Node Start(Ground ground, TimeSpan? patience = null) => new(ground, patience ?? TimeSpan.FromSeconds(5));

    /// <summary>When it last sent something; null: never.</summary>
    public TimeSpan? LastSent => _seen.Where(one => one.Step.Contains("sendMessage", StringComparison.Ordinal))
        .Select(one => (TimeSpan?)one.At).Max();

    /// <summary>Waits until it has begun to ask for the lock under which one node sends.</summary>
    public async Task UntilReadyAsync()
    {
        while (!_seen.Any(one => one.Step.Contains("with taken as", StringComparison.Ordinal)))
            await Task.Delay(20);
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        if (Interlocked.Exchange(ref _isDead, 1) == 1)
            return;
        _ground.Disturb();
        _process.Kill();
    }

    public void Freeze()
    {
        _ground.Disturb();
        _process.Freeze();
    }

    public void Wake() => _process.Wake();

    /// <summary>Cuts it off from the database. It still reaches the messenger.</summary>
    public void CutOff()
    {
        _ground.Disturb();
        _database.Cut();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        _database.Dispose();
        _messenger.Dispose();
    }

    private StepNames NamesOn(Wire.Connection connection) => _names.GetValue(connection, static _ => new StepNames());

    private Wire.Verdict Judge(Wire.Piece piece, string? name)
    {
        if (piece.IsRequest && name is not null)
        {
            piece.On.Asked = new Asking(name, null);
            _seen.Enqueue((name, _ground.Now));
        }

        // The body may be a piece of its own.
        if (piece is { IsRequest: true, On.Asked: Asking { Chat: null } begun } && StepNames.ChatOf(piece.Bytes.Span) is { } chat)
            piece.On.Asked = begun with { Chat = chat };
        return piece.On.Asked is Asking asking && OnStep is { } judge ? judge(piece, asking) : Wire.Verdict.Pass;
    }
}
