using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AlertBot.Postgres.Cluster;

/// <summary>The paths in the directory of a private cluster.</summary>
internal sealed class ClusterPlace
{
    public const int Port = 5432;

    /// <summary>The limit for a Unix socket address (sun_path): 108 bytes on Linux, 104 on macOS, including the final NUL.</summary>
    private static readonly int LongestSocketPath = OperatingSystem.IsMacOS() ? 103 : 107;

    public ClusterPlace(string directory)
    {
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        var mark = SHA256.HashData(Encoding.UTF8.GetBytes(Root)).AsSpan(0, 4);
        ClusterName = $"alertbot-{Convert.ToHexStringLower(mark)}";
        // If the directory's path is too long for a socket, the socket gets a short directory of its own, just as private.
        var near = Path.Combine(Root, "run");
        Sockets = Encoding.UTF8.GetByteCount($"{near}/.s.PGSQL.{Port}") <= LongestSocketPath ? near : $"/tmp/{ClusterName}";
    }

    public string Root { get; }

    /// <summary>Appears in the titles of the server's processes, by which we recognise ours.</summary>
    public string ClusterName { get; }

    public string Sockets { get; }

    public string Data => Path.Combine(Root, "data");

    /// <summary>Where initdb works. The finished cluster is renamed to <see cref="Data"/>, so that a half-made one is never opened.</summary>
    public string Draft => Path.Combine(Root, "data.new");

    public string Log => Path.Combine(Root, "log");

    public string StartLog => Path.Combine(Log, "start.log");

    public string Password => Path.Combine(Root, "password");

    /// <summary>Held while a node starts or stops the server.</summary>
    public string StartLock => Path.Combine(Root, "start.lock");

    /// <summary>Shared by all nodes that use the server.</summary>
    public string UseLock => Path.Combine(Root, "use.lock");

    /// <summary>The machine and container in which the server was started.</summary>
    public string StartedIn => Path.Combine(Root, "started-in");

    /// <summary>Marks the directory as ours.</summary>
    public string Marker => Path.Combine(Root, "alertbot-cluster");

    public string SocketFile => Path.Combine(Sockets, string.Create(CultureInfo.InvariantCulture, $".s.PGSQL.{Port}"));

    public string PidFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>The major version that made the data; null if there is none.</summary>
    public int? Major
    {
        get
        {
            var file = Path.Combine(Data, "PG_VERSION");
            return File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim().Split('.')[0], CultureInfo.InvariantCulture, out var major)
                ? major
                : null;
        }
    }

    /// <summary>Creates the directories and lock files, private to <paramref name="account"/>. Repeating it does no harm.</summary>
    /// <exception cref="ClusterProblem">The directory belongs to somebody else, or cannot be reached.</exception>
    public async Task PrepareAsync(ServerAccount account, CancellationToken ct)
    {
        if (await ReachAsync(Root, account, ct) is { } obstacle)
            throw new ClusterProblem(obstacle);

        try
        {
            OwnerOnly.EnsureDirectory(Root);
            if (!File.Exists(Marker) && Directory.EnumerateFileSystemEntries(Root).Any(entry => Path.GetFileName(entry) != "lost+found"))
                throw NotOurs(File.Exists(Path.Combine(Root, "PG_VERSION")) || File.Exists(Path.Combine(Data, "PG_VERSION")));

            EnsureFile(Marker, "The private PostgreSQL of AlertBot lives here. Put nothing else here; to move it, stop AlertBot first.\n");
            EnsureFile(StartLock);
            EnsureFile(UseLock);
            foreach (var directory in new[] { Sockets, Log })
                OwnerOnly.EnsureDirectory(directory);

            await GiveAsync(account, ct, Root, Marker, StartLock, UseLock, Log);
            OwnerOnly.CloseDirectory(Root);
            await CheckSocketsAsync(account, ct);
        }
        catch (Exception refusal) when (refusal is UnauthorizedAccessException or IOException)
        {
            throw new ClusterProblem(
                $"The directory {Root} cannot be used by {Environment.UserName}: {refusal.Message} "
                + "Is it another user's? Start as that user, or choose another place in Data__Directory.", refusal);
        }
    }

    /// <summary>Gives files to the account that runs the server, if that is not ours.</summary>
    public static async Task GiveAsync(ServerAccount account, CancellationToken ct, params string[] paths)
    {
        if (!account.IsOther)
            return;

        var answer = await ServerCommand.RunAsync(
            ServerAccount.Current, ["chown", "--no-dereference", $"{account.User}:{account.Group}", "--", .. paths], ct: ct);
        if (!answer.Succeeded)
            throw new ClusterProblem($"Files in {Path.GetDirectoryName(paths[0])} cannot be given to the user {account.Name}: {answer.Complaint}");
    }

    /// <summary>Why the account cannot reach a directory, which need not exist yet; null if it can.</summary>
    public static async Task<string?> ReachAsync(string directory, ServerAccount account, CancellationToken ct)
    {
        if (!account.IsOther)
            return null;

        var ancestors = new List<string>();
        for (var ancestor = Path.GetDirectoryName(directory); ancestor is not null; ancestor = Path.GetDirectoryName(ancestor))
            ancestors.Insert(0, ancestor);

        foreach (var ancestor in ancestors.Where(Directory.Exists))
        {
            var answer = await ServerCommand.RunAsync(account, ["test", "-x", ancestor], ct: ct);
            if (answer.Succeeded)
                continue;

            return answer.Errors.Contains("setpriv", StringComparison.Ordinal)
                ? $"PostgreSQL must not run as root, and root may not lend it the user {account.Name} here: {answer.Complaint} "
                    + "Start AlertBot as an ordinary user."
                : $"PostgreSQL must not run as root; it runs as the user {account.Name}, who cannot enter {ancestor}. "
                    + "Choose a place that user can reach, for example Data__Directory=/var/lib/alertbot.";
        }

        return null;
    }

    private static void EnsureFile(string path, string content = "")
    {
        try
        {
            OwnerOnly.CreateFile(path, content);
        }
        catch (IOException) when (File.Exists(path))
        {
            // The file already exists, or another node was faster. Both are fine.
        }
    }

    // Everybody may create directories in /tmp, so an existing one must belong to this account and be closed to others.
    private async Task CheckSocketsAsync(ServerAccount account, CancellationToken ct)
    {
        var owner = await ServerCommand.RunAsync(ServerAccount.Current, ["stat", "-c", "%u %F", Sockets], ct: ct);
        var mine = await ServerCommand.RunAsync(ServerAccount.Current, ["id", "-u"], ct: ct);
        var expected = new[] { $"{mine.Output.Trim()} directory", $"{account.User} directory" };
        if (owner.Succeeded && !expected.Contains(owner.Output.Trim()))
            throw new ClusterProblem($"The directory {Sockets} is needed for the socket and belongs to somebody else. Remove it.");

        await GiveAsync(account, ct, Sockets);
        OwnerOnly.CloseDirectory(Sockets);
    }

    private ClusterProblem NotOurs(bool isCluster) => new(isCluster
        ? $"The directory {Root} holds a PostgreSQL cluster that was not made by AlertBot; it is left alone. "
            + "Choose an empty place in Data__Directory, or name that server in ConnectionStrings__AlertBot."
        : $"The directory {Root} is not empty and not AlertBot's; it is left alone. Choose an empty place in Data__Directory.");
}
