using System.ComponentModel;
using System.Diagnostics;

namespace AlertBot.Postgres.Cluster;

/// <summary>The result of a command-line tool.</summary>
internal sealed record ServerAnswer(int ExitCode, string Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The line that a person should read first.</summary>
    public string Complaint =>
        (Errors + "\n" + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)
                || line.Contains("FATAL", StringComparison.Ordinal)
                || line.Contains("could not", StringComparison.Ordinal)
                || line.Contains("denied", StringComparison.Ordinal))
        ?? Errors.Trim().Split('\n')[^1];
}

/// <summary>Runs command-line tools of PostgreSQL and of the system.</summary>
internal static class ServerCommand
{
    /// <summary>Runs a command to its end. Its messages are in English, and its exit code is a value, not an exception.</summary>
    /// <param name="directory">The working directory; the account must be able to enter it.</param>
    /// <param name="secrets">Environment variables for this command alone, which no process list shows.</param>
    public static async Task<ServerAnswer> RunAsync(
        ServerAccount account, IReadOnlyList<string> command, string directory = "/",
        IReadOnlyDictionary<string, string>? secrets = null, CancellationToken ct = default)
    {
        using var process = Start(account, command, directory, secrets);
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

    /// <summary>Runs a command to its end, with a stream as its input or output.</summary>
    /// <returns>Its other output. If a stream fails, the command is killed and the failure thrown.</returns>
    public static async Task<ServerAnswer> PipeAsync(
        IReadOnlyList<string> command, Stream? input, Stream? output, IReadOnlyDictionary<string, string> secrets, CancellationToken ct)
    {
        using var process = Start(ServerAccount.Current, command, "/", secrets);
        var errors = process.StandardError.ReadToEndAsync(ct);
        try
        {
            var written = output is null
                ? process.StandardOutput.ReadToEndAsync(ct)
                : process.StandardOutput.BaseStream.CopyToAsync(output, ct);
            if (input is not null)
                await FeedAsync(process, input, ct);
            process.StandardInput.Close();
            await written;
            await process.WaitForExitAsync(ct);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ServerAnswer(process.ExitCode, "", await errors);
    }

    // A program that gives up closes its input. Its exit code and messages say why.
    private static async Task FeedAsync(Process process, Stream input, CancellationToken ct)
    {
        var buffer = new byte[128 * 1024];
        while (await input.ReadAsync(buffer, ct) is > 0 and var read)
        {
            try
            {
                await process.StandardInput.BaseStream.WriteAsync(buffer.AsMemory(0, read), ct);
            }
            catch (IOException)
            {
                return;
            }
        }
    }

    private static Process Start(
        ServerAccount account, IReadOnlyList<string> command, string directory, IReadOnlyDictionary<string, string>? secrets)
    {
        var line = account.Wrap(command);
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // PGDATA, PGPORT, PGHOST and the like would silently point the tools at another server.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in secrets ?? new Dictionary<string, string>())
            start.Environment[name] = value;


        return Start(start);
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
