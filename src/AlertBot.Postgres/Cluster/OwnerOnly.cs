using System.Text;

namespace AlertBot.Postgres.Cluster;

/// <summary>Creates files and directories that only their owner may open (modes 0600 and 0700).</summary>
internal static class OwnerOnly
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryMode = FileMode | UnixFileMode.UserExecute;

    /// <exception cref="IOException">The file exists.</exception>
    public static FileStream CreateFile(string path)
    {
        var options = new FileStreamOptions { Mode = System.IO.FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = FileMode;

        return new FileStream(path, options);
    }

    /// <summary>Writes a file and flushes it to the disk.</summary>
    /// <exception cref="IOException">The file exists.</exception>
    public static void CreateFile(string path, string text)
    {
        using var file = CreateFile(path);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Creates a directory unless it exists.</summary>
    public static void EnsureDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, DirectoryMode);
    }

    /// <summary>Closes a directory to all other users.</summary>
    public static void CloseDirectory(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, DirectoryMode);
    }
}
