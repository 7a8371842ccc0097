using System.Globalization;

namespace AlertBot.Benchmarks;

/// <summary>Describes the machine and its load, since a busy machine explains odd numbers.</summary>
internal static class Machine
{
    /// <summary>The processor, memory and system, as it describes itself.</summary>
    public static string Describe()
    {
        var processor = Line("/proc/cpuinfo", "model name") ?? "an unknown processor";
        var memory = Line("/proc/meminfo", "MemTotal") ?? "unknown memory";
        return $"{Environment.ProcessorCount} x {processor}, {memory}, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, "
            + $"{System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}.";
    }

    private static string? Line(string file, string name) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':')[^1].Trim()
        : null;

    public static string Load()
    {
        const string Source = "/proc/loadavg";
        var load = File.Exists(Source) ? File.ReadAllText(Source).Split(' ') is [var one, var five, ..] ? $"{one} (5 min: {five})" : "?" : "?";
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, load {load}");
    }
}
