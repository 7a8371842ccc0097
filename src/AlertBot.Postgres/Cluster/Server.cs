using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace AlertBot.Postgres.Cluster;

/// <summary>Creates, starts, checks and stops the server of one private cluster. The caller holds the start lock.</summary>
internal sealed class Server
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LeftoverPatience = TimeSpan.FromSeconds(5);

    private readonly ClusterOptions _options;
    private readonly ClusterPassword _password;

    private Server(ClusterPlace place, ServerAccount account, PostgresPrograms programs, ClusterOptions options, ClusterPassword password)
    {
        Place = place;
        Account = account;
        Programs = programs;
        _options = options;
        _password = password;
    }

    public ClusterPlace Place { get; }

    public ServerAccount Account { get; }

    public PostgresPrograms Programs { get; }

    public string ConnectionString => _password.Connection(Place);

    public string SuperuserConnectionString => _password.SuperuserConnection(Place);

    /// <summary>Opens the cluster, and creates it if there is none.</summary>
    public static async Task<Server> OpenAsync(
        ClusterPlace place, ServerAccount account, PostgresPrograms programs, ClusterOptions options, CancellationToken ct)
    {
        if (place.Major is not { } major)
            return new Server(place, account, programs, options, await CreateAsync(place, account, programs, ct));

        // Another node may have created the cluster between our search for programs and our taking the lock.
        var fitting = major == programs.Major ? programs : await PostgresPrograms.FindAsync(major, options.Programs, ct);
        return new Server(place, account, fitting, options, await ClusterPassword.ReadAsync(place, ct));
    }

    /// <summary>Whether the server is alive. The check is cheap if its processes are visible from here.</summary>
    public async Task<bool> IsThereAsync(CancellationToken ct) =>
        ServerProcess.IsAlive(Place) || (!StartedHere && await AnswerAsync(ct) != Answer.None);

    /// <summary>Starts the server unless it runs. After a crash PostgreSQL itself recovers all committed data.</summary>
    /// <param name="othersUseIt">Whether other nodes use the cluster.</param>
    public async Task EnsureRunningAsync(bool othersUseIt, CancellationToken ct)
    {
        var began = _options.Clock.GetTimestamp();
        while (await AnswerAsync(ct) is var answer && answer != Answer.Ready)
        {
            // Process numbers of another container mean nothing here. If nodes run in that container, they start the server.
            var isTheirs = othersUseIt && !StartedHere;
            if (answer == Answer.None && !ServerProcess.IsAlive(Place) && !isTheirs)
            {
                await StartAsync(ct);
                continue;
            }

            if (_options.Clock.GetElapsedTime(began) > _options.StartWithin)
                throw new ClusterProblem(isTheirs
                    ? $"Another AlertBot, in another container or on another machine, uses {Place.Root}, and its database cannot be "
                        + "reached from here. Stop it, or choose another place in Data__Directory."
                    : $"The database in {Place.Root} runs but has not let us in for {_options.StartWithin.TotalSeconds:0} seconds. "
                        + $"See {Place.Log}.");
            await Task.Delay(Pause, _options.Clock, ct);
        }

        await EnsureDatabaseAsync(ct);
    }

    public async Task StopAsync(CancellationToken ct)
    {
        foreach (var mode in new[] { "fast", "immediate" })
        {
            if (!ServerProcess.IsAlive(Place) && StartedHere)
                return;

            var answer = await ServerCommand.RunAsync(
                Account, [Programs.Program("pg_ctl"), "stop", "-D", Place.Data, "-m", mode, "-w", "-t", "60"], Place.Root, ct: ct);
            if (answer.Succeeded)
                return;
        }
    }

    private bool StartedHere =>
        !File.Exists(Place.StartedIn) || File.ReadAllText(Place.StartedIn) == ServerProcess.Here;

    private static async Task<ClusterPassword> CreateAsync(
        ClusterPlace place, ServerAccount account, PostgresPrograms programs, CancellationToken ct)
    {
        if (Directory.Exists(place.Data))
            throw new ClusterProblem($"{place.Data} is there but holds no database. If nothing in it matters, remove it.");
        if (Directory.Exists(place.Draft))
            Directory.Delete(place.Draft, recursive: true);

        var password = await ClusterPassword.CreateAsync(place, account, ct);
        // The locale is C.UTF-8: plain C would not fold Cyrillic or Arabic letters, and a language's own order would change with the system.
        var answer = await ServerCommand.RunAsync(
            account,
            [
                programs.Program("initdb"), "-D", place.Draft, "-U", ClusterPassword.Superuser, "-E", "UTF8", "--locale=C.UTF-8",
                "--data-checksums", "-A", "scram-sha-256", $"--pwfile={place.Password}", "--no-instructions",
            ],
            place.Root, ct: ct);
        if (!answer.Succeeded)
            throw new ClusterProblem($"The database cannot be created in {place.Root}: {answer.Complaint}");

        Directory.Move(place.Draft, place.Data);
        return password;
    }

    private async Task StartAsync(CancellationToken ct)
    {
        await ServerProcess.ClearLeftoversAsync(Place, LeftoverPatience, _options.Clock, ct);
        ServerProcess.RemoveStaleRecords(Place);
        await WriteAsync(Path.Combine(Place.Data, "postgresql.conf"), ServerSettings.Text(Place, _options.Overrides), ct);
        await WriteAsync(Place.StartedIn, ServerProcess.Here, ct);
        await WriteAsync(Place.StartLog, "", ct);

        var seconds = ((int)_options.StartWithin.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var answer = await ServerCommand.RunAsync(
            Account,
            [Programs.Program("pg_ctl"), "start", "-D", Place.Data, "-l", Place.StartLog, "-w", "-t", seconds, "-s"],
            Place.Root, ct: ct);
        if (!answer.Succeeded)
            throw new ClusterProblem($"The database in {Place.Root} does not start: {LastWords() ?? answer.Complaint} (See {Place.Log}.)");
    }

    // Writes a draft first, so that a crash does not leave half a configuration.
    private async Task WriteAsync(string path, string content, CancellationToken ct)
    {
        var draft = path + ".new";
        File.Delete(draft);
        OwnerOnly.CreateFile(draft, content);
        await ClusterPlace.GiveAsync(Account, ct, draft);
        File.Move(draft, path, overwrite: true);
    }

    private string? LastWords() =>
        new DirectoryInfo(Place.Log).EnumerateFiles("*.log")
            .OrderByDescending(file => file.LastWriteTimeUtc)
            .SelectMany(file => File.ReadLines(file.FullName).Reverse())
            .FirstOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal) || line.Contains("PANIC:", StringComparison.Ordinal));

    private async Task<Answer> AnswerAsync(CancellationToken ct)
    {
        if (!File.Exists(Place.SocketFile))
            return Answer.None;

        try
        {
            await using var connection = new NpgsqlConnection(SuperuserConnectionString);
            await connection.OpenAsync(ct);
            return Answer.Ready;
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new ClusterProblem(
                $"The server on {Place.Sockets} does not know the password in {Place.Password}: "
                + "the directory, or a part of it, is another instance's. Put back the files that belong together.", refusal);
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            return Answer.Ready;
        }
        catch (PostgresException)
        {
            // The server answers but accepts no sessions yet: it is starting, recovering, or shutting down.
            return Answer.NotYet;
        }
        catch (NpgsqlException silence) when (silence.InnerException is SocketException)
        {
            return Answer.None;
        }
        catch (NpgsqlException)
        {
            // The server accepted the connection and then broke off or took too long.
            return Answer.NotYet;
        }
    }

    private async Task EnsureDatabaseAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(SuperuserConnectionString);
        await connection.OpenAsync(ct);
        // We made both values and they hold no quote. Utility statements take no parameters.
        await RunUnlessAsync(
            connection, $"select from pg_roles where rolname = '{ClusterPassword.User}'",
            $"create role {ClusterPassword.User} login createdb password '{_password.OfUser}'", ct);
        await RunUnlessAsync(
            connection, $"select from pg_database where datname = '{ClusterPassword.Database}'",
            $"create database {ClusterPassword.Database} owner {ClusterPassword.User}", ct);
        await MayClearLogAsync(ct);
    }

    // Erased data must leave the write-ahead log too.
    private async Task MayClearLogAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(SuperuserConnectionString) { Database = ClusterPassword.Database }.ConnectionString);
        await connection.OpenAsync(ct);
        await RunUnlessAsync(
            connection,
            $"""
            select where pg_has_role('{ClusterPassword.User}', 'pg_checkpoint', 'member')
                and has_function_privilege('{ClusterPassword.User}', 'pg_switch_wal()', 'execute')
            """,
            $"grant pg_checkpoint to {ClusterPassword.User}; grant execute on function pg_switch_wal() to {ClusterPassword.User}", ct);
    }

    private static async Task RunUnlessAsync(NpgsqlConnection connection, string exists, string sql, CancellationToken ct)
    {
        await using var question = new NpgsqlCommand(exists, connection);
        await using (var answer = await question.ExecuteReaderAsync(ct))
        {
            if (answer.HasRows)
                return;
        }

        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private enum Answer
    {
        /// <summary>Nobody listens.</summary>
        None,

        /// <summary>The server listens but accepts no sessions yet.</summary>
        NotYet,

        Ready,
    }
}
