using System.ComponentModel;
using System.Diagnostics;

namespace AlertBot.Postgres.Cluster;

/// <summary>What a command-line tool said.</summary>
internal sealed record ServerAnswer(int ExitCode, string Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The line a person should read first.</summary>
    public string Complaint =>
        (Errors + "\n" + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)
                || line.Contains("FATAL", StringComparison.Ordinal)
                || line.Contains("could not", StringComparison.Ordinal)
                || line.Contains("denied", StringComparison.Ordinal))
        ?? Errors.Trim().Split('\n')[^1];
}

/// <summary>Runs the command-line tools of PostgreSQL and of the system.</summary>
internal static class ServerCommand
{
    /// <summary>Runs to the end. What the command says is English and its exit code is a value, not an exception.</summary>
    /// <param name="directory">Working directory; the account must be able to enter it.</param>
    /// <param name="secrets">Environment variables for this command alone, which no process list shows.</param>
    public static async Task<ServerAnswer> RunAsync(
        ServerAccount account, IReadOnlyList<string> command, string directory = "/",
        IReadOnlyDictionary<string, string>? secrets = null, CancellationToken ct = default)
    {
        var line = account.Wrap(command);
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // PGDATA, PGPORT, PGHOST and their like would silently point the tools at somebody else's server.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in secrets ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        using var process = Start(start);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ServerAnswer(process.ExitCode, await output, await errors);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            var advice = start.FileName == "setpriv" ? " Install it: apt-get install util-linux" : "";
            throw new ClusterProblem($"The program {start.FileName} cannot be started: {missing.Message}.{advice}", missing);
        }
    }
}
