namespace AlertBot.IntegrationTests.Support;

/// <summary>A directory for one test, deleted afterwards.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    private const string Memory = "/dev/shm";
    private const long Room = 4L << 30;

    public TemporaryDirectory()
    {
        Path = NewPath();
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>An unused path; short, because sockets are created below it.</summary>
    /// <param name="inMemory">
    /// In memory, where there is room. Where files have just been deleted ext4 is slow to make new ones, and every database has hundreds: that was
    /// two thirds of the time that a new database takes.
    /// </param>
    public static string NewPath(bool inMemory = false) => System.IO.Path.Combine(
        inMemory && HasRoomInMemory() ? Memory : System.IO.Path.GetTempPath(), $"alertbot-test-{Guid.NewGuid():N}"[..24]);

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    private static bool HasRoomInMemory() => Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > Room;
}
