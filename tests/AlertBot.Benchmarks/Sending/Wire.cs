using System.Net;
using System.Net.Sockets;

namespace AlertBot.Benchmarks.Sending;

/// <summary>
/// A way to a server on which everything that passes can be watched and broken, piece by piece: a piece is what one end writes at once. It can also
/// be cut: nothing passes any more, and neither end is told.
/// </summary>
internal sealed class Wire : IDisposable
{
    private readonly Socket _listener;
    private readonly EndPoint _server;
    private readonly List<Connection> _connections = [];
    private volatile bool _isCut;

    /// <param name="at">Where it listens, in place of the server.</param>
    public Wire(EndPoint at, EndPoint server)
    {
        _server = server;
        _listener = SocketTo(at);
        _listener.Bind(at);
        _listener.Listen(128);
        At = _listener.LocalEndPoint!;
        _ = AcceptAsync();
    }

    public EndPoint At { get; }

    /// <summary>Decides on each piece before it is passed on; null: all pass.</summary>
    public Func<Piece, Verdict>? Judge { get; set; }

    public void Cut() => _isCut = true;

    /// <summary>Breaks the connections of this moment. New ones pass.</summary>
    public void Break()
    {
        lock (_connections)
        {
            _connections.ForEach(one => one.Break());
            _connections.Clear();
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        Break();
    }

    private static Socket SocketTo(EndPoint place) => place is UnixDomainSocketEndPoint
        ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptAsync());
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // Nobody needs it any more.
        }
    }

    private async Task ServeAsync(Socket near)
    {
        var connection = new Connection(near, SocketTo(_server));
        lock (_connections)
            _connections.Add(connection);
        try
        {
            await connection.Far.ConnectAsync(_server);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            connection.Break();
            return;
        }

        var far = connection.Far;
        await Task.WhenAll(PassAsync(connection, near, far, isRequest: true), PassAsync(connection, far, near, isRequest: false));
        connection.Break();
        lock (_connections)
            _connections.Remove(connection);
    }

    private async Task PassAsync(Connection connection, Socket from, Socket to, bool isRequest)
    {
        var bytes = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(bytes) is > 0 and var count)
            {
                // After the cut all data is swallowed, including the end of a connection.
                if (_isCut)
                    continue;
                var verdict = Judge?.Invoke(new Piece(connection, isRequest, bytes.AsMemory(0, count))) ?? Verdict.Pass;
                if (verdict != Verdict.Drop)
                    await SendAsync(to, bytes.AsMemory(0, verdict == Verdict.Half ? count / 2 : count));
                if (verdict == Verdict.Pass)
                    continue;
                connection.Break();
                return;
            }

            if (!_isCut)
                to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // One end is gone, and so the other one must hear of it.
            if (!_isCut)
                connection.Break();
        }
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await to.SendAsync(bytes)..];
    }

    /// <summary>What becomes of a piece. The connection breaks with all but the first.</summary>
    public enum Verdict
    {
        Pass,
        Drop,
        Half,
    }

    /// <summary>What one end wrote at once. Its bytes are good until it is judged.</summary>
    public readonly record struct Piece(Connection On, bool IsRequest, ReadOnlyMemory<byte> Bytes);

    /// <summary>One connection of a client, and ours to the server.</summary>
    public sealed class Connection(Socket near, Socket far)
    {
        internal Socket Far => far;

        /// <summary>What a judge remembers of the last request.</summary>
        public object? Asked { get; set; }

        internal void Break()
        {
            near.Dispose();
            far.Dispose();
        }
    }
}
