namespace AlertBot.IntegrationTests.Support;

/// <summary>
/// A test that needs PostgreSQL and Prometheus: skipped if one is missing. No test run installs Prometheus, since its package starts a server.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PrometheusFactAttribute : FactAttribute
{
    public PrometheusFactAttribute() => Skip = PostgresPresence.WhySkip ?? WhySkip;

    /// <summary>The server program; null if not installed.</summary>
    public static string? Server => Find("prometheus");

    /// <summary>The program that checks rules and metrics; null if not installed.</summary>
    public static string? Tool => Find("promtool");

    private static string? WhySkip => Server is not null && Tool is not null
        ? null
        : "Prometheus is missing. Install it: apt-get install --no-install-recommends prometheus";

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);
}
