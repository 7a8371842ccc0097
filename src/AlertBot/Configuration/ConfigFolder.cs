namespace AlertBot.Configuration;

/// <summary>Finds the folder <c>config</c> with the settings, the law and the texts, beside or above the program.</summary>
public static class ConfigFolder
{
    private const string Name = "config";

    /// <summary>This program's folder, from wherever it was started: beside an installed program, above it in a clone.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none; the message says where the program looked.</exception>
    public static string Find() => Find(AppContext.BaseDirectory);

    internal static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            // Any program may have a folder of that name; only ours holds the law.
            if (Directory.Exists(Path.Combine(folder.FullName, Name, "law")))
                return Path.Combine(folder.FullName, Name);
        }

        throw new DirectoryNotFoundException(
            $"The folder '{Name}' with 'law' in it is neither in {start} nor above it. It belongs beside the program.");
    }
}
