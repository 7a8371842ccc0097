using System.Globalization;

namespace AlertBot.Cli;

/// <summary>
/// Shows on a terminal that work goes on: nothing in the first second, then one line that is overwritten, and at the end nothing. A file or a pipe
/// gets no such line.
/// </summary>
internal sealed class Waiting : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly TextWriter? _terminal;
    private readonly TimeProvider _time;
    private readonly string _what;
    private readonly long _began;
    private readonly ITimer? _timer;
    private int _shown;
    private string _far = "";
    private bool _isOver;

    internal Waiting(string what, TextWriter? terminal, TimeProvider time)
    {
        (_what, _terminal, _time, _began) = (what, terminal, time, time.GetTimestamp());
        _timer = terminal is null ? null : time.CreateTimer(_ => Show(), null, Patience, Patience);
    }

    public static Waiting For(string what) => new(what, Console.IsErrorRedirected ? null : Console.Error, TimeProvider.System);

    /// <summary>For a verb that prints as it goes. Shows the sign only if the verb's output does not go to the terminal.</summary>
    public static Waiting BesideLines(string what) =>
        new(what, Console.IsErrorRedirected || !Console.IsOutputRedirected ? null : Console.Error, TimeProvider.System);

    public void Has(int done, int all)
    {
        lock (_gate)
            _far = string.Create(CultureInfo.InvariantCulture, $" {done} of {all},");
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _timer?.Dispose();
            if (_shown > 0)
                _terminal!.Write("\r" + new string(' ', _shown) + "\r");
        }
    }

    private void Show()
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            var line = string.Create(CultureInfo.InvariantCulture, $"alertbot: {_what} ...{_far} {_time.GetElapsedTime(_began).TotalSeconds:0} s");
            _terminal!.Write("\r" + line.PadRight(_shown));
            _shown = Math.Max(_shown, line.Length);
        }
    }
}
