using System.Globalization;
using Dapper;

namespace AlertBot.Benchmarks.Sending;

/// <content>What sending costs.</content>
internal sealed partial class SendingBench
{
    /// <summary>What was spent so far.</summary>
    public async Task<Costs> CostsAsync()
    {
        await using var connection = await _source.OpenConnectionAsync();
        // The statistics of the last half second may not be told yet.
        await Task.Delay(1500);
        var (transactions, rows) = await connection.QuerySingleAsync<(long Transactions, long Rows)>(
            "select xact_commit, tup_inserted + tup_updated + tup_deleted from pg_stat_database where datname = current_database()");
        var log = await connection.ExecuteScalarAsync<long>("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
        var server = await connection.ExecuteScalarAsync<int>("select pg_backend_pid()");
        return new Costs(_sender?.Processor ?? TimeSpan.Zero, FamilyOf(ParentOf(server)), transactions, rows, log);
    }

    private static int ParentOf(int process) => int.Parse(Stat(process)[1], CultureInfo.InvariantCulture);

    // Of the server and its living and ended children.
    private static TimeSpan FamilyOf(int server)
    {
        var all = Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture));
        var ticks = 0L;
        foreach (var process in all)
        {
            try
            {
                var stat = Stat(process);
                if (process == server)
                    ticks += Number(stat[11]) + Number(stat[12]) + Number(stat[13]) + Number(stat[14]);
                else if (Number(stat[1]) == server)
                    ticks += Number(stat[11]) + Number(stat[12]);
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return TimeSpan.FromMilliseconds(ticks * 10);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    // What follows the name: the state, the parent, and so on (proc(5)).
    private static string[] Stat(int process)
    {
        var text = File.ReadAllText($"/proc/{process}/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    /// <param name="Rows">Versions of rows that were written.</param>
    public sealed record Costs(TimeSpan Sender, TimeSpan Database, long Transactions, long Rows, long LogBytes);
}
