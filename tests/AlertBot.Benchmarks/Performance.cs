using System.Diagnostics;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace AlertBot.Benchmarks;

/// <summary>
/// Runs the benchmarks one after the other and writes one page of what they say: the ratios first, then each as it was printed, with the machine, the
/// time and the load beside it.
/// </summary>
internal static class Performance
{
    // A benchmark's line with its result as a ratio begins so.
    private const string Mark = "ratio: ";

    private static readonly string[] All =
        ["heads-up", "fan-out", "one-group", "paid", "signal", "intake", "take-over", "kill", "flood", "monitor", "idle", "names", "scale", "desk"];

    // The campaign is a program of its own: what the page says of it is written by hand, and stays.
    private const string Faults = "faults";

    public static string Ratio(string what, double measured, double against, string unit) => string.Create(
        CultureInfo.InvariantCulture, $"{Mark}{what} | {measured / against:0.00} | {measured:0.0#} {unit} of {against:0.0#} {unit}");

    /// <param name="arguments">
    /// The file to write, and which benchmarks; none: all. What the file says of the others stays: the page can be made in parts, whenever the
    /// machine is quiet.
    /// </param>
    public static async Task<int> RunAsync(bool tiny, string[] arguments)
    {
        var file = arguments.FirstOrDefault() ?? (tiny ? Path.GetTempFileName() : Path.Combine("docs", "performance.md"));
        var names = arguments.Length > 1 ? arguments[1..] : tiny ? ["one-group"] : All;
        var parts = File.Exists(file) ? PerformancePage.Read(await File.ReadAllLinesAsync(file)) : [];
        var failed = 0;
        foreach (var name in names)
        {
            Console.WriteLine($"{name} ...");
            var (load, began) = (Machine.Load(), Stopwatch.GetTimestamp());
            var (said, code) = await SayAsync(name, tiny);
            failed += code == 0 ? 0 : 1;
            var took = string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
            var ratios = said.Split('\n').Where(line => line.StartsWith(Mark, StringComparison.Ordinal))
                .Select(ratio => $"| {name} | {ratio[Mark.Length..].Trim()} | {load} |").ToList();
            parts[name] = new PerformancePart(
                ratios,
                $"{InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Format(SystemClock.Instance.GetCurrentInstant())} UTC, took {took}"
                + $"{(code == 0 ? "" : ", NOT KEPT")}; before: {load}\n\n```\n{Plain(said)}\n```");
            // What was measured is kept, whatever becomes of the next.
            await File.WriteAllTextAsync(file, PerformancePage.Write(parts, [.. All, Faults]));
        }

        Console.WriteLine($"written: {file}");
        return failed == 0 ? 0 : 1;
    }

    private static string Plain(string said) => string.Join(
        '\n',
        said.Split('\n').Where(line => !line.StartsWith(Mark, StringComparison.Ordinal) && !IsOfLog(line)).Select(line => line.TrimEnd())).Trim();

    // A program that is measured may log what is missing where it is measured, as coordinators.
    private static bool IsOfLog(string line) => line.Length > 20 && line[10] == 'T' && line[19] == 'Z' && char.IsAsciiDigit(line[0]);

    private static async Task<(string Said, int Code)> SayAsync(string name, bool tiny)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Performance).Assembly.Location, name]) { RedirectStandardOutput = true };
        if (tiny)
            start.ArgumentList.Add("--tiny");
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (said, process.ExitCode);
    }
}
