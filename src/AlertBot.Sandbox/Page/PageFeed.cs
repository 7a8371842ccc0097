using System.Globalization;
using System.Text.Json.Nodes;

namespace AlertBot.Sandbox.Page;

/// <summary>
/// The page's news, numbered, so that a page that was disconnected can ask for what it missed. Old news is dropped; a page that needs it reads the
/// whole state again.
/// </summary>
internal sealed class PageFeed(int kept = 5000)
{
    private readonly Lock _gate = new();
    private readonly Queue<string> _news = new();
    private TaskCompletionSource _next = NewSignal();
    private long _last;

    /// <summary>Differs at every start of a sandbox, because the numbers of an earlier start mean nothing.</summary>
    public string Life { get; } = Guid.NewGuid().ToString("N")[..12];

    public long Last
    {
        get
        {
            lock (_gate)
                return _last;
        }
    }

    /// <summary>The place after the last news.</summary>
    public string Position => PositionOf(Last);

    public string PositionOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{Life}-{number}");

    /// <returns>Null for a place from an earlier start, or for none.</returns>
    public long? NumberOf(string? position) =>
        position?.Split('-') is [var life, var number] && life == Life
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed <= Last
            ? parsed
            : null;

    public void Publish(string type, JsonObject news)
    {
        news["type"] = type;
        var json = news.ToJsonString();
        TaskCompletionSource waiting;
        lock (_gate)
        {
            _last++;
            _news.Enqueue(json);
            if (_news.Count > kept)
                _news.Dequeue();
            (waiting, _next) = (_next, NewSignal());
        }

        waiting.SetResult();
    }

    /// <summary>The news after a number, and a task that ends when more arrives. Null if some of it was dropped.</summary>
    public (IReadOnlyList<string> News, Task More)? After(long number)
    {
        lock (_gate)
        {
            var missing = (int)Math.Min(_last - number, int.MaxValue);
            return missing > _news.Count ? null : ([.. _news.TakeLast(missing)], _next.Task);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
