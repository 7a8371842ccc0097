namespace AlertBot.Postgres.Cluster;

/// <summary>
/// A lock on a file, which ends with its holder, whatever ends that (flock). On Unix, .NET takes it for a
/// <see cref="FileStream"/>: exclusive with <see cref="FileShare.None"/>, shared with <see cref="FileShare.Read"/>.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Holds it alone, or not at all.</summary>
    public static FileLock? TryAlone(string path) => Try(path, FileShare.None);

    /// <summary>Holds it alone, waiting for others.</summary>
    public static Task<FileLock?> AloneAsync(string path, TimeSpan within, TimeProvider clock, CancellationToken ct) =>
        WaitAsync(path, FileShare.None, within, clock, ct);

    /// <summary>Holds it together with others.</summary>
    public static Task<FileLock?> SharedAsync(string path, TimeSpan within, TimeProvider clock, CancellationToken ct) =>
        WaitAsync(path, FileShare.Read, within, clock, ct);

    public void Dispose() => _file.Dispose();

    private static async Task<FileLock?> WaitAsync(
        string path, FileShare share, TimeSpan within, TimeProvider clock, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            if (Try(path, share) is { } held)
                return held;
            if (clock.GetElapsedTime(began) > within)
                return null;
            await Task.Delay(Pause, clock, ct);
        }
    }

    private static FileLock? Try(string path, FileShare share)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.Open, FileAccess.Read, share, bufferSize: 1));
        }
        // Any other failure to open (missing, no permission) has a class of its own and is not a held lock.
        catch (IOException held) when (held.GetType() == typeof(IOException))
        {
            return null;
        }
    }
}
