using Hangfire.Storage;

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

    private static RecurringJobDto? ReadOne(IStorageConnection connection, string name)
    {
        try
        {
            return connection.GetRecurringJobs([name]).SingleOrDefault();
        }
        catch (Exception damaged) when (damaged is not Npgsql.NpgsqlException)
        {
            // The engine's reader throws whatever its parsers throw.
            return null;
        }
    }
}
