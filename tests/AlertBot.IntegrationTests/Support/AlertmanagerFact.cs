using AlertBot.Configuration;

namespace AlertBot.IntegrationTests.Support;

/// <summary>
/// A test that needs PostgreSQL and Prometheus' Alertmanager: skipped if one is missing. <c>./alertbot test</c> unpacks Debian's package beside the
/// tests; nothing is installed, since the package would start a server.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlertmanagerFactAttribute : FactAttribute
{
    private const string Name = "prometheus-alertmanager";

    public AlertmanagerFactAttribute() => Skip = PostgresPresence.WhySkip
        ?? (Server is null ? $"Alertmanager is missing. Install it: apt-get install --no-install-recommends {Name}" : null);

    /// <summary>The server program; null if there is none.</summary>
    public static string? Server => Find();

    /// <summary>Where the unpacked program finds its own files.</summary>
    public static string Tools => Path.Combine(Path.GetDirectoryName(ConfigFolder.Find())!, "artifacts", "tools");

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Append(Path.Combine(Tools, "usr", "bin"))
        .SelectMany(directory => new[] { Path.Combine(directory, Name), Path.Combine(directory, "alertmanager") }).FirstOrDefault(File.Exists);
}
