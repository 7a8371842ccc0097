using System.Diagnostics.CodeAnalysis;

namespace AlertBot.Postgres.Migrations;

/// <summary>The database cannot be brought to this program's state. The message is for the operator.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The operator is told of a problem, not of an exception.")]
public sealed class MigrationProblem : Exception
{
    public MigrationProblem(string message)
        : base(message)
    {
    }

    public MigrationProblem(string message, Exception cause)
        : base(message, cause)
    {
    }
}
