using System.Diagnostics.CodeAnalysis;

namespace AlertBot.Postgres.Cluster;

/// <summary>The private PostgreSQL cannot be used. The message tells the operator what is wrong and what to do.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The operator is told of a problem, not of an exception.")]
public sealed class ClusterProblem : Exception
{
    public ClusterProblem(string message)
        : base(message)
    {
    }

    public ClusterProblem(string message, Exception cause)
        : base(message, cause)
    {
    }
}
