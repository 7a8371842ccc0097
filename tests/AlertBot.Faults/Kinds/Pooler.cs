using System.Diagnostics;
using AlertBot.IntegrationTests.Support;
using Npgsql;

namespace AlertBot.Faults.Kinds;

/// <summary>
/// PgBouncer between the program and its database. Sessions through it are killed in the middle of a run. One that gives each transaction another
/// session has locks that hold nothing: there the program must not start.
/// </summary>
internal static class Pooler
{
    private const string Variable = "ALERTBOT_PGBOUNCER";
    private const int Chats = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<Outcome> RunAsync(int faults, Random random)
    {
        if (Find() is not { } program)
            return Outcome.NotTried($"no pgbouncer is installed, and {Variable} names none");

        await using var ground = await Ground.StartAsync(Chats, perSecond: 100);
        var problems = new List<string>();
        var pooler = new PgBouncer(program, ground.Bench.Cluster, "session");
        try
        {
            using var sender = ground.Bench.NewSender(pooler.ConnectionString);
            await ground.RaiseAsync();
            await ground.SettleAsync();
            for (var number = 1; number < faults; number++)
            {
                await ground.RaiseAsync();
                await Task.Delay(random.Next(20, 200));
                ground.Disturb();
                pooler.Dispose();
                await ground.RaiseAsync();
                pooler = new PgBouncer(program, ground.Bench.Cluster, "session", pooler);
                ground.Disturb();
                await ground.SettleAsync();
            }
        }
        finally
        {
            pooler.Dispose();
        }

        using (var transactions = new PgBouncer(program, ground.Bench.Cluster, "transaction"))
        using (var directory = new TemporaryDirectory())
        {
            var (code, said) = await ProgramRun.RunAsync(
                transactions.ConnectionString, ground, directory.Path, Patience, "serve");
            if (code != 1 || !said.Contains("pooler", StringComparison.Ordinal))
                problems.Add($"the program starts behind a pooler of transactions ({code}): {said.Trim().Split('\n')[^1]}");
        }

        var began = ground.Now;
        await ground.SettleAsync();
        return new Outcome(faults, (await ground.CheckAsync()).With([.. problems]), ground.Now - began);
    }

    private static string? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given
        : new[] { "/usr/sbin/pgbouncer", "/usr/bin/pgbouncer" }.FirstOrDefault(File.Exists);

    /// <summary>A running PgBouncer.</summary>
    private sealed class PgBouncer : IDisposable
    {
        private readonly Process _process;
        private readonly string _directory;

        /// <param name="after">One whose place it takes, with the same connection string.</param>
        public PgBouncer(string program, Postgres.Cluster.PrivateCluster cluster, string mode, PgBouncer? after = null)
        {
            var place = new NpgsqlConnectionStringBuilder(cluster.ConnectionString);
            Port = after?.Port ?? Free();
            _directory = Path.Combine(Path.GetTempPath(), $"alertbot-pool-{Guid.NewGuid():N}"[..24]);
            Directory.CreateDirectory(_directory);
            var (settings, people) = (Path.Combine(_directory, "pgbouncer.ini"), Path.Combine(_directory, "users.txt"));
            File.WriteAllText(people, $"\"{place.Username}\" \"{place.Password}\"\n");
            File.WriteAllText(settings, $"""
                [databases]
                {place.Database} = host={place.Host} port={place.Port}
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = {Port}
                unix_socket_dir =
                auth_type = trust
                auth_file = {people}
                pool_mode = {mode}
                default_pool_size = 30
                ignore_startup_parameters = extra_float_digits
                """);
            // It refuses to work for root.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(_directory, (UnixFileMode)Convert.ToInt32("755", 8));
            var line = cluster.Server.Account.Wrap([program, "-q", settings]);
            _process = Process.Start(new ProcessStartInfo(line[0], line.Skip(1)) { RedirectStandardError = true })!;
            place.Host = "127.0.0.1";
            place.Port = Port;
            ConnectionString = place.ConnectionString;
        }

        public int Port { get; }

        public string ConnectionString { get; }

        public void Dispose()
        {
            if (!Directory.Exists(_directory))
                return;
            if (!_process.HasExited)
                _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
            Directory.Delete(_directory, recursive: true);
        }

        private static int Free()
        {
            using var probe = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
            probe.Start();
            return ((System.Net.IPEndPoint)probe.LocalEndpoint).Port;
        }
    }
}
