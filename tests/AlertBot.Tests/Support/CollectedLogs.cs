using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AlertBot.Tests.Support;

/// <summary>Collects everything logged, on every level, with exceptions and the values in scopes.</summary>
public sealed class CollectedLogs : ILoggerProvider, ILoggerFactory
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>Each as "level category: message", followed by the exception.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>All lines in one, for searching.</summary>
    public string Text => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => new Collector(this, categoryName);

    public ILogger<T> For<T>() => new Logger<T>(this);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("It collects, and passes nothing on.");

    public void Dispose()
    {
        // The lines are needed after the logging host is gone.
    }

    private sealed class Collector(CollectedLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            logs._lines.Enqueue($"scope {category}: {Described(state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs._lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {Described(state)} {exception}".TrimEnd());

        // A value may be in the state without being in the message.
        private static string Described<TState>(TState state) =>
            state is IEnumerable<KeyValuePair<string, object?>> values
                ? string.Join(' ', values.Where(value => value.Key != "{OriginalFormat}").Select(value => $"[{value.Key}={value.Value}]"))
                : $"{state}";
    }
}
