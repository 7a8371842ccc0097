using System.Buffers;
using System.IO.Pipelines;

namespace AlertBot.Channels.Signal;

/// <summary>
/// The part of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) that signal-cli uses: one line of data per event.
/// Every line, comments included, shows that the stream is alive. A stream that stays silent too long is dead, even if the connection has not
/// noticed.
/// </summary>
internal sealed class EventStream(Stream stream, IDisposable? owner, TimeSpan longestSilence, TimeProvider time) : IAsyncDisposable
{
    // A message has at most 64 KiB of text and names its attachments: far less than this.
    internal const int LargestLine = 4 << 20;

    private readonly PipeReader _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: false));
    private byte[]? _data;
    private bool _passOverLine;
    private bool _passOverEvent;

    /// <summary>The daemon's next event, or the reason why there is none. After that the stream is useless.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<StreamRead> NextAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                using var patience = new Patience(longestSilence, time, ct);
                var read = await _reader.ReadAsync(patience.Token);
                var buffer = read.Buffer;
                var result = TakeLines(ref buffer);
                if (result is null && buffer.Length > LargestLine)
                {
                    // The rest of the line is skipped as it arrives, so memory never holds all of it.
                    _passOverLine = true;
                    buffer = buffer.Slice(buffer.End);
                }

                _reader.AdvanceTo(buffer.Start, result is null ? buffer.End : buffer.Start);
                if (result is not null)
                    return result;
                if (read.IsCompleted)
                    return new StreamRead.Ended("closed");
            }
        }
        catch (Exception outage) when (SignalClient.IsOutage(outage))
        {
            ct.ThrowIfCancellationRequested();
            return new StreamRead.Ended(outage is OperationCanceledException ? "silent" : "connection");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.CompleteAsync();
        owner?.Dispose();
    }

    private StreamRead? TakeLines(ref ReadOnlySequence<byte> buffer)
    {
        while (buffer.PositionOf((byte)'\n') is { } end)
        {
            var line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            var isTooLarge = _passOverLine || line.Length > LargestLine;
            _passOverLine = false;
            if ((isTooLarge ? GiveUpEvent() : Take(line.ToArray())) is { } told)
                return told;
        }

        return null;
    }

    private StreamRead? Take(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd((byte)'\r');
        if (line.StartsWith("data:"u8) && !_passOverEvent)
        {
            var value = line[5..];
            var data = value.StartsWith(" "u8) ? value[1..] : value;
            _data = _data is null ? data.ToArray() : [.. _data, (byte)'\n', .. data];
            if (_data.Length > LargestLine)
                return GiveUpEvent();
        }

        // The event's name does not matter: there is one kind, and its data says what it is.
        if (line.Length > 0)
            return null;
        _passOverEvent = false;
        if (_data is not { } whole)
            return null;
        _data = null;
        return new StreamRead.Event(whole);
    }

    /// <returns>Null if the too large event was already reported.</returns>
    private StreamRead.TooLarge? GiveUpEvent()
    {
        var isNew = !_passOverEvent;
        (_data, _passOverEvent) = (null, true);
        return isNew ? new StreamRead.TooLarge() : null;
    }
}

/// <summary>What one read of the stream found.</summary>
internal abstract record StreamRead
{
    private StreamRead() { }

    public sealed record Event(byte[] Data) : StreamRead
    {
        public override string ToString() => "(event)";
    }

    /// <summary>An event larger than any real one.</summary>
    public sealed record TooLarge : StreamRead;

    /// <param name="Reason">A short word for the log.</param>
    public sealed record Ended(string Reason) : StreamRead;
}
