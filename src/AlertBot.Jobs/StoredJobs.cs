using Hangfire.Storage;
using NodaTime;
using Npgsql;

namespace AlertBot.Jobs;

/// <summary>The jobs as the engine has stored them. A damaged one must keep neither the node from starting nor the others from running.</summary>
internal static class StoredJobs
{
    // The engine's own name for its list.
    private const string List = "recurring-jobs";

    /// <returns>Every name on the list, with its job; null for one that cannot be read.</returns>
    public static IReadOnlyDictionary<string, RecurringJobDto?> Read(IStorageConnection connection) =>
        connection.GetAllItemsFromSet(List).ToDictionary(name => name, name => ReadOne(connection, name), StringComparer.Ordinal);

    /// <summary>Whether a job cannot run for what is stored of it: it does not read, or the engine gave it up, or all are gone.</summary>
    public static bool AreDamaged(IStorageConnection connection) =>
        Read(connection) is var stored && (stored.Count == 0 || stored.Values.Any(job => job is not { Job: not null, NextExecution: not null }));

    /// <summary>
    /// Lets the engine look again at each job whose turn stands further ahead than any can be. It plans by what is stored of the job itself.
    /// </summary>
    /// <returns>How many there were.</returns>
    public static int BringBack(NpgsqlDataSource database, Instant now)
    {
        using var command = database.CreateCommand($"update {JobServices.Schema}.set set score = 0 where key = '{List}' and score > @latest");
        command.Parameters.AddWithValue("latest", (double)(now + EngineSchedule.LongestOfAll).ToUnixTimeSeconds());
        return command.ExecuteNonQuery();
    }

    private static RecurringJobDto? ReadOne(IStorageConnection connection, string name)
    {
        try
        {
            return connection.GetRecurringJobs([name]).SingleOrDefault();
        }
        catch (Exception damaged) when (damaged is not NpgsqlException)
        {
            // The engine's reader throws whatever its parsers throw.
            return null;
        }
    }
}
