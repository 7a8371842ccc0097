using System.Diagnostics;
using System.Globalization;

namespace AlertBot.Benchmarks;

/// <summary>Signals to processes that .NET has no call for.</summary>
internal static class Signals
{
    public static void Send(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
