using System.Globalization;

namespace AlertBot.Benchmarks;

/// <summary>Describes the machine and its load, since a busy machine explains odd numbers.</summary>
internal static class Machine
{
    public static string Load()
    {
        const string Source = "/proc/loadavg";
        var load = File.Exists(Source) ? File.ReadAllText(Source).Split(' ') is [var one, var five, ..] ? $"{one} (5 min: {five})" : "?" : "?";
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, load {load}");
    }
}
