using System.Diagnostics;
using System.Globalization;

namespace AlertBot.Benchmarks.Reports;

/// <summary>
/// What a case, a report and an alert take: rows, bytes with their indexes, and statements to the database. From them follows what a thousand
/// organisations take in a year, for docs/scale.md.
/// </summary>
internal static class Scale
{
    // One organisation, as docs/scale.md describes it.
    private const int Cases = 300;
    private const int ReportsAYear = 1500;
    private const int AlertsAYear = 4000;
    private const int Followers = 25;
    private const int Organisations = 1000;

    public static async Task<int> RunAsync(bool tiny)
    {
        var (cases, reports, alerts) = tiny ? (6, 3, 2) : (200, 100, 5);
        Console.WriteLine($"{cases} cases with a follower each, {reports} reports, {alerts} alerts to {cases} people; {Machine.Load()}");
        var statements = 0L;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ => Interlocked.Increment(ref statements),
        };
        await using var bench = await HeadsUpBench.StartAsync(0);
        var nothing = await bench.StoredAsync();
        await bench.FillAsync(cases);
        var filled = await bench.StoredAsync();

        ActivitySource.AddActivityListener(listener);
        var arrived = 0;
        for (var number = 0; number < reports; number++)
            arrived += (await bench.ReportAsync(number)).IsMissing ? 0 : 1;
        var ofReports = Interlocked.Exchange(ref statements, 0);
        var reported = await bench.StoredAsync();
        Interlocked.Exchange(ref statements, 0);
        for (var number = 0; number < alerts; number++)
            await bench.RaiseToAllAsync(number);
        await bench.UntilSentAsync();
        var ofAlerts = Interlocked.Read(ref statements);
        var alerted = await bench.StoredAsync();

        var (perCase, perReport, perAlert) = (Per(nothing, filled, cases), Per(filled, reported, reports), Per(reported, alerted, alerts * cases));
        var table = new Table("", "rows", "bytes", "statements")
            .Add("a case, with its follower", Number(perCase.Rows), Number(perCase.Bytes), "")
            .Add("a report", Number(perReport.Rows), Number(perReport.Bytes), Number((double)ofReports / reports))
            .Add("an alert to one address", Number(perAlert.Rows), Number(perAlert.Bytes), Number((double)ofAlerts / alerts / cases));
        table.Print();

        var rows = Cases * perCase.Rows + ReportsAYear * perReport.Rows + AlertsAYear * Followers * perAlert.Rows;
        var bytes = Cases * perCase.Bytes + ReportsAYear * perReport.Bytes + AlertsAYear * Followers * perAlert.Bytes;
        new Table("a year of", "rows", "GB", "deliveries a second, on average")
            .Add("one organisation", Number(rows), Gigabytes(bytes), Rate(1))
            .Add(
                $"{Organisations} organisations in one database", Number(rows * Organisations), Gigabytes(bytes * Organisations),
                Rate(Organisations))
            .Print();
        Console.WriteLine("the tables that grow, bytes a report / an alert: " + string.Join(", ", alerted.Keys
            .Select(name => (
                name, Report: (reported[name].Bytes - filled[name].Bytes) / reports,
                Alert: (alerted[name].Bytes - reported[name].Bytes) / alerts / cases))
            .Where(one => one.Report + one.Alert > 0).OrderByDescending(one => one.Report + one.Alert).Take(8)
            .Select(one => $"{one.name} {one.Report}/{one.Alert}")));
        Console.WriteLine(arrived == reports ? "all arrived" : "NOT ALL ARRIVED");
        return arrived == reports ? 0 : 1;
    }

    private static (double Rows, double Bytes) Per(
        IReadOnlyDictionary<string, (long Rows, long Bytes)> before, IReadOnlyDictionary<string, (long Rows, long Bytes)> after, int count) => (
        (double)after.Sum(one => one.Value.Rows - before.GetValueOrDefault(one.Key).Rows) / count,
        (double)after.Sum(one => one.Value.Bytes - before.GetValueOrDefault(one.Key).Bytes) / count);

    private static string Number(double number) => number.ToString(number < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    private static string Gigabytes(double bytes) => (bytes / 1e9).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Rate(int organisations) =>
        ((double)AlertsAYear * Followers * organisations / (365 * 86_400)).ToString("0.000", CultureInfo.InvariantCulture);
}
