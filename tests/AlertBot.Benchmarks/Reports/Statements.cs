using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace AlertBot.Benchmarks.Reports;

/// <summary>The commands to the database while it is open, with their times. Each is one way there and back.</summary>
internal sealed class Statements : IDisposable
{
    private const int Shown = 100;

    private readonly ConcurrentQueue<Activity> _all = [];
    private readonly ActivityListener _listener;

    public Statements()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _all.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Forgets those so far.</summary>
    public void Clear() => _all.Clear();

    public int Count(DateTime from, DateTime until) => _all.Count(one => one.StartTimeUtc >= from && one.StartTimeUtc < until);

    /// <summary>One line for each, in the order in which they began.</summary>
    public IEnumerable<string> Lines(DateTime from, DateTime until) => _all
        .Where(one => one.StartTimeUtc >= from && one.StartTimeUtc < until).OrderBy(one => one.StartTimeUtc)
        .Select(one => string.Create(
            CultureInfo.InvariantCulture,
            $"{(one.StartTimeUtc - from).TotalMilliseconds,7:0.00} {one.Duration.TotalMilliseconds,6:0.00}  {Short(one)}"));

    public void Dispose() => _listener.Dispose();

    private static string Short(Activity one)
    {
        var text = string.Join(' ', $"{one.GetTagItem("db.query.text")}".Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= Shown ? text : text[..Shown];
    }
}
