using System.Diagnostics;
using System.Globalization;

namespace AlertBot.Benchmarks;

/// <summary>Sends processes the signals for which .NET has no call.</summary>
internal static class Signals
{
    public static void Send(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
