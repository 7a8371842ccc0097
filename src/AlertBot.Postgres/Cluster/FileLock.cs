namespace AlertBot.Postgres.Cluster;

/// <summary>
/// A file lock (flock) that ends with its holder, however the holder ends. On Unix, .NET takes it for a <see cref="FileStream"/>: exclusive with <see
/// cref="FileShare.None"/>, shared with <see cref="FileShare.Read"/>.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock alone, without waiting.</summary>
    public static FileLock? TryAlone(string path) => Try(path, FileShare.None);

    /// <summary>Takes the lock alone, and waits for it.</summary>
    public static Task<FileLock?> AloneAsync(string path, TimeSpan within, TimeProvider clock, CancellationToken ct) =>
        WaitAsync(path, FileShare.None, within, clock, ct);

    /// <summary>Shares the lock with others.</summary>
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
        // Other failures to open the file (missing, no permission) throw a subclass. Only the plain class means a held lock.
        catch (IOException held) when (held.GetType() == typeof(IOException))
        {
            return null;
        }
    }
}
