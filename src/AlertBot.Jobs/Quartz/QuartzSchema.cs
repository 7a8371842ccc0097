using Quartz;

namespace AlertBot.Jobs.Quartz;

/// <summary>
/// The tables of the engine, as the package brings them, in a database schema of their own. The migration of this text
/// is fixed by <see cref="Revision"/>: the package may reword its text. When a new version of it wants other tables,
/// starting fails with what is missing, and a migration with a new number is due.
/// </summary>
public static class QuartzSchema
{
    /// <summary>Number of the migration, in one sequence with all others.</summary>
    public const int MigrationNumber = 2;

    public const string Revision = "quartz-4.7-r1";

    internal const string TablePrefix = "quartz.";

    private const string Resource = "Quartz.Impl.AdoJobStore.Schema.create_postgres.sql";

    public static string Sql { get; } = Read();

    // In the package's text {0} is the prefix of tables and {1} that of names that cannot carry a schema.
    private static string Read()
    {
        using var resource = typeof(IScheduler).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The Quartz package has no {Resource}.");
        using var reader = new StreamReader(resource);
        return "create schema if not exists quartz;\n" + reader.ReadToEnd()
            .Replace("{0}", TablePrefix, StringComparison.Ordinal)
            .Replace("{1}", "", StringComparison.Ordinal);
    }
}
