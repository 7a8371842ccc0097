using System.Net.Sockets;
using Npgsql;

namespace AlertBot.Benchmarks.Sending;

/// <summary>A connection to the database that can be cut: nothing passes any more, and neither end is told.</summary>
internal sealed class DatabaseLine : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"alertbot-line-{Guid.NewGuid():N}"[..24]);
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<Socket> _ends = [];
    private readonly UnixDomainSocketEndPoint _server;
    private volatile bool _isCut;

    /// <param name="connectionString">Names a server that listens on a socket of this machine.</param>
    public DatabaseLine(string connectionString)
    {
        var place = new NpgsqlConnectionStringBuilder(connectionString);
        var name = $".s.PGSQL.{place.Port}";
        _server = new UnixDomainSocketEndPoint(Path.Combine(place.Host!, name));
        Directory.CreateDirectory(_directory);
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_directory, name)));
        _listener.Listen();
        place.Host = _directory;
        ConnectionString = place.ConnectionString;
        _ = AcceptAsync();
    }

    /// <summary>The connection string of the same database through this connection.</summary>
    public string ConnectionString { get; }

    public void Cut() => _isCut = true;

    public void Dispose()
    {
        _listener.Dispose();
        lock (_ends)
            _ends.ForEach(end => end.Dispose());
        Directory.Delete(_directory, recursive: true);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptAsync();
                var far = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                lock (_ends)
                    _ends.AddRange([near, far]);
                await far.ConnectAsync(_server);
                _ = PassAsync(near, far);
                _ = PassAsync(far, near);
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The benchmark is over.
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var bytes = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(bytes) is > 0 and var count)
            {
                // After the cut all data is swallowed, including the end of a connection.
                if (!_isCut)
                    await to.SendAsync(bytes.AsMemory(0, count));
            }

            if (!_isCut)
                to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // One end is gone, which may happen.
        }
    }
}
