using Npgsql;

namespace AlertBot.Postgres;

/// <summary>Connections to the database as the program uses them.</summary>
public static class DatabaseSource
{
    // A node that freezes or loses its network during a transaction would otherwise keep its rows locked. To compile a plan pays for queries of
    // minutes: ours must not begin to compile because a table has grown.
    private const string OfEach = "set idle_in_transaction_session_timeout = '10s'; set jit = off";

    /// <summary>It logs nothing: Npgsql may log the row of a failing command.</summary>
    public static NpgsqlDataSource Of(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString) { Name = "alertbot" };
        // By default Npgsql begins each use of a pooled connection with "discard all", half of an idle program's transactions. Our sessions leave
        // nothing behind but advisory locks, and their holders release them.
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        // To read and plan a statement takes the server longer than to run it. A session keeps the plans of those that it ran twice.
        builder.ConnectionStringBuilder.MaxAutoPrepare = 100;
        builder.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
        builder.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var command = new NpgsqlCommand(OfEach, connection);
                command.ExecuteNonQuery();
            },
            async connection =>
            {
                await using var command = new NpgsqlCommand(OfEach, connection);
                await command.ExecuteNonQueryAsync();
            });
        return builder.Build();
    }
}
