using Npgsql;

namespace AlertBot.Jobs;

/// <summary>The runs in the engine's tables.</summary>
internal static class StoredRuns
{
    // The engine writes an object of texts. Whatever else stands there makes its reader throw, where a type that is unknown only fails the run.
    private const string Unreadable =
        """
        case when jsonb_typeof(invocationdata) = 'object'
             then exists (select from jsonb_each(invocationdata) part where jsonb_typeof(part.value) not in ('string', 'null'))
             else true end
        """;

    /// <summary>
    /// Removes the runs whose description is damaged. A worker takes such a run, throws and puts it back, again and again, and those behind it wait.
    /// The job itself stays on the list, so that its next run is not missed.
    /// </summary>
    /// <returns>How many there were.</returns>
    public static int DropUnreadable(NpgsqlDataSource database)
    {
        using var command = database.CreateCommand(
            $"""
            with damaged as materialized (
                select id from {JobServices.Schema}.job where {Unreadable}
            ),
            queued as (delete from {JobServices.Schema}.jobqueue where jobid in (select id from damaged)),
            planned as (delete from {JobServices.Schema}.set where key = 'schedule' and value in (select id::text from damaged))
            delete from {JobServices.Schema}.job where id in (select id from damaged)
            """);
        return command.ExecuteNonQuery();
    }
}
