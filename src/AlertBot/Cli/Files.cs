namespace AlertBot.Cli;

/// <summary>Files that a verb is given.</summary>
internal static class Files
{
    /// <summary>'-' is the standard input.</summary>
    /// <returns>Null when it was read; else a sentence that says what is wrong.</returns>
    public static string? TryRead(string path, out string text)
    {
        text = "";
        try
        {
            text = path == "-" ? Console.In.ReadToEnd() : File.ReadAllText(path);
            return null;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return File.Exists(path) ? $"{path} cannot be read by this user." : $"There is no file {path}.";
        }
    }
}
