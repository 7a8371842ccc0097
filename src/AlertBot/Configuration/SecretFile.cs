namespace AlertBot.Configuration;

/// <summary>A file with one secret, which only its owner may open.</summary>
internal static class SecretFile
{
    /// <summary>Longer than any of our secrets, so that a large file named by mistake is refused at once.</summary>
    private const int LargestSize = 4096;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The secret without its line ending, or the reason why there is none.</summary>
    public static (string? Secret, string? Problem) Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                return (null, $"the file {path} is not there");
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
                return (null, $"the file {path} is open to other users. Run: chmod 600 '{path}'");
            if (file.Length > LargestSize)
                return (null, $"the file {path} is too large to hold nothing but a secret");

            var secret = File.ReadAllText(path).Trim();
            return secret.Length > 0 ? (secret, null) : (null, $"the file {path} is empty");
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return (null, $"the file {path} cannot be read by this user");
        }
    }
}
