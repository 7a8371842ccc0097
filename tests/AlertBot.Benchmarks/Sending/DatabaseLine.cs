using System.Net.Sockets;
using Npgsql;

namespace AlertBot.Benchmarks.Sending;

/// <summary>A connection to the database that can be cut, watched and broken.</summary>
internal sealed class DatabaseLine : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"alertbot-line-{Guid.NewGuid():N}"[..24]);

    /// <param name="connectionString">Names a server that listens on a socket of this machine.</param>
    public DatabaseLine(string connectionString)
    {
        var place = new NpgsqlConnectionStringBuilder(connectionString);
        var name = $".s.PGSQL.{place.Port}";
        Directory.CreateDirectory(_directory);
        Wire = new Wire(
            new UnixDomainSocketEndPoint(Path.Combine(_directory, name)), new UnixDomainSocketEndPoint(Path.Combine(place.Host!, name)));
        place.Host = _directory;
        ConnectionString = place.ConnectionString;
    }

    public Wire Wire { get; }

    /// <summary>The connection string of the same database through this connection.</summary>
    public string ConnectionString { get; }

    public void Cut() => Wire.Cut();

    public void Dispose()
    {
        Wire.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
