using AlertBot.Postgres.Cluster;

namespace AlertBot.IntegrationTests.Support;

/// <summary>A test that needs PostgreSQL: skipped if there is none, but never on CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresPresence.WhySkip;
}

/// <inheritdoc cref="PostgresFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresPresence.WhySkip;
}

internal static class PostgresPresence
{
    private static readonly Lazy<string?> Reason = new(Look);

    public static string? WhySkip => Reason.Value;

    private static string? Look()
    {
        if (Environment.GetEnvironmentVariable("CI") == "true" || TestCluster.GivenServer is not null)
            return null;

        try
        {
            PostgresPrograms.FindAsync(major: null, preferred: null, CancellationToken.None).GetAwaiter().GetResult();
            return null;
        }
        catch (ClusterProblem missing)
        {
            return missing.Message;
        }
    }
}
