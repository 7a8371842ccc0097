using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace AlertBot.Benchmarks.Fuzzing;

/// <param name="Status">0: the server closed the connection without a word.</param>
/// <param name="Body">Its beginning, as Latin letters byte by byte.</param>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    public bool IsPage => Head.Contains("text/html", StringComparison.OrdinalIgnoreCase);

    public string? Location =>
        Head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Location:", StringComparison.OrdinalIgnoreCase))?[9..].Trim();
}

/// <summary>A connection that sends bytes as they are: no library puts right what is wrong with them.</summary>
internal sealed class RawConnection(Uri server) : IDisposable
{
    private const int MostKept = 400_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly byte[] _buffer = new byte[16_384];
    private Socket? _socket;
    private int _from;
    private int _to;

    /// <param name="isCutOff">Nothing more is sent after it: the server sees the end of what it waits for.</param>
    /// <exception cref="TimeoutException">No answer came.</exception>
    public async Task<RawAnswer> SendAsync(byte[] request, bool isHead, bool isCutOff)
    {
        for (var isOld = _socket is not null; ; isOld = false)
        {
            var socket = _socket ??= await OpenAsync();
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await socket.SendAsync(request, patience.Token);
                if (isCutOff)
                    socket.Shutdown(SocketShutdown.Send);
                var answer = await ReadAsync(isHead, patience.Token);
                if (isCutOff || answer.Status == 0)
                    Close();
                // A connection that was closed while it stood idle says nothing of this request.
                if (answer.Status != 0 || !isOld)
                    return answer;
            }
            catch (Exception broken) when (broken is SocketException or IOException)
            {
                Close();
                if (!isOld)
                    return new RawAnswer(0, "", "");
            }
            catch (OperationCanceledException)
            {
                Close();
                throw new TimeoutException();
            }
        }
    }

    public void Dispose() => Close();

    private async Task<Socket> OpenAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port);
        return socket;
    }

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
        (_from, _to) = (0, 0);
    }

    private async Task<RawAnswer> ReadAsync(bool isHead, CancellationToken ct)
    {
        while (true)
        {
            if (await HeadAsync(ct) is not { } head)
                return new RawAnswer(0, "", "");
            var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
            // "Go on": the answer comes after it.
            if (status is >= 100 and < 200)
                continue;

            var fields = head.Split("\r\n").Skip(1).Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2)
                .ToLookup(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
            // A stream never ends; its beginning is enough.
            if (fields["Content-Type"].FirstOrDefault()?.StartsWith("text/event-stream", StringComparison.Ordinal) == true)
            {
                Close();
                return new RawAnswer(status, head, "");
            }

            var body = isHead || status is 204 or 304 ? ""
                : fields["Transfer-Encoding"].Contains("chunked") ? await ChunksAsync(ct)
                : await BytesAsync(long.Parse(fields["Content-Length"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture), ct);
            if (fields["Connection"].Contains("close"))
                Close();
            return new RawAnswer(status, head, body);
        }
    }

    private async Task<string?> HeadAsync(CancellationToken ct)
    {
        var head = new StringBuilder();
        while (await LineAsync(ct) is { } line)
        {
            if (line.Length == 0 && head.Length > 0)
                return head.ToString();
            head.Append(line).Append("\r\n");
        }

        return null;
    }

    private async Task<string> ChunksAsync(CancellationToken ct)
    {
        var body = new StringBuilder();
        while (await LineAsync(ct) is { } line)
        {
            var length = long.Parse(line, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var part = await BytesAsync(length, ct);
            if (body.Length < MostKept)
                body.Append(part);
            await LineAsync(ct);
            if (length == 0)
                break;
        }

        return body.ToString();
    }

    private async Task<string> BytesAsync(long length, CancellationToken ct)
    {
        var body = new StringBuilder();
        while (length > 0 && (_from < _to || await FillAsync(ct)))
        {
            var part = (int)Math.Min(length, _to - _from);
            if (body.Length < MostKept)
                body.Append(Encoding.Latin1.GetString(_buffer, _from, part));
            _from += part;
            length -= part;
        }

        return body.ToString();
    }

    private async Task<string?> LineAsync(CancellationToken ct)
    {
        var line = new StringBuilder();
        while (_from < _to || await FillAsync(ct))
        {
            var end = Array.IndexOf(_buffer, (byte)'\n', _from, _to - _from);
            var until = end < 0 ? _to : end;
            line.Append(Encoding.Latin1.GetString(_buffer, _from, until - _from));
            _from = end < 0 ? _to : end + 1;
            if (end >= 0)
                return line.ToString().TrimEnd('\r');
        }

        return null;
    }

    private async Task<bool> FillAsync(CancellationToken ct)
    {
        (_from, _to) = (0, 0);
        _to = await _socket!.ReceiveAsync(_buffer, ct);
        return _to > 0;
    }
}
