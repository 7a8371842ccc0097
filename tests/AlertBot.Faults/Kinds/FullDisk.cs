using System.Diagnostics;
using AlertBot.Faults.Steps;

namespace AlertBot.Faults.Kinds;

/// <summary>
/// The disk of the database and of everything else is full, in the middle of a run. It is a small disk of its own in memory, which only root can
/// make. Whoever raises an alert meanwhile hears that it is not on file, and tries again; nothing that is on file is lost.
/// </summary>
internal static class FullDisk
{
    private const int Chats = 20;
    private static readonly TimeSpan FullFor = TimeSpan.FromSeconds(2);

    public static async Task<Outcome> RunAsync(int faults, Random random)
    {
        var disk = Path.Combine(Path.GetTempPath(), $"alertbot-disk-{Guid.NewGuid():N}"[..24]);
        Directory.CreateDirectory(disk);
        if (!Environment.IsPrivilegedProcess || Run("mount", "-t", "tmpfs", "-o", "size=400m,mode=1777", "tmpfs", disk) != 0)
        {
            Directory.Delete(disk);
            return Outcome.NotTried("only root makes a small disk");
        }

        var before = Environment.GetEnvironmentVariable("TMPDIR");
        try
        {
            Environment.SetEnvironmentVariable("TMPDIR", disk);
            return await RunAsync(faults, random, Path.Combine(disk, "heap"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("TMPDIR", before);
            _ = Run("umount", "-l", disk);
            Directory.Delete(disk);
        }
    }

    private static async Task<Outcome> RunAsync(int faults, Random random, string heap)
    {
        await using var ground = await Ground.StartAsync(Chats, perSecond: 100);
        using var sender = Node.Start(ground);
        await ground.RaiseAsync();
        await ground.SettleAsync();
        for (var number = 0; number < faults; number++)
        {
            await ground.RaiseAsync();
            await Task.Delay(random.Next(0, 300));
            ground.Disturb();
            Fill(heap);
            var raised = ground.RaiseAsync();
            await Task.Delay(FullFor);
            ground.Disturb();
            File.Delete(heap);
            await raised;
            await ground.SettleAsync();
        }

        var problems = await BackUpAsync(ground, heap);
        var began = ground.Now;
        await ground.SettleAsync();
        return new Outcome(faults + 1, (await ground.CheckAsync()).With([.. problems]), ground.Now - began);
    }

    // A backup that does not fit must not look like one. Once there is room again it succeeds.
    private static async Task<List<string>> BackUpAsync(Ground ground, string heap)
    {
        var problems = new List<string>();
        var place = Path.Combine(Path.GetDirectoryName(heap)!, "data");
        Directory.CreateDirectory(place);
        Task<(int? Code, string Said)> RunAsync() =>
            ProgramRun.RunAsync(ground.Bench.ConnectionString, ground, place, TimeSpan.FromMinutes(1), "backup");
        Fill(heap);
        var (code, said) = await RunAsync();
        File.Delete(heap);
        var backups = Path.Combine(place, "backups");
        if (code != 1 || (Directory.Exists(backups) && Directory.GetFiles(backups).Length > 0))
            problems.Add($"a backup on a full disk ends with {code} and leaves something: {said.Trim()}");
        if ((await RunAsync()) is not (0, _) and var (again, why))
            problems.Add($"a backup after the disk was full ends with {again}: {why.Trim()}");
        return problems;
    }

    private static void Fill(string heap)
    {
        var bytes = new byte[1 << 20];
        try
        {
            using var file = new FileStream(heap, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            for (var size = bytes.Length; size >= 512;)
            {
                try
                {
                    file.Write(bytes, 0, size);
                }
                catch (IOException)
                {
                    size /= 2;
                }
            }
        }
        catch (IOException)
        {
            // It is as full as it gets.
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
