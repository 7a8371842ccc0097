using Dapper;

namespace AlertBot.IntegrationTests.Support;

public class TestDatabaseTests
{
    [PostgresFact]
    public async Task Each_test_has_a_migrated_database_of_its_own()
    {
        await using var one = await TestDatabase.CreateAsync();
        await using var other = await TestDatabase.CreateAsync();

        await using (var connection = await one.Source.OpenConnectionAsync())
            await connection.ExecuteAsync("create table only_here ()");

        await using var elsewhere = await other.Source.OpenConnectionAsync();
        Assert.False(await elsewhere.ExecuteScalarAsync<bool>("select to_regclass('only_here') is not null"));
        Assert.True(await elsewhere.ExecuteScalarAsync<bool>("select to_regclass('schema_migration') is not null"));
    }

    [PostgresFact]
    public async Task Databases_are_made_at_the_same_time_for_tests_that_run_at_the_same_time()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TestDatabase.CreateAsync()));

        Assert.Equal(8, databases.Select(database => database.Name).Distinct().Count());
        foreach (var database in databases)
            await database.DisposeAsync();
    }
}
