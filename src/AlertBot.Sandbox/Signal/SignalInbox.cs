using System.Text.Json.Nodes;

namespace AlertBot.Sandbox.Signal;

/// <summary>When signal-cli fetches an account's events (<c>--receive-mode</c>).</summary>
public enum SignalReceiveMode
{
    /// <summary>While somebody listens. Otherwise events wait on Signal's servers, in order.</summary>
    OnConnection,

    /// <summary>Always. An event without a listener is lost, although its sender is told that it arrived.</summary>
    OnStart,
}

/// <summary>
/// The bot's events and their listeners. An event counts as delivered once it is written to a listener; an event lost on a broken connection goes to
/// the next one. Callers hold the gate.
/// </summary>
internal sealed class SignalInbox
{
    private readonly List<SignalEvent> _waiting = [];
    private readonly List<SignalStream> _streams = [];
    private readonly Awaited<int> _connections = new();

    public SignalReceiveMode Mode { get; set; }

    /// <summary>True if signal-cli cannot reach Signal. Events wait there, with or without a listener here.</summary>
    public bool IsCutOff { get; private set; }

    public int Waiting => _waiting.Count;

    public int Streams => _streams.Count;

    public Task<int> WhenStreams(Func<int, bool> wanted) => wanted(_streams.Count) ? Task.FromResult(_streams.Count) : _connections.Add(wanted);

    public void Push(SignalEvent news)
    {
        if (IsCutOff)
        {
            _waiting.Add(news);
            return;
        }

        foreach (var stream in _streams)
            stream.Add(news);
        if (_streams.Count > 0)
            return;

        if (Mode == SignalReceiveMode.OnConnection)
            _waiting.Add(news);
        else
            news.MarkOut();
    }

    public SignalStream Open()
    {
        var stream = new SignalStream();
        _streams.Add(stream);
        if (!IsCutOff)
            Fetch();
        _connections.Offer(_streams.Count);
        return stream;
    }

    public void Close(SignalStream stream)
    {
        if (!_streams.Remove(stream))
            return;
        stream.Cut();
        if (_streams.Count == 0)
        {
            // These events came before those that already wait.
            _waiting.InsertRange(0, stream.Left.Where(news => !news.IsOut));
            if (!IsCutOff && Mode == SignalReceiveMode.OnStart)
                Fetch();
        }

        _connections.Offer(_streams.Count);
    }

    public void CutOff(bool isCutOff)
    {
        IsCutOff = isCutOff;
        if (!isCutOff && (_streams.Count > 0 || Mode == SignalReceiveMode.OnStart))
            Fetch();
    }

    public void CutAll()
    {
        foreach (var stream in _streams.ToList())
            Close(stream);
    }

    private void Fetch()
    {
        var waiting = _waiting.ToList();
        _waiting.Clear();
        waiting.ForEach(Push);
    }
}

/// <summary>One event for signal-cli's listeners.</summary>
internal sealed class SignalEvent(JsonObject json, Action? onOut = null)
{
    public bool IsOut { get; private set; }

    /// <param name="now">The time of delivery, in milliseconds of the Unix clock.</param>
    public string ToJson(long now)
    {
        if (json["envelope"] is JsonObject envelope)
            envelope["serverDeliveredTimestamp"] = now;
        return json.ToJsonString();
    }

    public void MarkOut()
    {
        if (IsOut)
            return;
        IsOut = true;
        onOut?.Invoke();
    }
}

/// <summary>One open event stream.</summary>
internal sealed class SignalStream
{
    private readonly Queue<SignalEvent> _events = new();
    private TaskCompletionSource _news = NewSignal();

    /// <summary>True if the connection was broken on purpose.</summary>
    public bool IsCut { get; private set; }

    public IEnumerable<SignalEvent> Left => _events;

    /// <summary>Ends when there is a new event, or when the stream is cut.</summary>
    public Task News => _news.Task;

    public void Add(SignalEvent news)
    {
        _events.Enqueue(news);
        _news.TrySetResult();
    }

    public SignalEvent? Peek()
    {
        if (_events.TryPeek(out var next))
            return next;
        if (_news.Task.IsCompleted && !IsCut)
            _news = NewSignal();
        return null;
    }

    /// <summary>Marks the first event as delivered.</summary>
    public void Taken()
    {
        if (_events.TryDequeue(out var news))
            news.MarkOut();
    }

    public void Cut()
    {
        IsCut = true;
        _news.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
