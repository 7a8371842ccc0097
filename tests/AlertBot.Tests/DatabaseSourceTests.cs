using AlertBot.Postgres;
using Npgsql;

namespace AlertBot.Tests;

public sealed class DatabaseSourceTests
{
    [Theory]
    [InlineData("Host=nowhere", 10)]
    [InlineData("Host=nowhere;Minimum Pool Size=20;Maximum Pool Size=50", 10)]
    [InlineData("Host=nowhere;Maximum Pool Size=4", 4)]
    public void Messages_have_ten_connections_whatever_the_operator_sets_for_all(string given, int most)
    {
        using var quick = DatabaseSource.Quick(given);

        var own = new NpgsqlConnectionStringBuilder(quick.ConnectionString);
        Assert.Equal(most, own.MaxPoolSize);
        Assert.True(own.MinPoolSize <= most);
    }
}
