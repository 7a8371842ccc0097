using NodaTime;

namespace AlertBot.Postgres.Stores;

/// <summary>Numbers of the program's own work over the last days. They hold nothing of anybody.</summary>
public sealed class FigureStore
{
    private readonly Access _access;

    internal FigureStore(Access access) => _access = access;

    /// <summary>Keeps the numbers of this moment.</summary>
    public Task AddAsync(IReadOnlyDictionary<string, double> figures) => _access.ExecuteAsync(
        "insert into figure (at, name, value) select @now, n.name, n.value from unnest(@names, @values) n (name, value) on conflict do nothing",
        new { now = _access.Now, names = figures.Keys.ToArray(), values = figures.Values.Select(value => (float)value).ToArray() });

    public Task ForgetAsync(Instant before) => _access.ExecuteAsync("delete from figure where at < @before", new { before });

    /// <summary>The highest of each hour since then. An hour without a row is one in which nobody counted.</summary>
    public async Task<ILookup<string, HourOfFigure>> HoursAsync(Instant since) => (await _access.QueryAsync<(string Name, Instant Hour, double Most)>(
        """
        select   name, date_trunc('hour', at) as hour, max(value)::float8 as most
        from     figure
        where    at >= @since
        group by 1, 2
        order by 1, 2
        """,
        new { since })).ToLookup(row => row.Name, row => new HourOfFigure(row.Hour, row.Most), StringComparer.Ordinal);

    /// <summary>How many messages arrived since then, and how many were given up.</summary>
    public async Task<(int Sent, int Lost)> DeliveredAsync(Instant since) => await _access.FirstAsync<(int Sent, int Lost)>(
        """
        select count(*) filter (where state = 'sent')::int, count(*) filter (where state in ('failed', 'expired'))::int
        from   delivery where finished_at >= @since
        """,
        new { since });
}

/// <param name="Most">The highest value of that hour.</param>
public readonly record struct HourOfFigure(Instant Hour, double Most);
