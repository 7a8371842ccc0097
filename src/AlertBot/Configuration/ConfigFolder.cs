namespace AlertBot.Configuration;

/// <summary>Where the settings, the law and the texts lie: the folder <c>config</c> beside or above the program.</summary>
public static class ConfigFolder
{
    private const string Name = "config";

    /// <summary>The folder of this program, wherever it is started from: beside it when installed, above it in a clone.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none; the message says where the program looked.</exception>
    public static string Find() => Find(AppContext.BaseDirectory);

    internal static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            // A folder of that name may be anybody's; the law is only in ours.
            if (Directory.Exists(Path.Combine(folder.FullName, Name, "law")))
                return Path.Combine(folder.FullName, Name);
        }

        throw new DirectoryNotFoundException(
            $"The folder '{Name}' with 'law' in it is neither in {start} nor above it. It belongs beside the program.");
    }
}
