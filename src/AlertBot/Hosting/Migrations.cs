using AlertBot.Jobs.Quartz;
using AlertBot.Postgres.Migrations;

namespace AlertBot.Hosting;

/// <summary>Migrations that other assemblies bring along, in one sequence of numbers with those of the database.</summary>
public static class Migrations
{
    public static IReadOnlyList<Migration> Others { get; } =
        [new Migration(QuartzSchema.MigrationNumber, "quartz", QuartzSchema.Sql, QuartzSchema.Revision)];
}
