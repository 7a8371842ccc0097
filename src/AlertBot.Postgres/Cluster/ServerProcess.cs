using System.Diagnostics;
using System.Globalization;

namespace AlertBot.Postgres.Cluster;

/// <summary>
/// Checks whether the server's processes are alive. PostgreSQL's own tools check only that the recorded process number exists. In a container whose
/// first process reaps nobody, a killed server stays a zombie and would "run" for ever. After a restart of the container the number may belong to any
/// process.
/// </summary>
internal static class ServerProcess
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The number of the main process as it recorded it; null without a record.</summary>
    public static int? RecordedPid(ClusterPlace place)
    {
        try
        {
            return int.TryParse(File.ReadLines(place.PidFile).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static bool IsAlive(ClusterPlace place) => RecordedPid(place) is { } pid && IsOurs(place, pid);

    /// <summary>Identifies the kernel and container in which process numbers are valid.</summary>
    public static string Here =>
        OperatingSystem.IsLinux()
            ? $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()} {new FileInfo("/proc/self/ns/pid").LinkTarget}"
            : Environment.MachineName;

    /// <summary>
    /// Ends the children of a killed main process. They end by themselves unless busy. While one of them lives, the shared memory is in use and a new
    /// server must not touch the files.
    /// </summary>
    public static async Task ClearLeftoversAsync(ClusterPlace place, TimeSpan patience, TimeProvider clock, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        while (Leftovers(place).ToList() is { Count: > 0 } left)
        {
            if (clock.GetElapsedTime(began) > patience)
                left.ForEach(Kill);
            await Task.Delay(Pause, clock, ct);
        }
    }

    /// <summary>Removes the records of a dead server, which would keep a new one from starting.</summary>
    public static void RemoveStaleRecords(ClusterPlace place)
    {
        // If no process has the number, PostgreSQL removes the record itself, after it has also checked the shared memory.
        if (RecordedPid(place) is { } pid && ProcessExists(pid))
            File.Delete(place.PidFile);
        File.Delete(place.SocketFile);
        File.Delete(place.SocketFile + ".lock");
    }

    internal static bool ProcessExists(int pid) =>
        OperatingSystem.IsLinux() ? Directory.Exists($"/proc/{pid}") : Running(pid) is not null;

    private static bool IsOurs(ClusterPlace place, int pid)
    {
        if (!OperatingSystem.IsLinux())
            return Running(pid)?.StartsWith("postgres", StringComparison.Ordinal) ?? false;

        var title = Title(pid);
        return !IsZombie(pid)
            && (title.Contains($"-D\0{place.Data}\0", StringComparison.Ordinal)
                || title.StartsWith($"postgres: {place.ClusterName}: ", StringComparison.Ordinal));
    }

    private static IEnumerable<int> Leftovers(ClusterPlace place)
    {
        if (!OperatingSystem.IsLinux())
            return [];

        return Directory.EnumerateDirectories("/proc")
            .Select(directory => int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && IsOurs(place, pid));
    }

    // The arguments, or the title that the children set; readable by everybody.
    private static string Title(int pid) => Read($"/proc/{pid}/cmdline");

    // The state follows the name, which may contain spaces and brackets.
    private static bool IsZombie(int pid)
    {
        var stat = Read($"/proc/{pid}/stat");
        var afterName = stat.LastIndexOf(')') + 2;
        return afterName >= stat.Length || stat[afterName] is 'Z' or 'X';
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string? Running(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? null : process.ProcessName;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // The process ended by itself meanwhile. If not, the next look finds it again.
        }
    }
}
