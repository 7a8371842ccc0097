using System.Diagnostics.CodeAnalysis;

namespace AlertBot.Postgres.Backups;

/// <summary>A backup cannot be made or restored. The message is for the operator and says what to do.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The operator is told of a problem, not of an exception.")]
public sealed class BackupProblem : Exception
{
    public BackupProblem(string message)
        : base(message)
    {
    }

    public BackupProblem(string message, Exception cause)
        : base(message, cause)
    {
    }
}
