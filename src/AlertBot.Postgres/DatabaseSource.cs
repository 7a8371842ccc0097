using Npgsql;

namespace AlertBot.Postgres;

/// <summary>Connections to the database as the program uses them.</summary>
public static class DatabaseSource
{
    // A node that freezes or loses its network during a transaction would otherwise keep its rows locked. To compile a plan pays for queries of
    // minutes: ours must not begin to compile because a table has grown.
    private const string OfEach = "set idle_in_transaction_session_timeout = '10s'; set jit = off";

    // The same few statements again and again: their plans do not depend on what is asked, and to make one takes longer than to run it. A plan is
    // kept while its tables grow, until the server has counted them: it looks up each row by an index, however few there are at first.
    private const string OfQuick =
        "set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; "
        + "set enable_sort = off";
    private const int MostQuick = 10;
    private const int MostStatements = 100;

    /// <summary>It logs nothing: Npgsql may log the row of a failing command.</summary>
    public static NpgsqlDataSource Of(string connectionString) => Of(connectionString, OfEach, MostStatements);

    /// <summary>
    /// A few connections for what people wait for: a message in, and a message out. A connection keeps the plans of what it runs, and these run
    /// nothing else.
    /// </summary>
    public static NpgsqlDataSource Quick(string connectionString)
    {
        var own = new NpgsqlConnectionStringBuilder(connectionString);
        own.MaxPoolSize = Math.Min(own.MaxPoolSize, MostQuick);
        own.MinPoolSize = Math.Min(own.MinPoolSize, own.MaxPoolSize);
        return Of(own.ConnectionString, $"{OfEach}; {OfQuick}", 3 * MostStatements);
    }

    private static NpgsqlDataSource Of(string connectionString, string settings, int statements)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString) { Name = "alertbot" };
        // By default Npgsql begins each use of a pooled connection with "discard all", half of an idle program's transactions. Our sessions leave
        // nothing behind but advisory locks, and their holders release them.
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        // To read and plan a statement takes the server longer than to run it. A session keeps the plans of those that it ran twice.
        builder.ConnectionStringBuilder.MaxAutoPrepare = statements;
        builder.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
        builder.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var command = new NpgsqlCommand(settings, connection);
                command.ExecuteNonQuery();
            },
            async connection =>
            {
                await using var command = new NpgsqlCommand(settings, connection);
                await command.ExecuteNonQueryAsync();
            });
        return builder.Build();
    }
}
