using System.Net;
using System.Net.Sockets;

namespace AlertBot.BrowserTests.Support;

/// <summary>A connection between a browser and a server that a test can cut and restore.</summary>
internal sealed class CuttableLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<TcpClient> _open = [];
    private readonly int _port;
    private readonly Task _accepting;
    private bool _isCut;

    public CuttableLine(Uri target)
    {
        _port = target.Port;
        _listener.Start();
        _accepting = AcceptAsync(_stop.Token);
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Breaks all connections, and refuses new ones.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _isCut = true;
            _open.ForEach(client => client.Dispose());
            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_gate)
            _isCut = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Cut();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var browser = await _listener.AcceptTcpClientAsync(ct);
                var server = new TcpClient();
                lock (_gate)
                {
                    if (_isCut)
                    {
                        browser.Dispose();
                        server.Dispose();
                        continue;
                    }

                    _open.AddRange([browser, server]);
                }

                _ = CarryAsync(browser, server, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient browser, TcpClient server, CancellationToken ct)
    {
        using (browser)
        using (server)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _port, ct);
                var (left, right) = (browser.GetStream(), server.GetStream());
                await Task.WhenAny(left.CopyToAsync(right, ct), right.CopyToAsync(left, ct));
            }
            catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The line was cut.
            }
        }
    }
}
