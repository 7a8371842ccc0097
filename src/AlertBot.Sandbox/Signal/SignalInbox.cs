using System.Text.Json.Nodes;

namespace AlertBot.Sandbox.Signal;

/// <summary>When signal-cli fetches what has come for an account (<c>--receive-mode</c>).</summary>
public enum SignalReceiveMode
{
    /// <summary>While somebody listens. What comes meanwhile waits on Signal's servers, in order.</summary>
    OnConnection,

    /// <summary>Always. An event that nobody listens to is lost, although its sender hears that it arrived.</summary>
    OnStart,
}

/// <summary>
/// The events for the bot, and its listeners. An event is delivered once it is written to a listener; an event that a broken line
/// did not take goes to the next one. Callers hold the gate.
/// </summary>
internal sealed class SignalInbox
{
    private readonly List<SignalEvent> _waiting = [];
    private readonly List<SignalStream> _streams = [];
    private readonly Awaited<int> _connections = new();

    public SignalReceiveMode Mode { get; set; }

    /// <summary>True: signal-cli cannot reach Signal. What comes waits there, whoever listens here.</summary>
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
            // It came before what waits already.
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

/// <summary>One thing that signal-cli tells its listeners.</summary>
internal sealed class SignalEvent(JsonObject json, Action? onOut = null)
{
    public bool IsOut { get; private set; }

    /// <param name="now">When it goes out, in milliseconds of the Unix clock.</param>
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

/// <summary>One open stream of events.</summary>
internal sealed class SignalStream
{
    private readonly Queue<SignalEvent> _events = new();
    private TaskCompletionSource _news = NewSignal();

    /// <summary>True: the line is broken, on purpose.</summary>
    public bool IsCut { get; private set; }

    public IEnumerable<SignalEvent> Left => _events;

    /// <summary>Ends when there is something new, or the stream is cut.</summary>
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

    /// <summary>The first event is with the listener.</summary>
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
