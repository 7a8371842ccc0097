using System.Globalization;
using System.Text.RegularExpressions;

namespace AlertBot.Postgres.Cluster;

/// <summary>The programs of one installed PostgreSQL.</summary>
/// <param name="Bin">The directory of initdb, pg_ctl, postgres and, in most packages, pg_dump and pg_restore.</param>
public sealed partial record PostgresPrograms(string Bin, int Major, string Version)
{
    /// <summary>The oldest major version that we test with (Debian 12).</summary>
    public const int OldestMajor = 15;

    /// <summary>The environment variable that names the directory to try first.</summary>
    public const string Variable = "ALERTBOT_PG_BIN";

    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    private static readonly string[] Places =
    [
        "/usr/lib/postgresql/*/bin",               // Debian, Ubuntu
        "/usr/libexec/postgresql*",                // Alpine
        "/usr/pgsql-*/bin",                        // PGDG's rpm
        "/opt/homebrew/opt/postgresql@*/bin",      // Homebrew on Apple silicon
        "/usr/local/opt/postgresql@*/bin",         // Homebrew on Intel
        "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
        "/Applications/Postgres.app/Contents/Versions/*/bin",
    ];

    public string Program(string name) => Path.Combine(Bin, name);

    /// <summary>The full path of a program that some packages leave out (pg_dump). If it is missing, the exception says what to install.</summary>
    public string Required(string name) =>
        File.Exists(Program(name))
            ? Program(name)
            : throw new ClusterProblem($"{name} is missing in {Bin}. {InstallAdvice($"postgresql-client-{Major}")}");

    /// <summary>
    /// The newest usable installation, or the one of version <paramref name="major"/>, since only the version that made a cluster can open
    /// it.
    /// </summary>
    /// <exception cref="ClusterProblem">There is none; the message says what to install.</exception>
    public static async Task<PostgresPrograms> FindAsync(int? major, string? preferred, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(preferred))
            return Choose([await InAsync(preferred, ct) ?? throw NotIn(preferred)], major);
        var named = await NamedAsync(ct);
        // The directory that is named may hold the version to move to, while the old one is still needed to open what is there.
        return named is not null && (major is null || named.Major == major)
            ? Choose([named], major)
            : Choose(await AllAsync(ct), major);
    }

    /// <summary>Every installation here, the one that the environment names first.</summary>
    public static async Task<IReadOnlyList<PostgresPrograms>> AllAsync(CancellationToken ct)
    {
        var installed = await InstalledAsync(InstalledPlaces(Environment.GetEnvironmentVariable("PATH")), ct);
        return await NamedAsync(ct) is { } named ? [named, .. installed] : installed;
    }

    private static async Task<PostgresPrograms?> NamedAsync(CancellationToken ct) =>
        Environment.GetEnvironmentVariable(Variable) is { } named && !string.IsNullOrWhiteSpace(named)
            ? await InAsync(named, ct) ?? throw NotIn(named)
            : null;

    internal static PostgresPrograms Choose(IReadOnlyList<PostgresPrograms> found, int? major)
    {
        if (major is { } exact)
        {
            return found.FirstOrDefault(programs => programs.Major == exact) ?? throw new ClusterProblem(
                $"The database was made by PostgreSQL {exact}, and only {Listed(found)} found. "
                + InstallAdvice($"postgresql-{exact}")
                + " (To move to a newer version, have both installed: alertbot upgrade-database)");
        }

        return found.Where(programs => programs.Major >= OldestMajor).MaxBy(programs => programs.Major)
            ?? throw new ClusterProblem(
                $"PostgreSQL {OldestMajor} or newer is needed, and {Listed(found)} found. {InstallAdvice("postgresql")} "
                + $"Or name the directory of its programs in {Variable}, or a server in ConnectionStrings__AlertBot.");
    }

    /// <summary>The directories to search: the search path first, then where packages put the programs.</summary>
    internal static IEnumerable<string> InstalledPlaces(string? searchPath) =>
        (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(RealDirectory)
            .OfType<string>()
            .Concat(Places.SelectMany(Matching))
            .Distinct();

    private static async Task<IReadOnlyList<PostgresPrograms>> InstalledAsync(IEnumerable<string> places, CancellationToken ct)
    {
        var found = new List<PostgresPrograms>();
        foreach (var place in places)
        {
            if (await InAsync(place, ct) is { } programs)
                found.Add(programs);
        }

        return found;
    }

    private static async Task<PostgresPrograms?> InAsync(string bin, CancellationToken ct)
    {
        if (!Needed.All(name => File.Exists(Path.Combine(bin, name))))
            return null;

        var answer = await ServerCommand.RunAsync(ServerAccount.Current, [Path.Combine(bin, "postgres"), "--version"], ct: ct);
        var version = VersionText().Match(answer.Output);
        return answer.Succeeded && version.Success
            ? new PostgresPrograms(bin, int.Parse(version.Groups["major"].Value, CultureInfo.InvariantCulture), version.Value)
            : null;
    }

    // A link in the search path (such as /usr/local/bin/postgres) leads to the directory with all the programs.
    private static string? RealDirectory(string directory)
    {
        var postgres = new FileInfo(Path.Combine(directory, "postgres"));
        return postgres.Exists
            ? Path.GetDirectoryName((postgres.ResolveLinkTarget(returnFinalTarget: true) ?? postgres).FullName)
            : null;
    }

    private static IEnumerable<string> Matching(string pattern)
    {
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> reached = ["/"];
        foreach (var part in parts)
        {
            reached = part.Contains('*', StringComparison.Ordinal)
                ? reached.SelectMany(directory => Subdirectories(directory, part))
                : reached.Select(directory => Path.Combine(directory, part)).Where(Directory.Exists);
        }

        return reached.Order(StringComparer.Ordinal);
    }

    private static string[] Subdirectories(string directory, string pattern)
    {
        try
        {
            return Directory.GetDirectories(directory, pattern);
        }
        catch (UnauthorizedAccessException)
        {
            // A directory that this user cannot list holds no programs that the user can run.
            return [];
        }
    }

    private static ClusterProblem NotIn(string preferred) =>
        new($"{preferred} (from {Variable}) does not hold the PostgreSQL programs initdb, pg_ctl and postgres.");

    private static string Listed(IReadOnlyList<PostgresPrograms> found) =>
        found.Count == 0 ? "none was" : string.Join(", ", found.Select(programs => programs.Version)) + " was";

    private static string InstallAdvice(string package) => OperatingSystem.IsMacOS()
        ? "Install it: brew install postgresql@17"
        : $"Install it: apt-get install {package}";

    [GeneratedRegex(@"(?<major>\d+)(\.\d+|beta\d+|rc\d+|devel)+")]
    private static partial Regex VersionText();
}
