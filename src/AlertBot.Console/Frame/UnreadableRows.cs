using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AlertBot.Desk.Frame;

/// <summary>Rows that do not open: said in the log once, by their id, and never what was in them.</summary>
public sealed partial class UnreadableRows(ILogger<UnreadableRows> logger)
{
    private readonly ConcurrentDictionary<(string What, Guid Row), bool> _said = new();

    public void Say(string what, Guid row)
    {
        if (_said.TryAdd((what, row), true))
            LogUnreadable(what, row);
    }

    [LoggerMessage(LogLevel.Error, "{What} cannot be read: its key is missing, or it was changed: {Row}")]
    private partial void LogUnreadable(string what, Guid row);
}
